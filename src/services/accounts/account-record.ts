import type { MusterError } from '../../domain/errors.ts';
import type { EpochMs } from '../../domain/time.ts';

/** The states that an account can be in, as in `api.md`. */
export type AccountState = 'connecting' | 'connected' | 'degraded' | 'offline' | 'needs-sign-in' | 'disabled';

/** How an account is, right now. */
export interface AccountHealth {
  readonly state: AccountState;
  /** One sentence: what happened, what still works, what to do; null when all is well. */
  readonly reason: string | null;
  readonly since: EpochMs;
  /** When the next try is due; null when none is planned. */
  readonly retryAt: EpochMs | null;
}

/** How an account is that was switched off at that time. `givingBack`: what it showed of me is still on its way back. */
export function disabledSince(since: EpochMs, givingBack: boolean): AccountHealth {
  const reason = givingBack ? 'Your own status there is given back as soon as that is possible.' : null;
  return { state: 'disabled', reason, since, retryAt: null };
}

/** The secret store's name for one secret of one account. */
export function secretName(accountId: string, key: string): string {
  return `${accountId}/${key}`;
}

/** The reason of a state in which a next try is planned. Errors themselves do not promise it: behind a form, nothing tries again. */
export function retriedReason({ message, retry }: MusterError): string {
  return retry === 'later' ? `${message} Muster tries again by itself.` : message;
}
