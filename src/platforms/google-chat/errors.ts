import { type ErrorCode, MusterError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ApiRefusal } from '../bearer-api.ts';
import { retryAfterMs } from '../http-date.ts';
import { AVAILABILITY_SCOPE } from './manifest.ts';
import { refusalSchema } from './schema.ts';

interface Verdict {
  readonly code: ErrorCode;
  readonly message: string;
}

const REFUSED: Verdict = {
  code: 'credentials-refused',
  message: 'Google does not accept the sign-in any more. Sign in again.',
};
const EXPIRED: Verdict = { code: 'token-expired', message: 'The Google sign-in has run out. Sign in again.' };
const SCOPE: Verdict = {
  code: 'missing-scope',
  message:
    'Google was not allowed to let Muster set your availability. Sign in again and leave every permission ticked.',
};
const NOT_SET_UP: Verdict = {
  code: 'not-permitted',
  message:
    'The Google Cloud project has no Chat app. Enable the Google Chat API there, and fill in its “Configuration” page.',
};
const NOT_ALLOWED: Verdict = {
  code: 'not-permitted',
  message:
    'Google does not let this account set its availability by an app. It takes a Business or Enterprise account of Google Workspace, and an admin can forbid it.',
};
const SLOW_DOWN: Verdict = { code: 'rate-limited', message: 'Google asks Muster to slow down.' };
const UNAVAILABLE: Verdict = {
  code: 'platform-unavailable',
  message: 'Google Chat has a problem of its own at the moment.',
};
const UNACCEPTED: Verdict = {
  code: 'invalid-request',
  message: 'Google Chat did not accept this status. Choose other words or another end.',
};

/** By `reason` (google.api.ErrorReason). */
const BY_REASON: ReadonlyMap<string, Verdict> = new Map(
  Object.entries<Verdict>({
    ACCESS_TOKEN_EXPIRED: EXPIRED,
    ACCESS_TOKEN_SCOPE_INSUFFICIENT: SCOPE,
    CREDENTIALS_MISSING: REFUSED,
    ACCESS_TOKEN_TYPE_UNSUPPORTED: REFUSED,
    ACCOUNT_STATE_INVALID: REFUSED,
    SERVICE_DISABLED: NOT_SET_UP,
    CONSUMER_INVALID: NOT_SET_UP,
    RATE_LIMIT_EXCEEDED: SLOW_DOWN,
    RESOURCE_QUOTA_EXCEEDED: SLOW_DOWN,
  }),
);

/** By `status` (google.rpc.Code). */
const BY_STATUS: ReadonlyMap<string, Verdict> = new Map(
  Object.entries<Verdict>({
    UNAUTHENTICATED: REFUSED,
    PERMISSION_DENIED: NOT_ALLOWED,
    // “Google Chat app not found”: the only thing that can be missing is the app, since the user is `me`.
    NOT_FOUND: NOT_SET_UP,
    RESOURCE_EXHAUSTED: SLOW_DOWN,
    UNAVAILABLE,
    INTERNAL: UNAVAILABLE,
    UNKNOWN: UNAVAILABLE,
    DEADLINE_EXCEEDED: UNAVAILABLE,
    ABORTED: UNAVAILABLE,
    INVALID_ARGUMENT: UNACCEPTED,
    FAILED_PRECONDITION: UNACCEPTED,
    OUT_OF_RANGE: UNACCEPTED,
  }),
);

function byHttp(status: number): Verdict | null {
  if (status === 401) return REFUSED;
  if (status === 403) return NOT_ALLOWED;
  if (status === 429) return SLOW_DOWN;
  return status >= 500 ? UNAVAILABLE : null;
}

/** What a refusal of Google's means. `params.error` is Google's word. */
export function refusalOf(refusal: ApiRefusal, clock: Pick<Clock, 'now'>): MusterError {
  const said = refusalSchema.safeParse(refusal.body).data?.error;
  const reason = said?.details?.find((detail) => detail.reason !== undefined)?.reason;
  const word = reason ?? said?.status ?? null;
  const verdict = BY_REASON.get(reason ?? '') ??
    BY_STATUS.get(said?.status ?? '') ??
    byHttp(refusal.status) ?? {
      code: 'protocol-error' as const,
      message: `Google refused ${refusal.name} in a way that Muster does not know (HTTP ${refusal.status}). The rest keeps working.`,
    };
  const delay = said?.details?.find((detail) => detail.retryDelay !== undefined)?.retryDelay;
  return new MusterError(verdict.code, verdict.message, {
    params: {
      method: refusal.name,
      status: refusal.status,
      error: word,
      ...(verdict === SCOPE ? { scopes: AVAILABILITY_SCOPE } : {}),
    },
    retryAfterMs: retryAfterMs(refusal.headers.get('retry-after'), clock.now()) ?? durationMs(delay),
  });
}

/** Milliseconds of a protobuf duration such as `17s` or `1.5s`; null for anything else. */
function durationMs(text: string | undefined): number | null {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text ?? '')?.[1];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}
