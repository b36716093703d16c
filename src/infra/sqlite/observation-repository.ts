import { z } from 'zod';
import type { Observation } from '../../domain/presence/observation.ts';
import { ACTIVITY_KINDS, STATUSES } from '../../domain/presence/status.ts';
import type { ObservationRepository } from '../../ports/repositories.ts';
import { accountIds } from './account-repository.ts';
import { booleanColumn, instantColumn, jsonColumn, stored } from './columns.ts';
import { type Connection, query } from './connection.ts';

const row = z
  .object({
    account_id: z.string(),
    user_id: z.string(),
    status: z.enum(STATUSES),
    do_not_disturb: booleanColumn,
    raw_status: z.string().nullable(),
    message: z.string().nullable(),
    emoji: z.string().nullable(),
    activities: jsonColumn(z.array(z.object({ kind: z.enum(ACTIVITY_KINDS), detail: z.string().nullable() }))),
    last_seen: instantColumn.nullable(),
    observed_at: instantColumn,
    source: z.enum(['poll', 'push', 'webhook', 'cache']),
    replayed: booleanColumn,
  })
  .transform(
    (value): Observation => ({
      accountId: value.account_id,
      userId: value.user_id,
      status: value.status,
      doNotDisturb: value.do_not_disturb,
      rawStatus: value.raw_status,
      message: value.message,
      emoji: value.emoji,
      activities: value.activities,
      lastSeen: value.last_seen,
      observedAt: value.observed_at,
      source: value.source,
      replayed: value.replayed,
    }),
  );

/** The newest observations in SQLite. */
export function observationRepository(db: Connection): ObservationRepository {
  return {
    all: () => db.all(query.selectFrom('observations').selectAll(), row),
    save: (observations) =>
      db.transaction(() => {
        const accounts = accountIds(db);
        for (const observation of observations) if (accounts.has(observation.accountId)) save(db, observation);
      }),
    delete: (keys) =>
      db.forget(() => {
        for (const { accountId, userId } of keys) {
          db.run(query.deleteFrom('observations').where('account_id', '=', accountId).where('user_id', '=', userId));
        }
      }),
  };
}

function save(db: Connection, observation: Observation): void {
  const values = {
    status: observation.status,
    do_not_disturb: stored(observation.doNotDisturb),
    raw_status: observation.rawStatus,
    message: observation.message,
    emoji: observation.emoji,
    activities: JSON.stringify(observation.activities),
    last_seen: observation.lastSeen,
    observed_at: observation.observedAt,
    source: observation.source,
    replayed: stored(observation.replayed),
  };
  db.run(
    query
      .insertInto('observations')
      .values({ account_id: observation.accountId, user_id: observation.userId, ...values })
      .onConflict((conflict) => conflict.columns(['account_id', 'user_id']).doUpdateSet(values)),
  );
}
