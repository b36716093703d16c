import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { type ErrorParams, MusterError } from '../../domain/errors.ts';
import type { OAuthApp } from '../../ports/oauth-client.ts';
import { networkError } from '../http/network-error.ts';

type Explained = ReturnType<NonNullable<OAuthApp['explainRefusal']>>;

/** Refusals that say: later. */
const LATER = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);
/** oauth4webapi's code for an answer that breaks the protocol or does not belong to the request. */
const INVALID_RESPONSE = 'OAUTH_INVALID_RESPONSE';

/** What a refusal means, by its name (RFC 6749, 4.1.2.1 and 5.2; RFC 8628, 3.5; OpenID Connect Core, 3.1.2.6). */
export function refusal(oauth: string, status: number | null, explained: Explained = null): MusterError {
  const params: ErrorParams = { oauth: explained?.standard ?? oauth, status, answered: true };
  if (explained !== null) return new MusterError(explained.code, explained.message, { params });
  if (LATER.has(oauth))
    return new MusterError('platform-unavailable', 'The sign-in service cannot answer now.', {
      params,
    });
  if (oauth === 'access_denied')
    return new MusterError('credentials-refused', 'The sign-in was declined on the platform’s page.', { params });
  if (oauth === 'invalid_grant')
    return new MusterError('token-revoked', 'The platform does not accept this sign-in any more. Sign in again.', {
      params,
    });
  if (oauth === 'invalid_client' || oauth === 'unauthorized_client')
    return new MusterError(
      'credentials-refused',
      'The platform does not accept the app registration. Check the client id, the client secret and that the app is allowed to sign in this way.',
      { params },
    );
  return new MusterError(
    'credentials-refused',
    `The platform refused the sign-in (${/^[\w.-]{1,60}$/.test(oauth) ? oauth : 'without a usable reason'}).`,
    { params },
  );
}

/** Anything that openid-client throws, without what it quotes: its causes hold whole answers, tokens included. */
export function oauthError(thrown: unknown, explain: OAuthApp['explainRefusal'] = () => null): MusterError {
  const own = musterErrorIn(thrown);
  if (own) return own;
  if (thrown instanceof ResponseBodyError) return refusal(thrown.error, thrown.status, explain(thrown.cause));
  if (thrown instanceof AuthorizationResponseError)
    return refusal(thrown.error, null, explain(Object.fromEntries(thrown.cause)));
  if (thrown instanceof WWWAuthenticateChallengeError) return refusal('invalid_client', thrown.status);
  if (thrown instanceof ClientError) {
    const { code = null } = thrown;
    return new MusterError('protocol-error', 'The sign-in service answered with something that cannot be trusted.', {
      params: { cause: code, answered: true },
      retry: code === INVALID_RESPONSE || code === null ? 'later' : 'never',
    });
  }
  return networkError(thrown);
}

/** What our own HTTP client or a platform's reader threw inside the library. */
function musterErrorIn(thrown: unknown, depth = 0): MusterError | null {
  if (thrown instanceof MusterError) return thrown;
  return thrown instanceof Error && depth < 4 ? musterErrorIn(thrown.cause, depth + 1) : null;
}
