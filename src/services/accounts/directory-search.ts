/** Searching an account's directory for people to add: asks the platform, and keeps nothing. */
import { MusterError, toMusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { Connection, IdentityReport } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AccountMeter } from '../health/account-meter.ts';
import type { CircuitBreaker } from '../polling/circuit-breaker.ts';
import { within } from './within.ts';

/** A person waits for the answer. */
const SEARCH_TIMEOUT_MS = 15 * SECOND_MS;
/** As many as somebody would look through, whatever an adapter brings. */
const MOST_FOUND = 25;

/** Somebody in the directory, as the contract shows them. */
export interface DirectoryPerson {
  readonly userId: string;
  readonly displayName: string;
  readonly email: string | null;
}

/** What searching needs from the session. */
export interface DirectorySearchOptions {
  readonly clock: Clock;
  readonly breaker: CircuitBreaker;
  readonly meter: AccountMeter;
  readonly isOptedOut: (userId: string) => boolean;
  /** Called after a failure that only a new sign-in ends. */
  readonly judged: (failure: MusterError) => void;
}

/** Searches by one account's connection. */
export class DirectorySearch {
  readonly #options: DirectorySearchOptions;

  constructor(options: DirectorySearchOptions) {
    this.#options = options;
  }

  /** Throws `unsupported`, `rate-limited` while the platform wants quiet, `conflict` when the connection goes meanwhile, or the platform's reason. */
  async find(connection: Connection, query: string, signal: AbortSignal): Promise<readonly IdentityReport[]> {
    const { clock, breaker, meter, isOptedOut, judged } = this.#options;
    const { directory } = connection;
    if (directory === undefined) throw noDirectory();
    const heldMs = breaker.heldMs(clock.now());
    if (heldMs > 0)
      throw new MusterError('rate-limited', 'The platform asks for quiet at the moment. Search again a little later.', {
        retryAfterMs: heldMs,
      });
    const abort = new AbortController();
    const onAbort = () => abort.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      const searching = meter.run(() => directory.search(query, abort.signal));
      const found = await within(clock, SEARCH_TIMEOUT_MS, searching, abort);
      return found.filter(({ userId }) => !isOptedOut(userId)).slice(0, MOST_FOUND);
    } catch (thrown) {
      const error = toMusterError(thrown);
      breaker.asked(error, clock.now());
      if (error.retry === 'reauth') judged(error);
      // The connection went, not the one who asked.
      throw error.code === 'cancelled' && !signal.aborted ? notConnected() : error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}

/** Those of the accounts that searching needs. */
interface SearchedAccounts {
  get(accountId: string): { readonly platform: string };
  platforms(): readonly { readonly id: string; readonly directory: unknown }[];
  session(accountId: string): {
    searchDirectory(query: string, signal: AbortSignal): Promise<readonly IdentityReport[] | null>;
  } | null;
}

/** People of an account's directory. Throws `not-found`, `unsupported`, `conflict` while it is not connected, or what the search ends with. */
export async function searchDirectory(
  accounts: SearchedAccounts,
  accountId: string,
  query: string,
  signal: AbortSignal,
): Promise<DirectoryPerson[]> {
  const { platform } = accounts.get(accountId);
  if (!accounts.platforms().some(({ id, directory }) => id === platform && directory !== null)) throw noDirectory();
  const found = await accounts.session(accountId)?.searchDirectory(query, signal);
  if (!found) throw notConnected();
  return found.map(({ userId, displayName, email }) => ({ userId, displayName, email }));
}

function noDirectory(): MusterError {
  return new MusterError(
    'unsupported',
    'This platform has no directory to search. The people of the account are shown by themselves.',
  );
}

function notConnected(): MusterError {
  return new MusterError(
    'conflict',
    'The account is not connected at the moment, so its directory cannot be searched. Search again when it is.',
  );
}
