import { z } from 'zod';
import { OWN_STATUSES } from '../../domain/own-status/intent.ts';
import { type Schedule, WEEKDAYS } from '../../domain/schedule/schedule.ts';
import type { ScheduleRepository } from '../../ports/repositories.ts';
import { booleanColumn, jsonColumn, stored } from './columns.ts';
import { type Connection, inOrder, query } from './connection.ts';

const row = z
  .object({
    id: z.string(),
    name: z.string(),
    enabled: booleanColumn,
    time_zone: z.string(),
    rules: jsonColumn(z.array(z.object({ days: z.array(z.enum(WEEKDAYS)), from: z.string(), to: z.string() }))),
    exceptions: jsonColumn(z.array(z.object({ date: z.string(), active: z.boolean() }))),
    do_not_disturb: booleanColumn,
    status: z.enum(OWN_STATUSES).nullable(),
    message: z.string().nullable(),
    emoji: z.string().nullable(),
    allow: jsonColumn(z.array(z.enum(['favourites']))),
  })
  .transform(
    ({ time_zone: timeZone, do_not_disturb: doNotDisturb, ...rest }): Schedule => ({ ...rest, timeZone, doNotDisturb }),
  );

/** Do-not-disturb schedules in SQLite. */
export function scheduleRepository(db: Connection): ScheduleRepository {
  return {
    all: () => db.all(query.selectFrom('schedules').selectAll().orderBy(inOrder), row),
    save: (schedule) => {
      const values = {
        name: schedule.name,
        enabled: stored(schedule.enabled),
        time_zone: schedule.timeZone,
        rules: JSON.stringify(schedule.rules),
        exceptions: JSON.stringify(schedule.exceptions),
        do_not_disturb: stored(schedule.doNotDisturb),
        status: schedule.status,
        message: schedule.message,
        emoji: schedule.emoji,
        allow: JSON.stringify(schedule.allow),
      };
      db.run(
        query
          .insertInto('schedules')
          .values({ id: schedule.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values)),
      );
    },
    delete: (id) => db.run(query.deleteFrom('schedules').where('id', '=', id)) > 0,
  };
}
