import { HOUR_MS, MINUTE_MS } from '../../domain/time.ts';

/** Each bin is so much wider than the one before: a quantile is at most a tenth off. */
const GROWTH = 1.2;
/** From one millisecond to a minute and a half. */
const BINS = 64;

interface Slot {
  /** Which minute, counted from the clock's zero. */
  readonly minute: number;
  failed: number;
  readonly bins: Uint32Array;
}

/** The calls of the last hour: how many, how many failed, how long they took. */
export interface CallSummary {
  readonly count: number;
  readonly failed: number;
  readonly latencyMs: { readonly p50: number; readonly p90: number; readonly p99: number };
}

/** Keeps the last hour's calls by the minute, in bins by duration: bounded memory, however many there are. */
export class CallWindow {
  #slots: Slot[] = [];

  /** A call ended at `now` (on a clock that never jumps back) and took `ms`. */
  add(now: number, ms: number, ok: boolean): void {
    const minute = Math.floor(now / MINUTE_MS);
    let slot = this.#slots.at(-1);
    if (slot?.minute !== minute) {
      slot = { minute, failed: 0, bins: new Uint32Array(BINS) };
      this.#slots.push(slot);
      this.#forget(now);
    }
    const bin = Math.min(BINS - 1, Math.max(0, Math.ceil(Math.log(Math.max(1, ms)) / Math.log(GROWTH))));
    slot.bins[bin] = (slot.bins[bin] ?? 0) + 1;
    if (!ok) slot.failed += 1;
  }

  /** Null when there was no call in the last hour. */
  summary(now: number): CallSummary | null {
    this.#forget(now);
    const bins = new Array<number>(BINS).fill(0);
    let count = 0;
    let failed = 0;
    for (const slot of this.#slots) {
      failed += slot.failed;
      for (const [bin, calls] of slot.bins.entries()) {
        bins[bin] = (bins[bin] ?? 0) + calls;
        count += calls;
      }
    }
    if (count === 0) return null;
    const at = (share: number) => {
      let left = Math.max(1, Math.ceil(share * count));
      const bin = bins.findIndex((calls) => {
        left -= calls;
        return left <= 0;
      });
      // The middle of the bin, on its own scale.
      return Math.round(GROWTH ** (Math.max(0, bin) - 0.5));
    };
    return { count, failed, latencyMs: { p50: at(0.5), p90: at(0.9), p99: at(0.99) } };
  }

  #forget(now: number): void {
    const oldest = Math.floor((now - HOUR_MS) / MINUTE_MS) + 1;
    const kept = this.#slots.findIndex((slot) => slot.minute >= oldest);
    this.#slots = kept === -1 ? [] : this.#slots.slice(kept);
  }
}
