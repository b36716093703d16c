import type { DoNotDisturbIntent, Intent } from '../../domain/own-status/intent.ts';
import type { ActiveSchedule } from '../automation/schedules.ts';

/** What the active schedules wish for. The ids are the same for as long as an interval lasts, also across restarts. */
export function scheduleIntents(active: readonly ActiveSchedule[]): {
  readonly intents: readonly Intent[];
  readonly doNotDisturb: readonly DoNotDisturbIntent[];
} {
  const intents: Intent[] = [];
  const doNotDisturb: DoNotDisturbIntent[] = [];
  for (const { schedule, since, until } of active) {
    const id = `${schedule.id}@${until ?? 'always'}`;
    const origin = { kind: 'schedule' as const, id: schedule.id, name: schedule.name };
    if (schedule.status) {
      intents.push({
        id,
        layer: 'schedule',
        status: schedule.status,
        message: schedule.message,
        emoji: schedule.emoji,
        createdAt: since,
        expiresAt: until,
        origin,
        accountIds: null,
      });
    }
    if (schedule.doNotDisturb)
      doNotDisturb.push({ id, layer: 'schedule', active: true, createdAt: since, expiresAt: until, origin });
  }
  return { intents, doNotDisturb };
}
