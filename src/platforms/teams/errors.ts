import { z } from 'zod';
import { type ErrorCode, MusterError, type Retry } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ApiRefusal } from '../bearer-api.ts';
import { retryAfterMs } from '../http-date.ts';

/** Graph's refusals (learn.microsoft.com/graph/errors). `innerError` has ids and dates only. */
const refusalSchema = z.object({ error: z.object({ code: z.string().regex(/^[A-Za-z][\w.]{0,63}$/) }) });

/** What a refusal is turned into; `scope` is the permission that the call needs. */
export interface RefusalFacts {
  readonly clock: Clock;
  readonly scope: string;
  /** True: the account goes on without it. */
  readonly optional: boolean;
}

interface Verdict {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retry?: Retry;
}

/** What a refusal means: by its HTTP status first, as Microsoft advises, then by its code. */
export function refusalOf(
  { name, status, headers, body }: ApiRefusal,
  { clock, scope, optional }: RefusalFacts,
): MusterError {
  const error = refusalSchema.safeParse(body).data?.error.code ?? null;
  const verdict = verdictOf(status, headers, scope, optional);
  return new MusterError(verdict.code, verdict.message, {
    params: { method: name, status, error, ...(verdict.code === 'missing-scope' ? { scopes: scope } : {}) },
    retryAfterMs: retryAfterMs(headers.get('retry-after'), clock.now()),
    ...(verdict.retry === undefined ? {} : { retry: verdict.retry }),
  });
}

function verdictOf(status: number, headers: Headers, scope: string, optional: boolean): Verdict {
  if (status === 401) return isClaimsChallenge(headers) ? CHALLENGED : NOT_ACCEPTED;
  if (status === 403) {
    return {
      code: 'missing-scope',
      message: `Microsoft Teams does not allow this: the permission ${scope} is missing, or your organisation does not grant it. Sign in again and allow it, or ask an admin to grant consent.`,
      ...(optional ? { retry: 'never' } : {}),
    };
  }
  if (status === 404)
    return { code: 'not-found', message: 'Microsoft Teams does not know this, or does not show it to you.' };
  if (status === 409)
    return { code: 'conflict', message: 'Microsoft Teams has something like this already.', retry: 'later' };
  if (status === 429 || status === 423)
    return { code: 'rate-limited', message: 'Microsoft Teams asks Muster to slow down.' };
  if (status >= 500 || status === 408 || status === 410) {
    return {
      code: 'platform-unavailable',
      message: `Microsoft Teams has a problem of its own at the moment (HTTP ${status}).`,
    };
  }
  if (status === 400)
    return {
      code: 'invalid-request',
      message: 'Microsoft Teams did not accept what Muster asked for. The rest keeps working.',
    };
  return {
    code: 'protocol-error',
    message: `Microsoft Teams answered with HTTP ${status}, which Muster does not know. The rest keeps working.`,
  };
}

/** Graph says the same of tokens that ran out, are of another service, or are none. */
const NOT_ACCEPTED: Verdict = {
  code: 'token-expired',
  message:
    'Microsoft does not accept the access token: it has run out, or it is not one of Microsoft Graph. Sign in again.',
};
const CHALLENGED: Verdict = {
  code: 'token-revoked',
  message:
    'Your organisation wants you to sign in again: the session was revoked, the password changed, or a policy asks for more (such as a second factor).',
};

/** Continuous access evaluation (learn.microsoft.com/entra/identity-platform/claims-challenge). */
function isClaimsChallenge(headers: Headers): boolean {
  return /\berror="insufficient_claims"/i.test(headers.get('www-authenticate') ?? '');
}

/** A personal account: Graph signs it in and has no presence for it. */
export function personalAccount(): MusterError {
  return new MusterError(
    'credentials-refused',
    'This is a personal Microsoft account. Microsoft gives presence only for accounts of a company or a school: sign in with one of those.',
    { params: { error: 'personal-account' } },
  );
}

/** What a call that a cloud does not have is answered with; how is not documented. */
export const NO_SUCH_CALL: ReadonlySet<ErrorCode> = new Set([
  'not-found',
  'invalid-request',
  'missing-scope',
  'protocol-error',
]);

/** A cloud whose Graph tells no app about presence. */
export function noPresence(cloud: string, cause: unknown): MusterError {
  return new MusterError(
    'unsupported',
    `Microsoft offers no presence to apps in ${cloud}: Muster can neither show your colleagues there nor set your status.`,
    { params: { error: 'no-presence-in-cloud' }, cause },
  );
}
