import type { IncomingMessage } from 'node:http';
import type { JsonAnswer } from '../http/answer.ts';
import type { ChatUser } from './user.ts';

const YEAR_MS = 366 * 86_400_000;
/** How long somebody is active when the call does not say (reference of markAsActive). */
const ACTIVE_MS = 30 * 60_000;
const READ_SCOPES = [
  'https://www.googleapis.com/auth/chat.users.availability',
  'https://www.googleapis.com/auth/chat.users.availability.readonly',
];
const [WRITE_SCOPE = ''] = READ_SCOPES;

/** Google's refusal (google.rpc.Status). */
export function googleError(
  code: number,
  status: string,
  message: string,
  details: readonly Record<string, unknown>[] = [],
): JsonAnswer {
  return {
    status: code,
    headers: {},
    body: { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } },
  };
}

/** The detail that names why (google.rpc.ErrorInfo). */
export function errorInfo(reason: string): Record<string, unknown> {
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata: { service: 'chat.googleapis.com' },
  };
}

const insufficient = (): JsonAnswer =>
  googleError(403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.', [
    errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
  ]);
const invalid = (message: string): JsonAnswer => googleError(400, 'INVALID_ARGUMENT', message);

/** Answers a call of `users.availability` by a user whose token has these scopes. */
export function answerAvailability(
  user: ChatUser,
  scopes: readonly string[],
  request: IncomingMessage,
  url: URL,
  body: string,
  now: number,
): JsonAnswer {
  const match = /^\/v1\/users\/([^/:]+)\/availability(?::(\w+))?$/.exec(url.pathname);
  if (match === null) return googleError(404, 'NOT_FOUND', 'Requested entity was not found.');
  const [, name = '', custom] = match;
  if (!['me', user.id, user.email].includes(decodeURIComponent(name))) {
    return googleError(403, 'PERMISSION_DENIED', 'This method only accesses the authenticated user’s availability.');
  }
  const reads = request.method === 'GET' && custom === undefined;
  if (!scopes.some((scope) => (reads ? READ_SCOPES.includes(scope) : scope === WRITE_SCOPE))) return insufficient();
  if (reads) return shown(user);
  const sent = jsonObject(request, body);
  if (sent === null) return invalid('Invalid JSON payload received.');
  if (request.method === 'PATCH' && custom === undefined) return patch(user, url, sent, now);
  if (request.method === 'POST' && custom !== undefined) return mark(user, custom, sent, now);
  return googleError(404, 'NOT_FOUND', 'Method not found.');
}

/** As the API shows it: absent parts are absent, times are RFC 3339. */
function shown(user: ChatUser): JsonAnswer {
  const { customStatus, doNotDisturbUntil } = user;
  return {
    status: 200,
    headers: {},
    body: {
      name: `users/${user.id}/availability`,
      state: user.state,
      ...(customStatus === null
        ? {}
        : {
            customStatus: {
              text: customStatus.text,
              ...(customStatus.emoji === null ? {} : { emoji: { unicode: customStatus.emoji } }),
              ...(customStatus.expiresAt === null ? {} : { expireTime: timestamp(customStatus.expiresAt) }),
            },
          }),
      ...(doNotDisturbUntil === null ? {} : { doNotDisturbMetadata: { expirationTime: timestamp(doNotDisturbUntil) } }),
    },
  };
}

function patch(user: ChatUser, url: URL, sent: Record<string, unknown>, now: number): JsonAnswer {
  const mask = url.searchParams.get('updateMask');
  if (mask !== 'customStatus' && mask !== 'custom_status') {
    return invalid('update_mask: only `custom_status` can be updated.');
  }
  const extra = Object.keys(sent).filter((key) => !['name', 'customStatus'].includes(key));
  if (extra.length > 0) return invalid(`Invalid JSON payload received. Unknown name "${extra[0]}"`);
  if (sent.customStatus === undefined) {
    user.setCustomStatus(null);
    return shown(user);
  }
  const status = recordOf(sent.customStatus);
  const text = status?.text;
  const unicode = recordOf(status?.emoji)?.unicode;
  if (typeof text !== 'string' || text === '' || [...text].length > 64)
    return invalid('custom_status.text is invalid.');
  if (typeof unicode !== 'string' || !/^\p{RGI_Emoji}$/v.test(unicode))
    return invalid('custom_status.emoji is invalid.');
  const end = endOf(status ?? {}, now);
  if (end === 'invalid' || (typeof end === 'number' && end <= now))
    return invalid('custom_status.expiration is invalid.');
  user.setCustomStatus({ text, emoji: unicode, expiresAt: end });
  return shown(user);
}

function mark(user: ChatUser, method: string, sent: Record<string, unknown>, now: number): JsonAnswer {
  if (method === 'markAsAway') {
    if (Object.keys(sent).length > 0) return invalid('Invalid JSON payload received. Unknown name.');
    user.markAsAway();
    return shown(user);
  }
  const end = endOf(sent, now) ?? (method === 'markAsActive' ? now + ACTIVE_MS : null);
  if (end === 'invalid' || end === null || end <= now) return invalid('expiration is required and must lie ahead.');
  if (method === 'markAsActive') user.markAsActive(end);
  else if (method !== 'markAsDoNotDisturb') return googleError(404, 'NOT_FOUND', 'Method not found.');
  else if (end > now + YEAR_MS) return invalid('expiration must be at most 1 year in the future.');
  else user.markAsDoNotDisturb(end);
  return shown(user);
}

/** Of the two ways to say it; null when neither is there. */
function endOf(sent: Record<string, unknown>, now: number): number | null | 'invalid' {
  const { ttl, expireTime } = sent;
  if (ttl !== undefined && expireTime !== undefined) return 'invalid';
  if (ttl !== undefined) {
    const seconds = typeof ttl === 'string' ? /^(\d+(?:\.\d{1,9})?)s$/.exec(ttl)?.[1] : undefined;
    return seconds === undefined ? 'invalid' : now + Number(seconds) * 1000;
  }
  if (expireTime === undefined) return null;
  const at = typeof expireTime === 'string' ? Date.parse(expireTime) : Number.NaN;
  return Number.isNaN(at) ? 'invalid' : at;
}

/** Google leaves out fractions that are nought. */
function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function jsonObject(request: IncomingMessage, body: string): Record<string, unknown> | null {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) return null;
  try {
    return recordOf(JSON.parse(body));
  } catch {
    return null;
  }
}
