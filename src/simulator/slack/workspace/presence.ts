import type { SlackUser } from './user.ts';

/** Slack calls somebody away after ten minutes without activity in any client. Source: docs.slack.dev/apis/web-api/user-presence-and-status. */
const AUTO_AWAY_AFTER_MS = 10 * 60_000;

/** What Slack knows about somebody's presence at one moment; `lastActivity` in ms since the epoch. */
export interface SlackPresence {
  readonly presence: 'active' | 'away';
  readonly online: boolean;
  readonly autoAway: boolean;
  readonly manualAway: boolean;
  readonly connectionCount: number;
  readonly lastActivity: number;
}

/** Presence follows from the connected clients, their last activity and the "set yourself as away" switch. */
export function presenceAt(user: SlackUser, now: number): SlackPresence {
  const online = user.clients > 0;
  const lastActivity = online && user.attentive ? now : user.lastActivity;
  const autoAway = online && now - lastActivity >= AUTO_AWAY_AFTER_MS;
  const active = online && !autoAway && !user.manualAway && !user.deleted && user.kind === 'person';
  return {
    presence: active ? 'active' : 'away',
    online,
    autoAway,
    manualAway: user.manualAway,
    connectionCount: user.clients,
    lastActivity,
  };
}
