import { z } from 'zod';
import type { Watch } from '../../domain/alerts/watch.ts';
import { STATUSES } from '../../domain/presence/status.ts';
import type { WatchRepository } from '../../ports/repositories.ts';
import { booleanColumn, instantColumn, jsonColumn, stored, storedOrNull } from './columns.ts';
import { type Connection, inOrder, query } from './connection.ts';

const statuses = jsonColumn(z.array(z.enum(STATUSES)));

const row = z
  .object({
    id: z.string(),
    contact_id: z.string(),
    from_statuses: statuses.nullable(),
    to_statuses: statuses,
    repeat: z.enum(['once', 'always']),
    note: z.string().nullable(),
    enabled: booleanColumn,
    created_at: instantColumn,
  })
  .transform(
    (value): Watch => ({
      id: value.id,
      contactId: value.contact_id,
      from: value.from_statuses,
      to: value.to_statuses,
      repeat: value.repeat,
      note: value.note,
      enabled: value.enabled,
      createdAt: value.created_at,
    }),
  );

/** Watches in SQLite. */
export function watchRepository(db: Connection): WatchRepository {
  return {
    all: () => db.all(query.selectFrom('watches').selectAll().orderBy(inOrder), row),
    save: (watch) => {
      const values = {
        contact_id: watch.contactId,
        from_statuses: storedOrNull(watch.from),
        to_statuses: JSON.stringify(watch.to),
        repeat: watch.repeat,
        note: watch.note,
        enabled: stored(watch.enabled),
        created_at: watch.createdAt,
      };
      db.run(
        query
          .insertInto('watches')
          .values({ id: watch.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values)),
      );
    },
    delete: (id) => db.run(query.deleteFrom('watches').where('id', '=', id)) > 0,
  };
}
