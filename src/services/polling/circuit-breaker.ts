import type { MusterError } from '../../domain/errors.ts';
import { addMs, type EpochMs } from '../../domain/time.ts';
import type { Random } from '../../ports/random.ts';
import { backOffMs } from './back-off.ts';

/** How many failures in a row make an account degraded. */
const DEGRADED_AFTER = 3;

/** Holds an account's calls back after failures; Retry-After counts for the whole account. */
export class CircuitBreaker {
  readonly #random: Random;
  #failures = 0;
  #openUntil: EpochMs | null = null;
  #lastError: MusterError | null = null;

  constructor(random: Random) {
    this.#random = random;
  }

  /** When calls may go again; null = now. */
  openUntil(now: EpochMs): EpochMs | null {
    return this.#openUntil !== null && this.#openUntil > now ? this.#openUntil : null;
  }

  /** The trouble in force, for health; null when all is well. One rate limit is not trouble: it is the platform's ordinary way. */
  get trouble(): MusterError | null {
    return this.#failures >= DEGRADED_AFTER ? this.#lastError : null;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openUntil = null;
    this.#lastError = null;
  }

  failed(error: MusterError, now: EpochMs): void {
    this.#failures += 1;
    this.#lastError = error;
    const until = addMs(now, backOffMs(this.#failures, error, this.#random));
    // A second answer of the same limit must not shorten what the first one asked for.
    this.#openUntil = this.#openUntil !== null && this.#openUntil > until ? this.#openUntil : until;
  }
}
