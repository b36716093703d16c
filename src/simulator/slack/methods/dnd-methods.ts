import { nextDndWindow, snoozedUntil } from '../workspace/do-not-disturb.ts';
import type { SlackUser } from '../workspace/user.ts';
import {
  type MethodCall,
  type MethodResult,
  type SlackMethod,
  SlackRefusal,
  seconds,
  subject,
  type Viewer,
} from './method.ts';

/** Source: docs.slack.dev/reference/methods/dnd.teamInfo. */
const MAX_TEAM_USERS = 50;
/** Slack documents that there is a longest snooze (`too_long`), not how long: we take a year. */
const MAX_SNOOZE_MINUTES = 366 * 24 * 60;

/** `dnd.info`, `dnd.teamInfo`, `dnd.setSnooze`, `dnd.endSnooze`, `dnd.endDnd`. */
export const dndMethods: Readonly<Record<string, SlackMethod>> = {
  'dnd.info': {
    tier: 'tier3',
    scope: 'dnd:read',
    bots: true,
    access: 'read',
    takesTeam: true,
    run: (call) => {
      const user = subject(call);
      return windowShape(user, call, call.caller.id);
    },
  },
  'dnd.teamInfo': { tier: 'tier2', scope: 'dnd:read', bots: true, access: 'read', takesTeam: true, run: teamInfo },
  'dnd.setSnooze': {
    tier: 'tier2',
    scope: 'dnd:write',
    bots: false,
    access: 'write',
    run: ({ workspace, args, caller, now }) => {
      const text = args.get('num_minutes');
      if (text === undefined || text === '') throw new SlackRefusal('missing_duration');
      const minutes = Number(text);
      if (!Number.isInteger(minutes) || minutes <= 0) throw new SlackRefusal('snooze_failed');
      if (minutes > MAX_SNOOZE_MINUTES) throw new SlackRefusal('too_long');
      workspace.setSnooze(caller.id, now + minutes * 60_000);
      return ownSnooze(workspace.user(caller.id), now);
    },
  },
  'dnd.endSnooze': {
    tier: 'tier2',
    scope: 'dnd:write',
    bots: false,
    access: 'write',
    run: (call) => {
      if (snoozedUntil(call.caller, call.now) === null) throw new SlackRefusal('snooze_not_active');
      call.workspace.setSnooze(call.caller.id, null);
      return { ...window(call.workspace.user(call.caller.id), call, call.caller.id), snooze_enabled: false };
    },
  },
  'dnd.endDnd': {
    tier: 'tier2',
    scope: 'dnd:write',
    bots: false,
    access: 'write',
    run: ({ workspace, caller }) => {
      if (!workspace.endDnd(caller.id)) throw new SlackRefusal('not_in_dnd');
      return {};
    },
  },
};

function teamInfo(call: MethodCall): MethodResult {
  const ids = (call.args.get('users') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw new SlackRefusal('no_users_provided');
  if (ids.length > MAX_TEAM_USERS) throw new SlackRefusal('too_many_users');
  const entries = ids.map((id): [string, MethodResult] => {
    const user = call.workspace.find(id);
    if (user === undefined || call.behaviour.invisibleUsers.has(id)) throw new SlackRefusal('user_not_visible');
    return [id, window(user, call, call.caller.id)];
  });
  return { users: Object.fromEntries(entries) };
}

/** What a viewer is told of somebody's do-not-disturb: the snooze of themselves only. */
export function windowShape(user: SlackUser, viewer: Viewer, viewerId: string): MethodResult {
  return { ...window(user, viewer, viewerId), ...(user.id === viewerId ? ownSnooze(user, viewer.now) : {}) };
}

/** The running or next window; without a schedule Slack says 1, not 0 or nothing. */
function window(user: SlackUser, call: Viewer, viewerId: string): MethodResult {
  const snooze = snoozedUntil(user, call.now);
  if (snooze !== null && call.behaviour.colleaguesSeeSnooze && user.id !== viewerId) {
    return { dnd_enabled: true, next_dnd_start_ts: seconds(call.now), next_dnd_end_ts: seconds(snooze) };
  }
  const next = nextDndWindow(user, call.now);
  if (next === null) return { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };
  return { dnd_enabled: true, next_dnd_start_ts: seconds(next.start), next_dnd_end_ts: seconds(next.end) };
}

function ownSnooze(user: SlackUser, now: number): MethodResult {
  const until = snoozedUntil(user, now);
  if (until === null) return { snooze_enabled: false };
  return {
    snooze_enabled: true,
    snooze_endtime: seconds(until),
    snooze_remaining: Math.max(0, seconds(until) - seconds(now)),
    snooze_is_indefinite: false,
  };
}
