import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PictureRepository } from '../../ports/repositories.ts';
import { accountIds, deleteUnusedPictures } from './account-repository.ts';
import { bytesColumn, instantColumn } from './columns.ts';
import { type Connection, query } from './connection.ts';

const nameRow = z
  .object({
    account_id: z.string(),
    kind: z.enum(['avatar', 'emoji']),
    key: z.string(),
    hash: z.string().nullable(),
    loaded_at: instantColumn,
  })
  .transform(({ account_id: accountId, loaded_at: loadedAt, ...rest }) => ({ ...rest, accountId, loadedAt }));

const pictureRow = z
  .object({ media_type: z.string(), bytes: bytesColumn })
  .transform(({ media_type: mediaType, bytes }) => ({ mediaType, bytes }));

/** Pictures in SQLite. They are small, and so they go in one transaction, and with their account, without files to tidy. */
export function pictureRepository(db: Connection): PictureRepository {
  const names = query.selectFrom('picture_names').selectAll();
  return {
    find: (accountId, kind, key) =>
      db.first(names.where('account_id', '=', accountId).where('kind', '=', kind).where('key', '=', key), nameRow),
    references: () => db.all(names, nameRow),
    read: (hash) =>
      db.first(query.selectFrom('pictures').select(['media_type', 'bytes']).where('hash', '=', hash), pictureRow),
    save: (accountId, kind, key, picture, at) =>
      db.transaction(() => {
        const hash = picture === null ? null : createHash('sha256').update(picture.bytes).digest('hex');
        if (!accountIds(db).has(accountId)) return hash;
        if (picture !== null && hash !== null) {
          db.run(
            query
              .insertInto('pictures')
              .values({ hash, media_type: picture.mediaType, bytes: picture.bytes })
              .onConflict((conflict) => conflict.column('hash').doNothing()),
          );
        }
        const values = { hash, loaded_at: at };
        db.run(
          query
            .insertInto('picture_names')
            .values({ account_id: accountId, kind, key, ...values })
            .onConflict((conflict) => conflict.columns(['account_id', 'kind', 'key']).doUpdateSet(values)),
        );
        return hash;
      }),
    delete: (accountId, kind, key) =>
      void db.forget(() =>
        db.run(
          query
            .deleteFrom('picture_names')
            .where('account_id', '=', accountId)
            .where('kind', '=', kind)
            .where('key', '=', key),
        ),
      ),
    sweep: () => db.forget(() => deleteUnusedPictures(db)),
  };
}
