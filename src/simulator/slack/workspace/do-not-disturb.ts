import type { SlackUser } from './user.ts';

const DAY_MS = 86_400_000;

/** The running or next window of the schedule, as `next_dnd_start_ts` and `next_dnd_end_ts` say it, in ms; null: no schedule. */
export function nextDndWindow(user: SlackUser, now: number): { readonly start: number; readonly end: number } | null {
  if (user.dnd === null) return null;
  const over = Math.max(now, user.dndEndedUntil);
  const days = Math.max(0, Math.floor((over - user.dnd.end) / DAY_MS) + 1);
  return { start: user.dnd.start + days * DAY_MS, end: user.dnd.end + days * DAY_MS };
}

/** Whether a scheduled session is running. */
export function inScheduledDnd(user: SlackUser, now: number): boolean {
  const window = nextDndWindow(user, now);
  return window !== null && window.start <= now;
}

/** Until when notifications are snoozed, in ms; null: not snoozed. */
export function snoozedUntil(user: SlackUser, now: number): number | null {
  return user.snoozeUntil !== null && user.snoozeUntil > now ? user.snoozeUntil : null;
}
