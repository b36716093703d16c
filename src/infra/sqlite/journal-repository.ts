import { z } from 'zod';
import type { JournalRepository, StoredJournalEntry } from '../../ports/repositories.ts';
import { accountIds } from './account-repository.ts';
import { instantColumn, jsonColumn, storedJsonSchema } from './columns.ts';
import { type Connection, query } from './connection.ts';

const row = z
  .object({
    account_id: z.string(),
    part: z.enum(['status', 'doNotDisturb']),
    intent_id: z.string(),
    desired: jsonColumn(storedJsonSchema),
    previous: jsonColumn(storedJsonSchema),
    written: jsonColumn(storedJsonSchema),
    state: z.enum(['writing', 'in-force', 'overridden']),
    attempted_at: instantColumn,
  })
  .transform(
    (value): StoredJournalEntry => ({
      accountId: value.account_id,
      part: value.part,
      intentId: value.intent_id,
      desired: value.desired,
      previous: value.previous,
      written: value.written,
      state: value.state,
      attemptedAt: value.attempted_at,
    }),
  );

/** The publication journal in SQLite. */
export function journalRepository(db: Connection): JournalRepository {
  return {
    find: (accountId, part) =>
      db.first(
        query.selectFrom('publications').selectAll().where('account_id', '=', accountId).where('part', '=', part),
        row,
      ),
    save: (entry) => {
      if (!accountIds(db).has(entry.accountId)) return;
      const values = {
        intent_id: entry.intentId,
        desired: JSON.stringify(entry.desired),
        previous: JSON.stringify(entry.previous),
        written: JSON.stringify(entry.written),
        state: entry.state,
        attempted_at: entry.attemptedAt,
      };
      db.run(
        query
          .insertInto('publications')
          .values({ account_id: entry.accountId, part: entry.part, ...values })
          .onConflict((conflict) => conflict.columns(['account_id', 'part']).doUpdateSet(values)),
      );
    },
    delete: (accountId, part) =>
      void db.run(query.deleteFrom('publications').where('account_id', '=', accountId).where('part', '=', part)),
  };
}
