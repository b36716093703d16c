import { z } from 'zod';
import { type DoNotDisturbIntent, INTENT_LAYERS, type Intent, OWN_STATUSES } from '../../domain/own-status/intent.ts';
import type { DoNotDisturbIntentRepository, IntentRepository } from '../../ports/repositories.ts';
import { booleanColumn, instantColumn, jsonColumn, stored, storedOrNull } from './columns.ts';
import { type Connection, query } from './connection.ts';

const origin = jsonColumn(
  z.object({ kind: z.enum(['hand', 'schedule', 'default']), id: z.string().nullable(), name: z.string().nullable() }),
);

const intentRow = z
  .object({
    id: z.string(),
    layer: z.enum(INTENT_LAYERS),
    status: z.enum(OWN_STATUSES),
    message: z.string().nullable(),
    emoji: z.string().nullable(),
    created_at: instantColumn,
    expires_at: instantColumn.nullable(),
    origin,
    account_ids: jsonColumn(z.array(z.string())).nullable(),
  })
  .transform(
    (row): Intent => ({
      id: row.id,
      layer: row.layer,
      status: row.status,
      message: row.message,
      emoji: row.emoji,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      origin: row.origin,
      accountIds: row.account_ids,
    }),
  );

const doNotDisturbRow = z
  .object({
    id: z.string(),
    layer: z.enum(['manual', 'schedule']),
    active: booleanColumn,
    created_at: instantColumn,
    expires_at: instantColumn.nullable(),
    origin,
  })
  .transform(
    (row): DoNotDisturbIntent => ({
      id: row.id,
      layer: row.layer,
      active: row.active,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      origin: row.origin,
    }),
  );

/** Wishes about the own status in SQLite. */
export function intentRepository(db: Connection): IntentRepository {
  return {
    all: () => db.all(query.selectFrom('intents').selectAll().orderBy('created_at'), intentRow),
    save: (intent) => {
      const values = {
        layer: intent.layer,
        status: intent.status,
        message: intent.message,
        emoji: intent.emoji,
        created_at: intent.createdAt,
        expires_at: intent.expiresAt,
        origin: JSON.stringify(intent.origin),
        account_ids: storedOrNull(intent.accountIds),
      };
      db.run(
        query
          .insertInto('intents')
          .values({ id: intent.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values)),
      );
    },
    delete: (id) => void db.run(query.deleteFrom('intents').where('id', '=', id)),
  };
}

/** Wishes about do-not-disturb in SQLite. */
export function doNotDisturbIntentRepository(db: Connection): DoNotDisturbIntentRepository {
  return {
    all: () => db.all(query.selectFrom('do_not_disturb_intents').selectAll().orderBy('created_at'), doNotDisturbRow),
    save: (intent) => {
      const values = {
        layer: intent.layer,
        active: stored(intent.active),
        created_at: intent.createdAt,
        expires_at: intent.expiresAt,
        origin: JSON.stringify(intent.origin),
      };
      db.run(
        query
          .insertInto('do_not_disturb_intents')
          .values({ id: intent.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values)),
      );
    },
    delete: (id) => void db.run(query.deleteFrom('do_not_disturb_intents').where('id', '=', id)),
  };
}
