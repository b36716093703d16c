import type { MusterError } from '../../domain/errors.ts';
import { addMs, type EpochMs } from '../../domain/time.ts';
import type { Random } from '../../ports/random.ts';
import { backOffMs } from './back-off.ts';

/** How many failures in a row of one kind of call make an account degraded. */
const DEGRADED_AFTER = 3;

interface Trouble {
  readonly failures: number;
  readonly error: MusterError;
  readonly until: EpochMs;
}

/**
 * Holds an account's calls back after failures. Each kind of call (a poll method, the roster) backs off by itself, so that one
 * that always fails does not starve the others; what the server asked for (Retry-After) counts for the whole account, and no
 * success of a call that was already under way shortens it.
 */
export class CircuitBreaker {
  readonly #random: Random;
  readonly #troubles = new Map<string, Trouble>();
  #askedUntil: EpochMs | null = null;

  constructor(random: Random) {
    this.#random = random;
  }

  /** When calls of this kind may go again; null = now. */
  openUntil(kind: string, now: EpochMs): EpochMs | null {
    const until = Math.max(this.#askedUntil ?? 0, this.#troubles.get(kind)?.until ?? 0) as EpochMs;
    return until > now ? until : null;
  }

  /** Whether the other side asked for quiet that is not over. */
  held(now: EpochMs): boolean {
    return this.heldMs(now) > 0;
  }

  /** How long that quiet lasts yet, in milliseconds; 0 when nobody asked for it. */
  heldMs(now: EpochMs): number {
    return Math.max(0, (this.#askedUntil ?? now) - now);
  }

  /** The wall clock was set by so much: waits go on as they were. */
  shift(ms: number): void {
    if (this.#askedUntil !== null) this.#askedUntil = addMs(this.#askedUntil, ms);
    for (const [kind, trouble] of this.#troubles)
      this.#troubles.set(kind, { ...trouble, until: addMs(trouble.until, ms) });
  }

  /** The trouble in force, for health; null when all is well. One rate limit is not trouble: it is the platform's ordinary way. */
  get trouble(): { readonly error: MusterError; readonly until: EpochMs } | null {
    for (const trouble of this.#troubles.values()) if (trouble.failures >= DEGRADED_AFTER) return trouble;
    return null;
  }

  /** A call of this kind succeeded. */
  succeeded(kind: string): void {
    this.#troubles.delete(kind);
  }

  /** A new connection: what failed on the old one says nothing about it. What the server asked for still counts. */
  restarted(): void {
    this.#troubles.clear();
  }

  /** A call of this kind failed. `baseMs`: the first wait, before jitter. */
  failed(kind: string, error: MusterError, now: EpochMs, baseMs?: number): void {
    const failures = (this.#troubles.get(kind)?.failures ?? 0) + 1;
    this.#troubles.set(kind, { failures, error, until: addMs(now, backOffMs(failures, error, this.#random, baseMs)) });
    this.asked(error, now);
  }

  /** Takes what the server asked for in an answer. Of calls that a user makes now and then that is all that counts: nobody may ever make the next one that would end their trouble. */
  asked(error: MusterError, now: EpochMs): void {
    if (error.retryAfterMs === null) return;
    const asked = addMs(now, error.retryAfterMs);
    // A second answer of the same limit must not shorten what the first one asked for.
    if (this.#askedUntil === null || asked > this.#askedUntil) this.#askedUntil = asked;
  }
}
