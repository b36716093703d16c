/** Everything that can go wrong with Discord as MusterErrors. Judged by statuses, close codes and error codes, never by words. */
import { type ErrorCode, MusterError, type Retry } from '../../domain/errors.ts';

/** How a refusal is told. `session`: whether the session can be resumed afterwards. */
interface Verdict {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retry?: Retry;
}

const REFUSED: Verdict = {
  code: 'credentials-refused',
  message:
    'Discord does not accept this as a bot’s token: it was reset, or not copied whole, or it is that of a user account, which programs must never use. Choose “Bot → Reset Token” in the developer portal and sign in with the new one.',
};
const ENDED: Verdict = {
  code: 'platform-unavailable',
  message: 'Discord ended the connection.',
};
const ODD: Verdict = {
  code: 'protocol-error',
  message: 'Discord did not understand what Muster sent and ended the connection.',
};

/** Close codes of the gateway (docs.discord.com/developers/topics/opcodes-and-status-codes, “Gateway Close Event Codes”). */
const CLOSE_CODES: Readonly<Record<number, Verdict>> = {
  4000: ENDED,
  4001: ODD,
  4002: ODD,
  4003: ODD,
  4004: REFUSED,
  4005: ODD,
  4007: ENDED,
  4008: {
    code: 'rate-limited',
    message: 'Discord found that Muster sent too much at once.',
  },
  4009: ENDED,
  4010: { ...ODD, retry: 'never' },
  4011: {
    code: 'unsupported',
    message:
      'Your bot is in so many servers that Discord wants it split up, which Muster does not do. Use a bot of your own that is only in your servers.',
  },
  4012: {
    code: 'unsupported',
    message: 'Discord no longer serves this version of its gateway. A newer version of Muster is needed.',
  },
  4013: { ...ODD, retry: 'never' },
};

/** After these only a new sign-in on the gateway helps; all others can be resumed. */
const SESSION_GONE: ReadonlySet<number> = new Set([4003, 4004, 4005, 4007, 4009, 4010, 4011, 4012, 4013, 4014]);

/** Whether the session outlives this close code. */
export function canResume(closeCode: number): boolean {
  return !SESSION_GONE.has(closeCode);
}

/** What the gateway's close code means; 1006 is a connection that broke without one. `params.closeCode` keeps it. */
export function closeErrorOf(closeCode: number): MusterError {
  if (closeCode === 4014) return intentsMissing([]);
  const verdict = CLOSE_CODES[closeCode];
  if (verdict !== undefined) return told(verdict, { closeCode });
  return closeCode === 1006 ? unreachable() : told(ENDED, { closeCode });
}

/** The toggles of the developer portal by the intent that needs them. */
const TOGGLES: Readonly<Record<string, string>> = {
  GUILD_PRESENCES: '“Presence Intent”',
  GUILD_MEMBERS: '“Server Members Intent”',
};

/** 4014: which of the two privileged intents are off; empty when Discord did not say. `params.scopes` is a comma list. */
export function intentsMissing(missing: readonly string[]): MusterError {
  const scopes = missing.length > 0 ? missing : Object.keys(TOGGLES);
  const toggles = scopes.map((scope) => TOGGLES[scope] ?? scope).join(' and ');
  return new MusterError(
    'missing-scope',
    `Discord does not let your bot see ${scopes.length === 1 ? 'all that Muster needs' : 'who is around'}: switch on ${toggles} under “Bot → Privileged Gateway Intents” of your application in Discord’s developer portal, save, and sign in again.`,
    { params: { scopes: scopes.join(','), closeCode: 4014 } },
  );
}

/** What a refused REST call means. `code` is Discord's own (docs.discord.com, “JSON Error Codes”). */
export function refusalOf(route: string, status: number, code: string | number): MusterError {
  const params = { route, status, error: String(code) };
  if (status === 401) return told(REFUSED, params);
  if (status === 403) {
    return new MusterError('not-permitted', 'Discord does not allow your bot to do that.', { params });
  }
  if (status >= 500) {
    return new MusterError('platform-unavailable', `Discord has a problem of its own at the moment (HTTP ${status}).`, {
      params,
    });
  }
  return new MusterError(
    'protocol-error',
    `Discord refused ${route} with HTTP ${status}. Check the account’s settings.`,
    { params },
  );
}

/** Discord asks to wait. */
export function rateLimited(route: string, retryAfterMs: number | null): MusterError {
  return new MusterError('rate-limited', 'Discord asks Muster to slow down.', {
    params: { route },
    retryAfterMs,
  });
}

/** Something that is not what Discord promises. */
export function unreadable(what: string, cause?: unknown): MusterError {
  return new MusterError(
    'protocol-error',
    `What Discord sent could not be read (${what}). Muster keeps what it knew.`,
    { params: { what }, ...(cause === undefined ? {} : { cause }) },
  );
}

/** The connection went, or never came about. */
export function unreachable(cause?: unknown): MusterError {
  return new MusterError('platform-unreachable', 'Discord cannot be reached.', cause === undefined ? {} : { cause });
}

/** Silence where there should be an answer. */
export function silent(): MusterError {
  return new MusterError('timeout', 'Discord did not answer in time.');
}

/** The account was closed while something was under way. */
export function closed(): MusterError {
  return new MusterError('cancelled', 'The Discord account was closed.');
}

function told(verdict: Verdict, params: Readonly<Record<string, string | number>>): MusterError {
  return new MusterError(verdict.code, verdict.message, {
    params,
    ...(verdict.retry === undefined ? {} : { retry: verdict.retry }),
  });
}
