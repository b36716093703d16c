import type { BudgetWindow } from '../../ports/call-budget.ts';
import { burstOf, plannedRoom } from './planned-share.ts';
import { spanMs } from './sliding-windows.ts';

/** What is left of a burst is spent over about so long, unless something is pressing. */
const RELAX_MS = 2 * 3_600_000;

/** Spreads one long window's planned calls. Times are milliseconds of one clock that never jumps back. */
export class TokenBucket {
  readonly #capacity: number;
  readonly #perMs: number;
  #tokens: number;
  #at: number;
  #lastCallAt = Number.NEGATIVE_INFINITY;

  /** Full at `since`. */
  constructor(window: BudgetWindow, since: number) {
    const room = plannedRoom(window);
    this.#capacity = burstOf(window);
    this.#perMs = Math.max(1, room - this.#capacity) / spanMs(window);
    this.#tokens = this.#capacity;
    this.#at = since;
  }

  /** Calls were made, by whomever: the window does not care. */
  count(now: number, calls = 1): void {
    this.#refill(now);
    this.#tokens = Math.max(0, this.#tokens - calls);
    this.#lastCallAt = Math.max(this.#lastCallAt, now);
  }

  /** Milliseconds until a planned call should go. What is pressing may spend the burst at once. */
  waitMs(now: number, pressing: boolean): number {
    this.#refill(now);
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / this.#perMs);
    if (pressing) return 0;
    const gap = 1 / (this.#perMs + this.#tokens / RELAX_MS);
    return Math.max(0, Math.ceil(this.#lastCallAt + gap - now));
  }

  #refill(now: number): void {
    if (now <= this.#at) return;
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#at) * this.#perMs);
    this.#at = now;
  }
}
