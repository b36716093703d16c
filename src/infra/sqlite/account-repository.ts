import { z } from 'zod';
import type { AccountRepository } from '../../ports/repositories.ts';
import { booleanColumn, instantColumn, jsonColumn, stored, storedOrNull } from './columns.ts';
import { type Connection, inOrder, query } from './connection.ts';

const row = z
  .object({
    id: z.string(),
    platform: z.string(),
    label: z.string(),
    settings: jsonColumn(z.record(z.string(), z.unknown())),
    enabled: booleanColumn,
    created_at: instantColumn,
    self: jsonColumn(z.object({ userId: z.string(), displayName: z.string() })).nullable(),
  })
  .transform(({ created_at: createdAt, ...rest }) => ({ ...rest, createdAt }));

/** Accounts in SQLite. */
export function accountRepository(db: Connection): AccountRepository {
  const all = query.selectFrom('accounts').selectAll();
  return {
    all: () => db.all(all.orderBy(inOrder), row),
    find: (id) => db.first(all.where('id', '=', id), row),
    save: (account) => {
      const values = {
        platform: account.platform,
        label: account.label,
        settings: JSON.stringify(account.settings),
        enabled: stored(account.enabled),
        created_at: account.createdAt,
        self: storedOrNull(account.self),
      };
      db.run(
        query
          .insertInto('accounts')
          .values({ id: account.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values)),
      );
    },
    delete: (id) =>
      db.forget(() => {
        const gone = db.run(query.deleteFrom('accounts').where('id', '=', id)) > 0;
        // Identities and memberships went by cascade; a person whom nobody is, and nobody could become again, goes too.
        db.run(
          query
            .deleteFrom('contacts')
            .where('id', 'not in', query.selectFrom('memberships').select('contact_id'))
            .where('id', 'not in', query.selectFrom('memberships').select('home_contact_id')),
        );
        deleteUnusedPictures(db);
        return gone;
      }),
  };
}

/** Drops pictures that no account calls anything any more. */
export function deleteUnusedPictures(db: Connection): void {
  db.run(
    query
      .deleteFrom('pictures')
      .where(
        'hash',
        'not in',
        query.selectFrom('picture_names').select('hash').where('hash', 'is not', null).$castTo<{ hash: string }>(),
      ),
  );
}

/** The ids of the accounts that there are: what comes late through one that is gone is not kept. */
export function accountIds(db: Connection): ReadonlySet<string> {
  const rows = db.all(query.selectFrom('accounts').select('id'), z.object({ id: z.string() }));
  return new Set(rows.map((account) => account.id));
}
