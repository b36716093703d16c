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
  #taken: number[] = [];
  #waiting: Waiter[] = [];
  #timer: Dispose | null = null;

  constructor(name: string, perMinute: number, clock: Clock) {
    this.name = name;
    this.perMinute = Math.max(1, Math.floor(perMinute));
    this.#clock = clock;
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
    this.#taken.push(this.#clock.monotonicMs());
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
        this.#taken.push(this.#clock.monotonicMs());
        next?.resolve();
      }
      this.#arm();
    });
  }
}
