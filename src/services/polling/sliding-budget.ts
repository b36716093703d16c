import type { CallBudget } from '../../ports/call-budget.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';

/** Vendors count on their own clock and the network jitters, so that our minute is a little longer than theirs. */
const WINDOW_MS = 61_000;

interface Waiter {
  readonly urgent: boolean;
  readonly resolve: () => void;
}

/** A budget by sliding window: never more than `perMinute` calls in any 60 s, bursts included. */
export class SlidingBudget implements CallBudget {
  readonly name: string;
  readonly perMinute: number;
  readonly #clock: Clock;
  readonly #onCall: () => void;
  /** When calls were made, on the monotonic clock, oldest first. */
  #taken: number[];
  #waiting: Waiter[] = [];
  #timer: Dispose | null = null;

  /** `earlier`: calls of an earlier run, in epoch milliseconds; `onCall` is told of each one made. */
  constructor(
    name: string,
    perMinute: number,
    clock: Clock,
    options: { earlier?: readonly number[]; onCall?: () => void } = {},
  ) {
    this.name = name;
    this.perMinute = Math.max(1, Math.floor(perMinute));
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
    this.#forget();
    return this.#taken.length;
  }

  waitMs(): number {
    this.#forget();
    const oldest = this.#taken[0];
    if (this.#taken.length < this.perMinute || oldest === undefined) return 0;
    return Math.max(1, oldest + WINDOW_MS - this.#clock.monotonicMs());
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

  #forget(): void {
    const since = this.#clock.monotonicMs() - WINDOW_MS;
    while (this.#taken[0] !== undefined && this.#taken[0] <= since) this.#taken.shift();
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
