import { z } from 'zod';
import type { JsonAnswer } from '../http/answer.ts';
import type { ZoomAccount, ZoomUser } from './account.ts';
import { isoSeconds } from './account.ts';
import type { ZoomLabel } from './rate-limits.ts';
import { SPELLINGS, WRITABLE } from './spellings.ts';

/** A method of the API as the simulator knows it; also the name by which faults are planned. */
export type ZoomMethod = 'me' | 'presence' | 'update' | 'contacts' | 'contact';

/** One call, its caller known. */
export interface ApiRequest {
  readonly account: ZoomAccount;
  readonly caller: ZoomUser;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: string;
  /** What the path names: `me`, an id, an address. */
  readonly target: string;
  readonly behaviour: ZoomBehaviour;
  readonly lastUpdates: Map<string, number>;
}

/** How this Zoom differs from the plain one; change it at any time. */
export interface ZoomBehaviour {
  /** What PUT wants do-not-disturb to be called. */
  doNotDisturb: 'Do_Not_Disturb' | 'Do_No_Disturb';
  /** Whether the account's settings let people change their status by API (5411). */
  mayUpdate: boolean;
}

/** A refusal in Zoom's shape. */
export class ZoomRefusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get answer(): JsonAnswer {
    return { status: this.status, headers: {}, body: { code: this.code, message: this.message } };
  }
}

/** What a path is: its method, label, scopes (one of them is enough) and behaviour. */
export interface Route {
  readonly method: ZoomMethod;
  readonly verb: 'GET' | 'PUT';
  readonly path: RegExp;
  readonly label: ZoomLabel;
  readonly scopes: (target: string) => readonly string[];
  readonly run: (request: ApiRequest) => JsonAnswer;
}

const json = (body: unknown): JsonAnswer => ({ status: 200, headers: {}, body });
const own = (target: string, scope: string, classic: string): readonly string[] =>
  target === 'me' ? [scope, `${scope}:admin`, classic, `${classic}:admin`] : [`${scope}:admin`, `${classic}:admin`];

/** Everything that is answered (developers.zoom.us/docs/api: users, team-chat). The path's group is the target. */
export const ROUTES: readonly Route[] = [
  {
    method: 'me',
    verb: 'GET',
    path: /^users\/(me)$/,
    label: 'Light',
    scopes: (target) => own(target, 'user:read:user', 'user:read'),
    run: ({ caller }) =>
      json({
        id: caller.id,
        first_name: caller.firstName,
        last_name: caller.lastName,
        display_name: `${caller.firstName} ${caller.lastName}`.trim(),
        email: caller.email,
        type: 2,
        role_name: 'Member',
        pmi: 3542471135,
        use_pmi: false,
        timezone: 'Europe/Berlin',
        verified: 1,
        dept: '',
        created_at: '2024-03-01T08:00:00Z',
        last_login_time: '2026-03-01T08:00:00Z',
        language: 'en-US',
        status: 'active',
        company: 'Harbour Works',
        account_id: 'VjZoEArIT5y-HlWxkV-tVA',
        cluster: 'us04',
      }),
  },
  {
    method: 'presence',
    verb: 'GET',
    path: /^users\/([^/]+)\/presence_status$/,
    label: 'Medium',
    scopes: (target) => own(target, 'user:read:presence_status', 'user:read'),
    run: ({ account, caller, target }) => {
      const user = target === 'me' ? caller : account.find(target);
      // Only those of one's own account are known here.
      if (user === undefined || user.type === 'external') {
        throw new ZoomRefusal(404, 1001, `User does not exist: ${target}.`);
      }
      const status = SPELLINGS[user.presence].status;
      if (user.disturbAt === null || user.id !== caller.id) return json({ status });
      const left = user.disturbAt - account.now();
      return json({ status, end_time: isoSeconds(user.disturbAt), remaining_time: Math.ceil(left / 60_000) });
    },
  },
  {
    method: 'update',
    verb: 'PUT',
    path: /^users\/([^/]+)\/presence_status$/,
    label: 'Medium',
    scopes: (target) => own(target, 'user:update:presence_status', 'user:write'),
    run: update,
  },
  {
    method: 'contacts',
    verb: 'GET',
    path: /^chat\/users\/(me)\/contacts$/,
    label: 'Medium',
    scopes: () => ['team_chat:read:list_contacts', 'chat_contact:read'],
    run: contacts,
  },
  {
    method: 'contact',
    verb: 'GET',
    path: /^chat\/users\/me\/contacts\/([^/]+)$/,
    label: 'Medium',
    scopes: () => ['team_chat:read:contact', 'chat_contact:read'],
    run: ({ account, query, target }) => {
      const user = account.find(target);
      if (user === undefined || !user.isContact) throw new ZoomRefusal(404, 1001, `User does not exist: ${target}.`);
      const presence_status = SPELLINGS[user.presence].contact;
      const asked = query.get('query_presence_status') === 'true';
      return json({
        direct_numbers: [],
        email: user.email,
        extension_number: '31',
        first_name: user.firstName,
        id: user.id,
        member_id: user.memberId,
        last_name: user.lastName,
        phone_number: '',
        phone_numbers: [],
        ...(asked ? { presence_status } : {}),
      });
    },
  },
];

function contacts({ account, caller, query }: ApiRequest): JsonAnswer {
  const type = query.get('type') ?? 'company';
  if (type !== 'company' && type !== 'external') throw new ZoomRefusal(400, 300, 'Invalid type.');
  const pageSize = Number(query.get('page_size') ?? 10);
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 50)
    throw new ZoomRefusal(400, 300, 'Invalid page_size.');
  const token = query.get('next_page_token') ?? '';
  const from = token === '' ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8').replace(`${type}:`, ''));
  if (!Number.isInteger(from) || from < 0)
    throw new ZoomRefusal(400, 300, 'The next page token is invalid or expired.');
  const all = account.contactsOf(caller.id, type);
  const next = from + pageSize;
  return json({
    contacts: all.slice(from, next).map((user) => ({
      email: user.email,
      first_name: user.firstName,
      id: user.id,
      member_id: user.memberId,
      last_name: user.lastName,
    })),
    next_page_token: next < all.length ? Buffer.from(`${type}:${next}`).toString('base64url') : '',
    page_size: pageSize,
  });
}

const updateSchema = z.strictObject({ status: z.string(), duration: z.number().int().min(1).max(1_440).optional() });
const UPDATE_EVERY_MS = 60_000;

/** Once a minute and person, only with a Zoom app signed in; a minute's update is used up by what was taken, not by what was malformed. */
function update({ account, caller, target, contentType, body, behaviour, lastUpdates }: ApiRequest): JsonAnswer {
  if (target !== 'me') throw new ZoomRefusal(404, 1001, `User does not exist: ${target}.`);
  if (!/^application\/json\b/i.test(contentType)) throw new ZoomRefusal(415, 300, 'Unsupported Content Type');
  const parsed = updateSchema.safeParse(parsedJson(body));
  if (!parsed.success) throw new ZoomRefusal(400, 300, 'Request Body should be a valid JSON object.');
  const { status, duration } = parsed.data;
  const disturb = status === behaviour.doNotDisturb;
  const presence = disturb ? 'do-not-disturb' : WRITABLE.get(status);
  if (presence === undefined || (duration !== undefined && !disturb))
    throw new ZoomRefusal(400, 300, 'Validation Failed.');
  if (!behaviour.mayUpdate) {
    throw new ZoomRefusal(
      400,
      5411,
      'Unauthorized request. You do not have permission to update the presence status of this user.',
    );
  }
  const last = lastUpdates.get(caller.id);
  if (last !== undefined && account.now() - last < UPDATE_EVERY_MS) {
    throw new ZoomRefusal(
      429,
      429,
      'Too many requests submitted to update the presence status of this user. Please wait for the request to be processed and try again later.',
    );
  }
  lastUpdates.set(caller.id, account.now());
  if (!caller.signedIn) throw new ZoomRefusal(400, 5301, 'Request to update the presence status of this user failed.');
  account.setPresence(caller.id, presence, disturb ? (duration ?? 20) : null);
  return { status: 204, headers: {}, body: null };
}

/** Undefined for what is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
