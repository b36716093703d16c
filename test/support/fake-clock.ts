import { type EpochMs, epochMs } from '../../src/domain/time.ts';
import type { Clock, Dispose } from '../../src/ports/clock.ts';

/** How a wait is due: by the wall clock, or after a time that passes while the machine is awake. */
type Timer = { readonly order: number; readonly by: 'wall' | 'awake'; readonly due: number; readonly fn: () => void };

/** More timers than this in one advance, and one more for each second: something reschedules itself without end. */
const MOST_TIMERS = 20_000;

/** Virtual time. Nothing happens until a test advances it; then timers run in order, with promises settled in between. */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #wall: number;
  #awake = 0;
  #zone: string;
  #order = 0;

  /** Starts at 2026-03-02T08:00:00Z, a Monday, in UTC unless told otherwise. */
  constructor(options: { now?: EpochMs | string; timeZone?: string } = {}) {
    const { now = '2026-03-02T08:00:00Z' } = options;
    this.#wall = typeof now === 'string' ? Date.parse(now) : now;
    this.#zone = options.timeZone ?? 'UTC';
  }

  now(): EpochMs {
    return epochMs(this.#wall);
  }

  monotonicMs(): number {
    return this.#awake;
  }

  timeZone(): string {
    return this.#zone;
  }

  at(instant: EpochMs, fn: () => void): Dispose {
    return this.#add('wall', instant, fn);
  }

  after(delayMs: number, fn: () => void): Dispose {
    return this.#add('awake', this.#awake + Math.max(0, delayMs), fn);
  }

  /** How many waits are under way: 0 once everything was stopped. */
  get pending(): number {
    return this.#timers.size;
  }

  setTimeZone(zone: string): void {
    this.#zone = zone;
  }

  /**
   * The wall clock leaps, as after sleep or when it is set (also backwards): nothing runs meanwhile, waits for a time go on as
   * they were, and waits for an instant that has passed run at the next advance, also one by 0.
   */
  jump(ms: number): void {
    this.#wall += ms;
  }

  /** Lets `ms` pass; runs what is due on the way, and what that starts. */
  async advance(ms: number): Promise<void> {
    const end = this.#awake + ms;
    const most = MOST_TIMERS + ms / 1_000;
    let ran = 0;
    await settle();
    for (;;) {
      const next = this.#next();
      if (next === null || this.#waitMs(next) > end - this.#awake) break;
      this.#pass(Math.max(0, this.#waitMs(next)));
      this.#timers.delete(next);
      ran += 1;
      if (ran > most) throw new Error(`${ran} timers ran in one advance: something reschedules itself`);
      next.fn();
      await settle();
    }
    this.#pass(Math.max(0, end - this.#awake));
  }

  /** Advances to an instant, given in milliseconds or as RFC 3339. */
  advanceTo(instant: EpochMs | string): Promise<void> {
    const target = typeof instant === 'string' ? Date.parse(instant) : instant;
    if (target < this.#wall) throw new Error('advanceTo goes forward only; use jump to set the clock back');
    return this.advance(target - this.#wall);
  }

  /** Runs what is due now and lets promises settle. */
  flush(): Promise<void> {
    return this.advance(0);
  }

  #add(by: Timer['by'], due: number, fn: () => void): Dispose {
    this.#order += 1;
    const timer = { order: this.#order, by, due, fn };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  #waitMs(timer: Timer): number {
    return timer.due - (timer.by === 'wall' ? this.#wall : this.#awake);
  }

  #next(): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) {
      if (next === null) next = timer;
      else {
        const earlier = Math.max(0, this.#waitMs(timer)) - Math.max(0, this.#waitMs(next));
        if (earlier < 0 || (earlier === 0 && timer.order < next.order)) next = timer;
      }
    }
    return next;
  }

  #pass(ms: number): void {
    this.#wall += ms;
    this.#awake += ms;
  }
}

/** Lets promises settle, and what the event loop has ready (streams, immediate callbacks), a few times over. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
