import type { BudgetLimits, BudgetWindow, CallBudget } from '../../ports/call-budget.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';

/** Vendors count on their own clock and the network jitters, so that our windows are a little longer than theirs. */
function spanMs({ seconds }: BudgetWindow): number {
  return seconds * 1_000 + Math.min(60_000, Math.max(50, seconds * (1_000 / 60)));
}

/** The limits as windows; a plain number is so many a minute. */
export function windowsOf(limits: BudgetLimits): readonly BudgetWindow[] {
  if (typeof limits === 'number') return [{ calls: Math.max(1, Math.floor(limits)), seconds: 60 }];
  if (limits.length === 0) throw new RangeError('A budget needs a window.');
  return limits;
}

/** What the limits allow a minute in the long run; below 1 for small daily quotas. */
export function perMinuteOf(limits: BudgetLimits): number {
  return Math.min(...windowsOf(limits).map(({ calls, seconds }) => (calls * 60) / seconds));
}

interface Waiter {
  readonly urgent: boolean;
  readonly resolve: () => void;
}

/** A budget by sliding windows: never more calls in any of them than it allows, bursts included. */
export class SlidingBudget implements CallBudget {
  readonly name: string;
  readonly perMinute: number;
  readonly windows: readonly BudgetWindow[];
  readonly #longestMs: number;
  readonly #clock: Clock;
  readonly #onCall: () => void;
  /** When calls were made, on the monotonic clock, oldest first. */
  #taken: number[];
  #waiting: Waiter[] = [];
  #timer: Dispose | null = null;

  /** `earlier`: calls of an earlier run, in epoch milliseconds; `onCall` is told of each one made. */
  constructor(
    name: string,
    limits: BudgetLimits,
    clock: Clock,
    options: { earlier?: readonly number[]; onCall?: () => void } = {},
  ) {
    this.name = name;
    this.windows = windowsOf(limits);
    this.perMinute = perMinuteOf(this.windows);
    this.#longestMs = Math.max(61_000, ...this.windows.map(spanMs));
    this.#clock = clock;
    this.#onCall = options.onCall ?? (() => undefined);
    // What seems to lie ahead (the clock was set back meanwhile) counts as now.
    const age = (at: number) => Math.max(0, clock.now() - at);
    this.#taken = (options.earlier ?? []).map((at) => clock.monotonicMs() - age(at)).sort((a, b) => a - b);
  }

  /** The calls that still count, in epoch milliseconds. */
  recentCalls(): number[] {
    this.#forget();
    const now = this.#clock.monotonicMs();
    return this.#taken.map((at) => this.#clock.now() - (now - at));
  }

  used(): number {
    return this.#since(61_000);
  }

  usedIn(window: BudgetWindow): number {
    return this.#since(spanMs(window));
  }

  waitMs(): number {
    this.#forget();
    const now = this.#clock.monotonicMs();
    let wait = 0;
    for (const window of this.windows) {
      // The call that has to leave the window before another one fits in.
      const oldest = this.#taken[this.#taken.length - window.calls];
      if (oldest !== undefined && oldest + spanMs(window) > now)
        wait = Math.max(wait, oldest + spanMs(window) - now, 1);
    }
    return wait;
  }

  tryTake(): boolean {
    if (this.#waiting.length > 0 || this.waitMs() > 0) return false;
    this.#count();
    return true;
  }

  take(signal?: AbortSignal, urgent = false): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.tryTake()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        urgent,
        resolve: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      const onAbort = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        this.#arm();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiter);
      this.#arm();
    });
  }

  #count(): void {
    this.#taken.push(this.#clock.monotonicMs());
    this.#onCall();
  }

  /** Calls of the last `spanMs`; found from the end, since a day's quota is thousands of calls. */
  #since(spanMs: number): number {
    const since = this.#clock.monotonicMs() - spanMs;
    let low = 0;
    let high = this.#taken.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#taken[middle] ?? 0) <= since) low = middle + 1;
      else high = middle;
    }
    return this.#taken.length - low;
  }

  #forget(): void {
    const since = this.#clock.monotonicMs() - this.#longestMs;
    let gone = 0;
    while ((this.#taken[gone] ?? Number.POSITIVE_INFINITY) <= since) gone += 1;
    if (gone > 0) this.#taken.splice(0, gone);
  }

  #arm(): void {
    this.#timer?.();
    this.#timer = null;
    if (this.#waiting.length === 0) return;
    this.#timer = this.#clock.after(this.waitMs(), () => {
      this.#timer = null;
      while (this.#waiting.length > 0 && this.waitMs() === 0) {
        const urgent = this.#waiting.findIndex((waiter) => waiter.urgent);
        const [next] = this.#waiting.splice(Math.max(0, urgent), 1);
        this.#count();
        next?.resolve();
      }
      this.#arm();
    });
  }
}
