import { type ErrorCode, MusterError, type Retry } from '../../domain/errors.ts';
import { DAY_MS, type EpochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { ApiRefusal } from '../bearer-api.ts';
import { parseHttpDate, retryAfterMs } from '../http-date.ts';
import { instantOf } from './mapping.ts';
import { refusalSchema } from './schema.ts';

/** How one of Zoom's error codes is told: Muster's code, a sentence, and what may be done about it. */
interface Verdict {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retry?: Retry;
  readonly retryAfterMs?: number;
}

/** Zoom refuses a status while no Zoom app is signed in; asked again this often, so that it is set once one is. */
const CLIENT_CHECK_MS = 5 * MINUTE_MS;
/** When a limit says neither how long it lasts nor which kind it is. */
const SHORT_WAIT_MS = SECOND_MS;
/** Below this the two clocks count as equal: `Date` has whole seconds, and the answer was under way. */
const SKEW_TOLERANCE_MS = 10_000;

const EXPIRED: Verdict = {
  code: 'token-expired',
  message: 'Zoom does not accept this sign-in any more. Sign in to Zoom again; contacts and settings stay.',
};
const REVOKED: Verdict = {
  code: 'token-revoked',
  message:
    'The sign-in to Zoom was revoked, or replaced by a newer one with the same app. Sign in again; contacts and settings stay.',
};
const APP: Verdict = {
  code: 'credentials-refused',
  message: 'Zoom does not accept this app registration. Check the Client ID and the client secret, then sign in again.',
};
const MISSING_SCOPE: Verdict = {
  code: 'missing-scope',
  message:
    'The Zoom app lacks a permission for this. Compare its scopes with the list in the sign-in guide, add what is missing, and sign in again.',
};
const UNAVAILABLE: Verdict = {
  code: 'platform-unavailable',
  message: 'Zoom has a problem of its own at the moment.',
};
const NO_SUCH_PERSON: Verdict = {
  code: 'not-found',
  message: 'Zoom does not know this person, or does not show them to you.',
};
const NOT_PERMITTED: Verdict = {
  code: 'not-permitted',
  message: 'Zoom does not allow this app to do that. An admin of your Zoom account can allow it.',
};

/** Zoom's numbers (developers.zoom.us: integrations/oauth-error-messages, api/errors, and the methods' own tables). */
const VERDICTS: Readonly<Record<number, Verdict>> = {
  104: MISSING_SCOPE,
  124: EXPIRED,
  1001: NO_SUCH_PERSON,
  4700: EXPIRED,
  4702: APP,
  4704: APP,
  4706: APP,
  4709: {
    code: 'credentials-refused',
    message:
      'Zoom does not know the address that the sign-in comes back to. Enter it in your Zoom app exactly as the guide shows it.',
  },
  4711: MISSING_SCOPE,
  4717: {
    code: 'account-disabled',
    message: 'This Zoom app is switched off. Activate it in Zoom’s App Marketplace, then sign in again.',
  },
  4733: { code: 'credentials-refused', message: 'The sign-in at Zoom took too long. Sign in again.' },
  4734: { code: 'credentials-refused', message: 'The sign-in at Zoom was not completed. Sign in again.' },
  4735: {
    code: 'account-disabled',
    message: 'Zoom says that your account there no longer exists. An admin of your Zoom account can tell more.',
  },
  4738: {
    code: 'account-disabled',
    message: 'An admin of your Zoom account has switched this app off. They can allow it again; then sign in anew.',
  },
  4741: REVOKED,
  5301: {
    code: 'not-permitted',
    message:
      'Zoom changes a status only while you are signed in to a Zoom app on some device. Sign in to Zoom there; Muster tries again every five minutes.',
    retry: 'later',
    retryAfterMs: CLIENT_CHECK_MS,
  },
  5411: {
    code: 'not-permitted',
    message:
      'Zoom does not let you change your status: your Zoom account’s settings forbid it, or no Zoom app is signed in. An admin of your Zoom account can tell.',
  },
};

/** By HTTP status, where Zoom gives no number of its own. */
function byStatus(status: number): Verdict {
  if (status === 401) return EXPIRED;
  if (status === 403) return NOT_PERMITTED;
  if (status === 404) return NO_SUCH_PERSON;
  if (status >= 500) return UNAVAILABLE;
  return { code: 'invalid-request', message: 'Zoom did not accept what Muster asked for.' };
}

/** What a refusal means. `params.error` keeps Zoom's number, `params.method` what was called, `params.scopes` what it says is missing. */
export function refusalOf({ name, status, headers, body }: ApiRefusal, now: EpochMs): MusterError {
  const { code, message } = refusalSchema.safeParse(body).data ?? {};
  if (status === 429) return limited(name, headers, now);
  const known = code === undefined ? undefined : VERDICTS[code];
  const verdict = known ?? byStatus(status);
  const scopes = verdict.code === 'missing-scope' ? scopesIn(message) : null;
  return new MusterError(verdict.code, verdict.message, {
    params: { method: name, status, ...(code === undefined ? {} : { error: code }), ...(scopes ? { scopes } : {}) },
    retryAfterMs: verdict.retryAfterMs ?? waitOf(headers, now),
    ...(verdict.retry === undefined ? {} : { retry: verdict.retry }),
  });
}

/** Zoom names what is missing in brackets: `…does not contain scopes:[a:b, a:b:admin].` A fact to show, never to decide by. */
function scopesIn(message: string | undefined): string | null {
  return (
    /\[([\w:.,\s"-]{1,400})\]/
      .exec(message ?? '')?.[1]
      ?.replaceAll('"', '')
      .trim() ?? null
  );
}

/** A limit: until when Zoom says, else by its kind. Daily quotas start anew at 00:00 UTC. */
function limited(name: string, headers: Headers, now: EpochMs): MusterError {
  const daily = /daily/i.test(headers.get('x-ratelimit-type') ?? '');
  const server = serverNow(headers, now);
  const reset = waitOf(headers, now) ?? waitUntil(headers.get('x-ratelimit-reset'), server);
  // Of one's own status Zoom says no more than “wait and try again later”; one update a minute is the rule.
  const short = name.startsWith('PUT ') ? MINUTE_MS : SHORT_WAIT_MS;
  const wait = reset ?? (daily ? DAY_MS - (server % DAY_MS) : short);
  return new MusterError(
    'rate-limited',
    daily
      ? 'Today’s quota of calls to Zoom is used up, by all apps of your Zoom account together. Muster goes on when it starts anew; what it knew stays until it is stale.'
      : 'Zoom asks Muster to slow down.',
    {
      params: { method: name, category: headers.get('x-ratelimit-category'), daily },
      retryAfterMs: wait,
    },
  );
}

/** What `Retry-After` says, which is an ISO date at Zoom and seconds or an HTTP date at proxies; null without it. */
function waitOf(headers: Headers, now: EpochMs): number | null {
  const header = headers.get('retry-after');
  const server = serverNow(headers, now);
  return waitUntil(header, server) ?? retryAfterMs(header, server);
}

function waitUntil(date: string | null, now: number): number | null {
  const instant = instantOf(date ?? undefined);
  return instant === null ? null : Math.max(0, instant - now);
}

/** Zoom's dates are of its own clock; where that plainly differs from ours, its `Date` counts. */
function serverNow(headers: Headers, now: EpochMs): EpochMs {
  const date = parseHttpDate(headers.get('date') ?? '');
  return date !== null && Math.abs(date - now) > SKEW_TOLERANCE_MS ? date : now;
}
