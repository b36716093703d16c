/** Lists one connection's roster, again when it is time or after a failure, and tells who has left it. One listing at a time. */
import { type MusterError, toMusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { Connection, IdentityReport } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import { failureFields } from '../failure-fields.ts';
import type { AccountMeter } from '../health/account-meter.ts';
import type { CircuitBreaker } from '../polling/circuit-breaker.ts';

/** The breaker's name for listing, and its first wait: a listing is many calls. */
const ROSTER = 'roster';
const BACK_OFF_MS = 5 * SECOND_MS;

/** What listing needs from the session. */
export interface RosterSyncOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly breaker: CircuitBreaker;
  readonly meter: AccountMeter;
  readonly page: (identities: readonly IdentityReport[]) => void;
  readonly complete: (userIds: ReadonlySet<string>) => void;
  /** Called after each listing that ended or failed. */
  readonly judged: (failure: MusterError | null) => void;
}

/** Keeps the roster of a session listed. */
export class RosterSync {
  readonly #options: RosterSyncOptions;
  #run = 0;
  #refresh: Dispose | null = null;
  #people: number | null = null;
  /** How long a listing stands, in milliseconds; null when changes are pushed or none has ended. */
  #standsMs: number | null = null;

  constructor(options: RosterSyncOptions) {
    this.#options = options;
  }

  /** People listed so far; null when no listing is under way. */
  get people(): number | null {
    return this.#people;
  }

  /** Whether a listing that stood before so much time passed unseen does not any more. */
  overdue(missedMs: number): boolean {
    return this.#standsMs !== null && missedMs >= this.#standsMs;
  }

  /** Lists now, or as soon as the platform allows. */
  async start(roster: NonNullable<Connection['roster']>, signal: AbortSignal): Promise<void> {
    this.stop();
    const run = this.#run;
    const { clock, logger, breaker, meter, page, complete, judged } = this.#options;
    const over = () => signal.aborted || this.#run !== run;
    // Waits by the time that passes awake: the wall clock may be set.
    const again = (ms: number) => {
      this.#refresh = clock.after(ms, () => void this.start(roster, signal));
    };
    const whenOpen = () => Math.max(0, (breaker.openUntil(ROSTER, clock.now()) ?? 0) - clock.now());
    if (whenOpen() > 0) return again(whenOpen());
    try {
      const seen = new Set<string>();
      this.#people = 0;
      await meter.run(async () => {
        for await (const identities of roster.list(signal)) {
          if (over()) return;
          for (const identity of identities) seen.add(identity.userId);
          this.#people = seen.size;
          page(identities);
        }
      });
      if (over()) return;
      this.#people = null;
      complete(seen);
      breaker.succeeded(ROSTER);
      this.#standsMs = roster.refreshSeconds === null ? null : roster.refreshSeconds * SECOND_MS;
      if (this.#standsMs !== null) again(this.#standsMs);
      judged(null);
    } catch (thrown) {
      if (over()) return;
      this.#people = null;
      const error = toMusterError(thrown);
      breaker.failed(ROSTER, error, clock.now(), BACK_OFF_MS);
      logger.warn('the roster could not be listed', failureFields(error));
      again(whenOpen());
      judged(error);
    }
  }

  /** Ends the listing under way; what it still brings is not told. */
  stop(): void {
    this.#run += 1;
    this.#refresh?.();
    this.#refresh = null;
    this.#people = null;
  }
}
