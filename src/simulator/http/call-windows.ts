/** Counts calls in a sliding window, one per key. A refused call does not count. */
export class CallWindows {
  readonly #accepted = new Map<string, number[]>();

  /** 0 when the call is within `limit` calls in any `windowMs`; otherwise the milliseconds until one would be. `now` in ms. */
  waitMs(key: string, limit: number, windowMs: number, now: number): number {
    const recent = (this.#accepted.get(key) ?? []).filter((at) => at > now - windowMs);
    this.#accepted.set(key, recent);
    const freed = recent[recent.length - limit];
    if (freed !== undefined) return Math.max(1, freed + windowMs - now);
    recent.push(now);
    return 0;
  }
}
