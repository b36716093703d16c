import type { OAuthFlow } from '../../contract/schemas/oauth.ts';
import { type MusterError, toMusterError } from '../../domain/errors.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { PreparedSignIn } from '../accounts/prepared-sign-in.ts';

/** One sign-in between its begin and its end. */
export interface Flow {
  readonly id: string;
  readonly wanted: PreparedSignIn;
  readonly expiresAt: EpochMs;
  /** Aborted when the user gives it up, or its time is over. */
  readonly abort: AbortController;
  /** Ends listening and waiting. */
  close: () => void;
  /** Answers so far that did not belong to it. */
  strays: number;
  outcome:
    | { readonly state: 'pending' }
    | { readonly state: 'done'; readonly accountId: string }
    | { readonly state: 'failed'; readonly reason: string; readonly code: string };
}

/** A flow as the contract shows it. */
export function flowView({ id, wanted, outcome }: Flow): OAuthFlow {
  return {
    flowId: id,
    state: outcome.state,
    accountId: outcome.state === 'done' ? outcome.accountId : wanted.accountId,
    reason: outcome.state === 'failed' ? outcome.reason : null,
    code: outcome.state === 'failed' ? outcome.code : null,
  };
}

/** Why a flow failed, under a name that stays, and in a sentence. */
export function failureOf(thrown: unknown): { readonly reason: string; readonly code: string } {
  const error = toMusterError(thrown);
  if (error.params.oauth === 'invalid_grant')
    return {
      code: 'credentials-refused',
      reason: 'The platform did not accept what the browser brought back; it may have taken too long. Begin again.',
    };
  return { code: codeOf(error), reason: error.message };
}

function codeOf(error: MusterError): string {
  const { oauth } = error.params;
  if (oauth === 'access_denied') return 'denied';
  if (oauth === 'expired_token') return 'expired';
  if (oauth === 'wrong-issuer') return oauth;
  if (error.code === 'invalid-settings' || error.code === 'invalid-request') return 'invalid';
  if (error.code === 'rate-limited' || error.retry !== 'later') return error.code;
  return 'platform-unreachable';
}
