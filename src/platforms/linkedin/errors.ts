import { type ErrorCode, MusterError } from '../../domain/errors.ts';
import { DAY_MS } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ApiRefusal } from '../bearer-api.ts';
import { retryAfterMs } from '../http-date.ts';
import { refusalSchema } from './schema.ts';

interface Verdict {
  readonly code: ErrorCode;
  readonly message: string;
}

const REFUSED: Verdict = {
  code: 'credentials-refused',
  message: 'LinkedIn does not accept the sign-in. Sign in again, or paste a new token from the portal.',
};
const REVOKED: Verdict = {
  code: 'token-revoked',
  message: 'The permission was taken back on LinkedIn. Sign in again, or paste a new token from the portal.',
};
const EXPIRED: Verdict = {
  code: 'token-expired',
  message:
    'The LinkedIn sign-in has ended, as it does after 60 days. Sign in again, or paste a new token from the portal.',
};
const NOT_HERE: Verdict = {
  code: 'not-permitted',
  message:
    'LinkedIn does not let this account read its own log, and does not say why. It is open to members whose LinkedIn profile is located in the European Economic Area or Switzerland, and the app needs the product “Member Data Portability API”.',
};
const NO_PERMISSION: Verdict = {
  code: 'missing-scope',
  message:
    'The LinkedIn token may not read the log. The app needs the product “Member Data Portability API”, granted under “Products”, and a token made after that; a new one can take five minutes to count. LinkedIn grants both in the European Economic Area and Switzerland only.',
};
const VERSION: Verdict = {
  code: 'unsupported',
  message: 'LinkedIn has retired the version of its interface that Muster uses. A newer Muster is needed.',
};
const SLOW_DOWN: Verdict = {
  code: 'rate-limited',
  message: 'LinkedIn’s quota for today is used up; the next one begins at midnight UTC.',
};
const UNAVAILABLE: Verdict = {
  code: 'platform-unavailable',
  message: 'LinkedIn has a problem of its own at the moment.',
};

/** By `serviceErrorCode` (shared/api-guide/concepts/error-handling). */
const BY_SERVICE_CODE: Readonly<Record<number, Verdict>> = {
  // `ACCESS_DENIED`, “Not enough permissions to access: …”: about the token. Of the region LinkedIn’s help says only that consent fails.
  100: NO_PERMISSION,
  65600: REFUSED,
  65601: REVOKED,
  65602: EXPIRED,
  65604: REFUSED,
};

function byHttp(status: number): Verdict | null {
  if (status === 401) return REFUSED;
  if (status === 403) return NOT_HERE;
  if (status === 426) return VERSION;
  if (status === 429) return SLOW_DOWN;
  return status >= 500 ? UNAVAILABLE : null;
}

/** What a refusal of LinkedIn's means. `params.error` is LinkedIn's word, `params.serviceErrorCode` its number. */
export function refusalOf(refusal: ApiRefusal, clock: Pick<Clock, 'now'>): MusterError {
  const said = refusalSchema.safeParse(refusal.body).data;
  const verdict = BY_SERVICE_CODE[said?.serviceErrorCode ?? 0] ??
    byHttp(refusal.status) ?? {
      code: 'protocol-error' as const,
      message: `LinkedIn refused ${refusal.name} in a way that Muster does not know (HTTP ${refusal.status}). What is known stays.`,
    };
  const now = clock.now();
  const wait = retryAfterMs(refusal.headers.get('retry-after'), now);
  return new MusterError(verdict.code, verdict.message, {
    params: {
      method: refusal.name,
      status: refusal.status,
      error: said?.code ?? null,
      serviceErrorCode: said?.serviceErrorCode ?? null,
    },
    // Quotas are counted by the day of UTC (shared/api-guide/concepts/rate-limits).
    retryAfterMs: wait ?? (verdict === SLOW_DOWN ? DAY_MS - (now % DAY_MS) : null),
  });
}
