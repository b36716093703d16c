/** What Graph publishes (learn.microsoft.com/graph/throttling-limits), by group of endpoints. */
export interface GraphLimits {
  /** `getPresencesByUserId`, `presence`: per app and tenant in 30 s. */
  readonly presenceReadsIn30s: number;
  /** Other calls of Teams: a second. */
  readonly teamsCallsASecond: number;
  /** The directory: in 10 s. Graph counts resource units by tenant size (3,500 at least); a listing is two to five of them. */
  readonly directoryCallsIn10s: number;
}

/** Graph's own numbers. */
export const DEFAULT_LIMITS: GraphLimits = {
  presenceReadsIn30s: 1500,
  teamsCallsASecond: 30,
  directoryCallsIn10s: 700,
};

/** Which limit an endpoint counts against. */
export type LimitGroup = 'presence-reads' | 'teams' | 'directory';

/** Counts calls in sliding windows, one per group. A refused call does not count. */
export class Throttle {
  readonly #limits: GraphLimits;
  readonly #accepted = new Map<LimitGroup, number[]>();

  constructor(limits: GraphLimits) {
    this.#limits = limits;
  }

  /** 0 when the call is within its limit; otherwise whole seconds until one would be. `now` in ms. */
  retryAfterSeconds(group: LimitGroup, now: number): number {
    const { calls, windowMs } = this.#windowOf(group);
    const recent = (this.#accepted.get(group) ?? []).filter((at) => at > now - windowMs);
    this.#accepted.set(group, recent);
    const freed = recent[recent.length - calls];
    if (freed !== undefined) return Math.max(1, Math.ceil((freed + windowMs - now) / 1000));
    recent.push(now);
    return 0;
  }

  #windowOf(group: LimitGroup): { calls: number; windowMs: number } {
    if (group === 'presence-reads') return { calls: this.#limits.presenceReadsIn30s, windowMs: 30_000 };
    if (group === 'teams') return { calls: this.#limits.teamsCallsASecond, windowMs: 1_000 };
    return { calls: this.#limits.directoryCallsIn10s, windowMs: 10_000 };
  }
}
