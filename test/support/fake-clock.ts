import { type EpochMs, epochMs } from '../../src/domain/time.ts';
import type { Clock, Dispose } from '../../src/ports/clock.ts';

interface Timer {
  readonly at: number;
  readonly fn: () => void;
}

/** A clock that stands still until it is told to go on. Starts on a Saturday morning in UTC, unless told otherwise. */
export class FakeClock implements Clock {
  zone = 'Europe/Berlin';
  #now: number;
  readonly #start: number;
  #timers: Timer[] = [];

  constructor(start = Date.parse('2026-11-21T09:00:00Z')) {
    this.#now = start;
    this.#start = start;
  }

  now(): EpochMs {
    return epochMs(this.#now);
  }

  monotonicMs(): number {
    return this.#now - this.#start;
  }

  timeZone(): string {
    return this.zone;
  }

  at(instant: EpochMs, fn: () => void): Dispose {
    const timer: Timer = { at: Math.max(instant, this.#now), fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  after(delayMs: number, fn: () => void): Dispose {
    return this.at(epochMs(this.#now + delayMs), fn);
  }

  /** Timers that have not run and were not undone. */
  get pending(): number {
    return this.#timers.length;
  }

  /** When the next timer is due; null without one. */
  get nextAt(): number | null {
    return this.#timers.length === 0 ? null : Math.min(...this.#timers.map((timer) => timer.at));
  }

  /** Goes on by `ms`, running what falls due in order, at its time. */
  advance(ms: number): void {
    this.advanceTo(this.#now + ms);
  }

  /** Goes on until `instant`. */
  advanceTo(instant: number): void {
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= instant).sort((first, second) => first.at - second.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#now = Math.max(this.#now, due.at);
      due.fn();
    }
    this.#now = Math.max(this.#now, instant);
  }
}
