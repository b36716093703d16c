import { type ErrorCode, MusterError, type Retry } from '../../domain/errors.ts';

/** How one of Slack's error codes is told: Muster's code, a sentence, and what may be done about it. */
interface Verdict {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retry?: Retry;
}

const REFUSED: Verdict = {
  code: 'credentials-refused',
  message:
    'Slack does not accept this token. Copy the User OAuth Token of your Slack app once more and sign in with it.',
};
const NOT_PERMITTED: Verdict = {
  code: 'not-permitted',
  message: 'Slack does not allow this app to do that in your workspace. An admin of the workspace can allow it.',
};
const DISABLED: Verdict = {
  code: 'account-disabled',
  message: 'Slack says that your account or its workspace is deactivated. An admin of the workspace can reactivate it.',
};
const UNAVAILABLE: Verdict = {
  code: 'platform-unavailable',
  message: 'Slack has a problem of its own at the moment.',
};
const NO_SUCH_PERSON: Verdict = {
  code: 'not-found',
  message: 'Slack does not know this person, or does not show them to you.',
};

/** Slack's `error` values (docs.slack.dev/reference/methods, the error tables). Compared as codes, never by their text. */
const VERDICTS: ReadonlyMap<string, Verdict> = new Map(
  Object.entries<Verdict>({
    invalid_auth: REFUSED,
    not_authed: REFUSED,
    two_factor_setup_required: {
      code: 'credentials-refused',
      message:
        'Slack wants two-factor authentication set up for your account first. Set it up in Slack, then sign in again.',
    },
    not_allowed_token_type: {
      code: 'credentials-refused',
      message:
        'Slack does not allow this kind of token here. Use the User OAuth Token of your app, which begins with xoxp-.',
    },
    token_revoked: {
      code: 'token-revoked',
      message:
        'The Slack sign-in was revoked. Sign in again; where the token was pasted, install your Slack app again and paste its new one.',
    },
    token_expired: {
      code: 'token-expired',
      message:
        'The Slack sign-in has expired. Sign in again; where the token was pasted, install your Slack app again and paste its new one.',
    },
    account_inactive: DISABLED,
    user_removed_from_team: DISABLED,
    team_disabled: DISABLED,
    no_permission: NOT_PERMITTED,
    access_denied: NOT_PERMITTED,
    accesslimited: NOT_PERMITTED,
    team_access_not_granted: NOT_PERMITTED,
    org_login_required: NOT_PERMITTED,
    ekm_access_denied: NOT_PERMITTED,
    enterprise_is_restricted: NOT_PERMITTED,
    forbidden_team: NOT_PERMITTED,
    link_disabled: {
      code: 'not-permitted',
      message: 'Socket Mode is switched off in your Slack app. Switch it on under “Socket Mode”.',
    },
    too_many_websockets: {
      code: 'rate-limited',
      message: 'Your Slack app has ten event sockets open already.',
    },
    ratelimited: { code: 'rate-limited', message: 'Slack asks Muster to slow down.' },
    internal_error: UNAVAILABLE,
    fatal_error: UNAVAILABLE,
    service_unavailable: UNAVAILABLE,
    request_timeout: UNAVAILABLE,
    team_added_to_org: UNAVAILABLE,
    snooze_failed: UNAVAILABLE,
    snooze_end_failed: UNAVAILABLE,
    user_not_found: NO_SUCH_PERSON,
    user_not_visible: NO_SUCH_PERSON,
    profile_status_set_failed_not_valid_emoji: {
      code: 'invalid-request',
      message: 'Slack does not know this emoji. Choose another one.',
    },
    profile_status_set_failed_not_emoji_syntax: {
      code: 'invalid-request',
      message: 'Slack does not know this emoji. Choose another one.',
    },
  }),
);

/** Facts that Slack adds to a refusal. `needed` is a comma list of scopes. */
export interface RefusalFacts {
  readonly needed?: string | undefined;
  readonly retryAfterMs?: number | null;
}

/** What Slack's `error` of the method means. `params.error` keeps Slack's own word, `params.method` what was called. */
export function refusalOf(method: string, error: string, facts: RefusalFacts = {}): MusterError {
  if (error === 'missing_scope') return missingScopes((facts.needed ?? '').split(',').filter(Boolean), method);
  const verdict = VERDICTS.get(error) ?? {
    code: 'protocol-error' as const,
    message: `Slack refused ${method} with “${error}”, which Muster does not know. The rest keeps working.`,
  };
  return new MusterError(verdict.code, verdict.message, {
    params: { method, error },
    retryAfterMs: facts.retryAfterMs ?? null,
    ...(verdict.retry === undefined ? {} : { retry: verdict.retry }),
  });
}

/** Permissions that the token lacks. `params.scopes` is a comma list. */
export function missingScopes(scopes: readonly string[], method: string): MusterError {
  const list = scopes.join(', ');
  return new MusterError(
    'missing-scope',
    `The Slack token lacks ${scopes.length === 1 ? 'the permission' : 'permissions'}${list === '' ? '' : ` ${list}`}. Add what is missing under “OAuth & Permissions → User Token Scopes”, install the app again, and sign in with its new token.`,
    { params: { scopes: scopes.join(','), method, error: 'missing_scope' } },
  );
}

/** An answer that is not what the method promises: cut off, not JSON, or of other types. */
export function unreadable(method: string, cause?: unknown): MusterError {
  return new MusterError(
    'protocol-error',
    `Slack’s answer to ${method} could not be read. Muster keeps what it knew.`,
    { params: { method }, ...(cause === undefined ? {} : { cause }) },
  );
}

const TIMEOUT_CODES = new Set([
  'ETIMEDOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What a failed connection means, by the names and codes along its causes. */
export function transportErrorOf(method: string, thrown: unknown): MusterError {
  let link: unknown = thrown;
  for (let depth = 0; depth < 5 && link instanceof Error; depth += 1) {
    if (link instanceof MusterError) return link;
    const code = 'code' in link && typeof link.code === 'string' ? link.code : '';
    if (link.name === 'TimeoutError' || TIMEOUT_CODES.has(code)) {
      return new MusterError('timeout', 'Slack did not answer in time.', {
        params: { method },
        cause: thrown,
      });
    }
    if (link.name === 'AbortError') {
      return new MusterError('cancelled', `The call of ${method} was ended.`, { params: { method }, cause: thrown });
    }
    link = link.cause;
  }
  return new MusterError('platform-unreachable', 'Slack cannot be reached.', {
    params: { method },
    cause: thrown,
  });
}

/** Slack's own word of a refusal; null for anything else. */
export function wordOf(thrown: unknown): string | null {
  const word = thrown instanceof MusterError ? thrown.params.error : null;
  return typeof word === 'string' ? word : null;
}
