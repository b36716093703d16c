import { pick, type Random } from '../people/random.ts';
import { STATUSES } from './statuses.ts';
import type { SlackWorkspaceState } from './workspace/workspace-state.ts';

const MINUTE_MS = 60_000;

/**
 * Lets one of these members do something that people do all day: come, go, pause, set or clear a status, join or leave a huddle. How often is the caller's affair.
 * Returns a sentence about it, for a log; ids of members who are gone are left alone.
 */
export function changeSomething(workspace: SlackWorkspaceState, people: readonly string[], random: Random): string {
  const user = workspace.user(pick(random, people));
  const now = workspace.now();
  if (user.deleted) return `${user.realName} has left the company.`;
  const chance = random();
  if (chance < 0.5) {
    if (workspace.presenceOf(user.id).presence === 'away') {
      workspace.setPresence(user.id, 'active');
      return `${user.realName} is back.`;
    }
    if (random() < 0.5) {
      workspace.disconnectClients(user.id);
      return `${user.realName} closed Slack.`;
    }
    workspace.setPresence(user.id, 'away');
    return `${user.realName} is away.`;
  }
  if (chance < 0.8) {
    if (user.status.text !== '' || user.status.emoji !== '') {
      workspace.clearStatus(user.id);
      return `${user.realName} cleared their status.`;
    }
    const { text, emoji, minutes } = pick(random, STATUSES);
    workspace.setStatus(user.id, { text, emoji, expiresAt: minutes === null ? null : now + minutes * MINUTE_MS });
    return `${user.realName} says: ${emoji} ${text}`;
  }
  if (chance < 0.9) {
    if (user.huddleUntil !== null) {
      workspace.endHuddle(user.id);
      return `${user.realName} left the huddle.`;
    }
    workspace.setPresence(user.id, 'active');
    workspace.startHuddle(user.id, now + 45 * MINUTE_MS);
    return `${user.realName} is in a huddle.`;
  }
  const disturbed = user.dnd === null || user.dnd.end <= now;
  workspace.setDnd(user.id, disturbed ? { start: now, end: now + 30 * MINUTE_MS } : null);
  return disturbed ? `${user.realName} must not be disturbed for half an hour.` : `${user.realName} may be disturbed.`;
}
