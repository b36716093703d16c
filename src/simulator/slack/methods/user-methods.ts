import { type MethodCall, type MethodResult, type SlackMethod, SlackRefusal, seconds, subject } from './method.ts';
import { userShape } from './user-shape.ts';

/** Slack's upper bound of `limit`. Source: docs.slack.dev/reference/methods/users.list. */
const MAX_PAGE = 1000;

/** `users.list`, `users.info`, `users.lookupByEmail`. */
export const userMethods: Readonly<Record<string, SlackMethod>> = {
  'users.list': { tier: 'tier2', scope: 'users:read', bots: true, access: 'read', takesTeam: true, run: list },
  'users.info': {
    tier: 'tier4',
    scope: 'users:read',
    bots: true,
    access: 'read',
    run: (call) => {
      if (!call.args.get('user')) throw new SlackRefusal('user_not_found');
      return { user: userShape(subject(call), call) };
    },
  },
  'users.lookupByEmail': {
    tier: 'tier3',
    scope: 'users:read.email',
    bots: true,
    access: 'read',
    run: (call) => {
      const email = call.args.get('email')?.toLowerCase();
      const user = call.workspace.users().find((each) => !each.deleted && each.email?.toLowerCase() === email);
      if (user === undefined) throw new SlackRefusal('users_not_found');
      return { user: userShape(user, call) };
    },
  },
};

function list(call: MethodCall): MethodResult {
  const members = call.workspace.users();
  const limit = Number(call.args.get('limit') ?? 0);
  if (!Number.isInteger(limit) || limit < 0) throw new SlackRefusal('invalid_arguments');
  if (limit === 0 && members.length > call.behaviour.limitRequiredAbove) throw new SlackRefusal('limit_required');
  const size = limit === 0 ? members.length : Math.min(limit, MAX_PAGE);
  const cursor = call.args.get('cursor') ?? '';
  const start = cursor === '' ? 0 : members.findIndex((member) => member.id === cursorTarget(cursor));
  if (start < 0) throw new SlackRefusal('invalid_cursor');
  const next = members[start + size];
  return {
    members: members.slice(start, start + size).map((member) => userShape(member, call)),
    cache_ts: seconds(call.now),
    response_metadata: { next_cursor: next === undefined ? '' : Buffer.from(`user:${next.id}`).toString('base64') },
  };
}

function cursorTarget(cursor: string): string | undefined {
  const [kind, id] = Buffer.from(cursor, 'base64').toString('utf8').split(':');
  return kind === 'user' ? id : undefined;
}
