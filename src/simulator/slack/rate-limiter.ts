const WINDOW_MS = 60_000;

/** Counts calls in sliding windows of 60 s, one per key. A refused call does not count. */
export class RateLimiter {
  readonly #accepted = new Map<string, number[]>();

  /** 0 when the call is within `limit` calls a window; otherwise the whole seconds until one would be. `now` in ms. */
  retryAfterSeconds(key: string, limit: number, now: number): number {
    const recent = (this.#accepted.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
    this.#accepted.set(key, recent);
    const freed = recent[recent.length - limit];
    if (freed !== undefined) return Math.max(1, Math.ceil((freed + WINDOW_MS - now) / 1000));
    recent.push(now);
    return 0;
  }

  /** Forgets every call, as a new minute would. */
  reset(): void {
    this.#accepted.clear();
  }
}
