import { type ErrorCode, MusterError } from '../../domain/errors.ts';
import { MINUTE_MS } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ApiRefusal } from '../bearer-api.ts';
import { retryAfterMs } from '../http-date.ts';
import { refusalSchema, usageSchema } from './schema.ts';

/** How one of the Graph API's codes is told. */
interface Verdict {
  readonly code: ErrorCode;
  readonly message: string;
}

const REFUSED: Verdict = {
  code: 'credentials-refused',
  message: 'WhatsApp does not accept this access token. Generate one for your system user once more and paste it.',
};
const EXPIRED: Verdict = {
  code: 'token-expired',
  message:
    'The WhatsApp access token has expired. Generate one for your system user, without an end this time, and paste it.',
};
const REVOKED: Verdict = {
  code: 'token-revoked',
  message: 'The WhatsApp access token was withdrawn. Generate a new one for your system user and paste it.',
};
const MISSING: Verdict = {
  code: 'missing-scope',
  message:
    'The WhatsApp access token lacks a permission. Generate one with whatsapp_business_messaging and whatsapp_business_management, for a system user who has the WhatsApp account.',
};
const SLOW_DOWN: Verdict = {
  code: 'rate-limited',
  message: 'WhatsApp asks Muster to slow down.',
};
const UNAVAILABLE: Verdict = {
  code: 'platform-unavailable',
  message: 'WhatsApp has a problem of its own at the moment.',
};
const LOCKED: Verdict = {
  code: 'account-disabled',
  message: 'Meta has restricted this WhatsApp business account. The account’s overview at Meta says why.',
};
const NO_SUCH_NUMBER: Verdict = {
  code: 'invalid-settings',
  message:
    'WhatsApp knows no phone number with this ID, or the token may not see it. Check the phone number ID, and that the system user has the WhatsApp account.',
};
const UNACCEPTED: Verdict = {
  code: 'invalid-request',
  message: 'WhatsApp did not accept what Muster sent. The rest keeps working.',
};

/** By `code` (developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, graph-api/guides/error-handling). */
const VERDICTS: Readonly<Record<number, Verdict>> = {
  0: REFUSED,
  1: UNAVAILABLE,
  2: UNAVAILABLE,
  3: MISSING,
  4: SLOW_DOWN,
  10: MISSING,
  17: SLOW_DOWN,
  32: SLOW_DOWN,
  102: REFUSED,
  190: REFUSED,
  368: LOCKED,
  613: SLOW_DOWN,
  80007: SLOW_DOWN,
  100: UNACCEPTED,
  130429: SLOW_DOWN,
  130497: LOCKED,
  131000: UNAVAILABLE,
  131005: MISSING,
  131016: UNAVAILABLE,
  131031: LOCKED,
  131056: SLOW_DOWN,
  131057: UNAVAILABLE,
};

/** Of code 190: why the token does not count any more. */
const TOKEN_VERDICTS: Readonly<Record<number, Verdict>> = {
  458: REVOKED,
  459: REVOKED,
  460: REVOKED,
  463: EXPIRED,
  464: REVOKED,
  467: REVOKED,
  492: REVOKED,
};

/** Of code 100: the object does not exist, or is not to be seen. */
const NO_SUCH_OBJECT = 33;

function verdictOf(status: number, code: number | null, subcode: number | undefined): Verdict | null {
  if (code === 190) return TOKEN_VERDICTS[subcode ?? 0] ?? REFUSED;
  if (code === 100 && subcode === NO_SUCH_OBJECT) return NO_SUCH_NUMBER;
  if (code !== null && code >= 200 && code <= 299) return MISSING;
  const known = code === null ? undefined : VERDICTS[code];
  if (known !== undefined) return known;
  if (status === 429) return SLOW_DOWN;
  if (status >= 500) return UNAVAILABLE;
  if (status === 401) return REFUSED;
  return null;
}

/** What a refusal of the Graph API means. `params.error` is Meta's code, `params.subcode` its subcode. */
export function refusalOf(refusal: ApiRefusal, clock: Pick<Clock, 'now'>): MusterError {
  const said = refusalSchema.safeParse(refusal.body).data?.error;
  const code = said?.code ?? null;
  const verdict = verdictOf(refusal.status, code, said?.error_subcode) ?? {
    code: 'protocol-error' as const,
    message: `WhatsApp refused ${refusal.name} in a way that Muster does not know (HTTP ${refusal.status}${code === null ? '' : `, code ${code}`}). The rest keeps working.`,
  };
  return new MusterError(verdict.code, verdict.message, {
    params: { method: refusal.name, status: refusal.status, error: code, subcode: said?.error_subcode ?? null },
    retryAfterMs: retryAfterMs(refusal.headers.get('retry-after'), clock.now()) ?? regainMs(refusal.headers),
  });
}

/** Meta says when calls are taken again in a header of its own, in minutes. */
function regainMs(headers: Headers): number | null {
  const text = headers.get('x-business-use-case-usage');
  if (text === null) return null;
  let usage: unknown;
  try {
    usage = JSON.parse(text);
  } catch {
    return null;
  }
  const minutes = Object.values(usageSchema.safeParse(usage).data ?? {})
    .flat()
    .map((entry) => entry.estimated_time_to_regain_access ?? 0);
  const most = Math.max(0, ...minutes);
  return most > 0 ? most * MINUTE_MS : null;
}

/** A secret that the account has not got. */
export function missingSecret(title: string): MusterError {
  return new MusterError('credentials-refused', `The ${title} is missing. Paste it once more.`);
}

/** At sign-in the only thing that can be wrong with the parameters is the proof that is made with the app secret. */
export function wrongAppSecret(cause: MusterError): MusterError {
  return new MusterError(
    'credentials-refused',
    'WhatsApp does not accept the app secret for this access token. Copy both from the same app: the secret is under “App settings → Basic”.',
    { params: cause.params, cause },
  );
}
