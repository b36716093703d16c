import { z } from 'zod';
import { AUDIT_EVENTS } from '../../domain/audit.ts';
import type { AuditEntry, AuditRepository } from '../../ports/audit-trail.ts';
import { instantColumn, jsonColumn, storedOrNull } from './columns.ts';
import { type Connection, inOrder, query } from './connection.ts';

const row = z
  .object({
    id: z.string(),
    at: instantColumn,
    event: z.enum(AUDIT_EVENTS),
    account_id: z.string().nullable(),
    platform: z.string().nullable(),
    label: z.string().nullable(),
    detail: z.string(),
    scopes: jsonColumn(z.array(z.string())).nullable(),
  })
  .transform(
    ({ account_id, ...rest }): AuditEntry => ({
      ...rest,
      accountId: account_id,
    }),
  );

/** The audit trail in SQLite. */
export function auditRepository(db: Connection): AuditRepository {
  return {
    add: (entry) =>
      void db.run(
        query.insertInto('audit').values({
          id: entry.id,
          at: entry.at,
          event: entry.event,
          account_id: entry.accountId,
          platform: entry.platform,
          label: entry.label,
          detail: entry.detail,
          scopes: storedOrNull(entry.scopes),
        }),
      ),
    idsNewestFirst(accountId) {
      // In the order of writing: the clock may have been set back.
      const all = query.selectFrom('audit').select('id').orderBy(inOrder, 'desc');
      const wanted = accountId === null ? all : all.where('account_id', '=', accountId);
      return db.all(wanted, z.object({ id: z.string() })).map(({ id }) => id);
    },
    find: (id) => db.first(query.selectFrom('audit').selectAll().where('id', '=', id), row),
    all: () => db.all(query.selectFrom('audit').selectAll().orderBy(inOrder, 'desc'), row),
  };
}
