import { randomBytes } from 'node:crypto';
import { windowShape } from './methods/dnd-methods.ts';
import { seconds, type Viewer } from './methods/method.ts';
import { userShape } from './methods/user-shape.ts';
import type { MemberChange, WorkspaceChange } from './workspace/workspace-state.ts';

/** Which events tell a change. `user_change` comes with every one of the others. */
const MEMBER_EVENTS: Readonly<Record<Exclude<MemberChange, 'do-not-disturb'>, readonly string[]>> = {
  joined: ['team_join'],
  profile: ['user_change', 'user_profile_changed'],
  status: ['user_change', 'user_status_changed'],
  huddle: ['user_change', 'user_huddle_changed'],
};

/**
 * The payloads (`event_callback`) that tell a change to the app of `viewerId`. Shapes: json-logs/samples/events of
 * slackapi/java-slack-sdk.
 */
export function eventPayloads(
  viewer: Viewer,
  viewerId: string,
  userId: string,
  change: WorkspaceChange,
): Record<string, unknown>[] {
  // Users by their ids, never the tokens themselves.
  if (change === 'token-revoked') {
    return [appEvent(viewer, viewerId, { type: 'tokens_revoked', tokens: { oauth: [userId], bot: [] } })];
  }
  if (change === 'app-uninstalled') return [appEvent(viewer, viewerId, { type: 'app_uninstalled' })];
  const user = viewer.workspace.user(userId);
  const at = viewer.now / 1000;
  const eventTs = at.toFixed(6);
  if (change === 'do-not-disturb') {
    const type = userId === viewerId ? 'dnd_updated' : 'dnd_updated_user';
    const status = windowShape(user, viewer, viewerId);
    return [callback(viewer, viewerId, { type, user: userId, dnd_status: status, event_ts: eventTs })];
  }
  const shape = userShape(user, viewer);
  return MEMBER_EVENTS[change].map((type) => {
    // As recorded: the older events have no time of their own.
    const times = type === 'team_join' ? {} : { cache_ts: seconds(viewer.now) };
    const sentAt = type === 'user_change' || type === 'team_join' ? {} : { event_ts: eventTs };
    return callback(viewer, viewerId, { type, user: shape, ...times, ...sentAt });
  });
}

function callback(viewer: Viewer, viewerId: string, event: Record<string, unknown>): Record<string, unknown> {
  const { teamId, enterprise } = viewer.workspace.identity;
  const enterpriseId = enterprise?.id ?? null;
  return {
    token: 'verification-token',
    team_id: teamId,
    ...(enterpriseId === null ? {} : { enterprise_id: enterpriseId }),
    api_app_id: 'A0SIM00001',
    event,
    type: 'event_callback',
    event_id: `Ev${randomBytes(6).toString('hex').toUpperCase()}`,
    event_time: seconds(viewer.now),
    authorizations: [
      {
        enterprise_id: enterpriseId,
        team_id: teamId,
        user_id: viewerId,
        is_bot: false,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: '4-simulated',
  };
}

/** As recorded: what is about the app itself names no authorisations, but who had given them. */
function appEvent(viewer: Viewer, viewerId: string, event: Record<string, unknown>): Record<string, unknown> {
  const { authorizations: _none, ...rest } = callback(viewer, viewerId, event);
  return { ...rest, authed_users: [viewerId], authed_teams: [viewer.workspace.identity.teamId] };
}
