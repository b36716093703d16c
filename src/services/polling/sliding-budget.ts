import type { BudgetLimits, BudgetWindow, CallBudget } from '../../ports/call-budget.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import { CallHistory } from './call-history.ts';
import { isLong, plannedRoom } from './planned-share.ts';
import { perMinuteOf, spanMs, windowsOf } from './sliding-windows.ts';
import { TokenBucket } from './token-bucket.ts';

/** `used` tells of this long. */
const MINUTE_SPAN_MS = 61_000;

/** So many calls at an instant, in epoch milliseconds. */
export type KeptCalls = readonly [at: number, calls: number];

interface Waiter {
  readonly urgent: boolean;
  readonly resolve: () => void;
}

/** A budget by sliding windows: never more calls in any of them than it allows, bursts included. */
export class SlidingBudget implements CallBudget {
  readonly name: string;
  readonly perMinute: number;
  readonly windows: readonly BudgetWindow[];
  readonly #clock: Clock;
  readonly #onCall: () => void;
  /** On the monotonic clock. */
  readonly #history: CallHistory;
  readonly #buckets: readonly TokenBucket[];
  /** How long the machine slept since this began: that time has passed for the platform, and for no clock of ours. */
  #sleptMs = 0;
  #waiting: Waiter[] = [];
  #timer: Dispose | null = null;

  /** `earlier`: calls of an earlier run; `onCall` is told of each one made. */
  constructor(
    name: string,
    limits: BudgetLimits,
    clock: Clock,
    options: { earlier?: readonly KeptCalls[]; onCall?: () => void } = {},
  ) {
    this.name = name;
    this.windows = windowsOf(limits);
    this.perMinute = perMinuteOf(this.windows);
    this.#clock = clock;
    this.#onCall = options.onCall ?? (() => undefined);
    const spans = [MINUTE_SPAN_MS, ...this.windows.map(spanMs)];
    const short = this.windows.filter((window) => !isLong(window)).map(spanMs);
    this.#history = new CallHistory(spans, Math.max(MINUTE_SPAN_MS, ...short));
    const now = this.#now();
    const wall = clock.now();
    const earlier = (options.earlier ?? [])
      // What seems to lie ahead (the clock was set back meanwhile) counts as now.
      .map(([at, calls]) => ({ at: now - Math.max(0, wall - at), calls }))
      .sort((a, b) => a.at - b.at);
    const longestMs = Math.max(...spans);
    this.#buckets = this.windows.filter(isLong).map((window) => new TokenBucket(window, now - longestMs));
    for (const { at, calls } of earlier) if (at > now - longestMs) this.#keep(at, calls);
  }

  /** The calls that still count, oldest first; compact. */
  recentCalls(): KeptCalls[] {
    const now = this.#now();
    const wall = this.#clock.now();
    return this.#history.entries(now).map(({ at, calls }): KeptCalls => [Math.round(wall - (now - at)), calls]);
  }

  used(): number {
    return this.#history.since(this.#now() - MINUTE_SPAN_MS);
  }

  usedIn(window: BudgetWindow): number {
    return this.#history.since(this.#now() - spanMs(window));
  }

  waitMs(): number {
    let wait = 0;
    for (const window of this.windows) wait = Math.max(wait, this.#waitFor(window, window.calls));
    return wait;
  }

  /**
   * Milliseconds until a planned look should go: it leaves a part of each window to calls that a user waits for, and spreads long
   * windows, unless it is `pressing` and a burst is left.
   */
  plannedWaitMs(pressing: boolean): number {
    const now = this.#now();
    let wait = this.waitMs();
    for (const window of this.windows) wait = Math.max(wait, this.#waitFor(window, plannedRoom(window)));
    for (const bucket of this.#buckets) wait = Math.max(wait, bucket.waitMs(now, pressing));
    return wait;
  }

  /** Milliseconds until the first call that a user waits for has its place; null when none is waiting. */
  urgentWaitMs(): number | null {
    return this.#waiting.some(({ urgent }) => urgent) ? this.waitMs() : null;
  }

  /** The machine slept so long, on top of what the monotonic clock counted. */
  slept(ms: number): void {
    this.#sleptMs += Math.max(0, ms);
    this.#arm();
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

  #now(): number {
    return this.#clock.monotonicMs() + this.#sleptMs;
  }

  #keep(at: number, calls: number): void {
    this.#history.add(at, calls);
    for (const bucket of this.#buckets) bucket.count(at, calls);
  }

  #count(): void {
    this.#keep(this.#now(), 1);
    this.#onCall();
  }

  /** Milliseconds until fewer than `room` calls count in the window. */
  #waitFor(window: BudgetWindow, room: number): number {
    // The call that has to leave the window before another one fits in.
    const oldest = this.#history.nthLast(room);
    const now = this.#now();
    if (oldest === undefined || oldest + spanMs(window) <= now) return 0;
    return Math.max(1, oldest + spanMs(window) - now);
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
