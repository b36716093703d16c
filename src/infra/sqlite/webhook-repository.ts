import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { WebhookRepository } from '../../ports/repositories.ts';
import { jsonColumn, storedJsonSchema } from './columns.ts';
import { type Connection, query } from './connection.ts';

const waitingRow = z
  .object({ sequence: z.number(), event_id: z.string(), payload: jsonColumn(storedJsonSchema) })
  .transform(({ sequence, event_id: eventId, payload }) => ({ sequence, eventId, payload }));
const countRow = z.object({ count: z.number() });

/** Webhook events in SQLite. A finished one keeps its id and loses what it said. */
export function webhookRepository(db: Connection): WebhookRepository {
  return {
    keep: (events) =>
      db.transaction(() => {
        if (db.onlyInMemory) throw new MusterError('internal', 'The home cannot be written to.');
        let fresh = 0;
        for (const { accountId, eventId, payload, receivedAt } of events) {
          fresh += db.run(
            query
              .insertInto('webhook_events')
              .values({
                account_id: accountId,
                event_id: eventId,
                payload: JSON.stringify(payload),
                received_at: receivedAt,
              })
              .onConflict((conflict) => conflict.columns(['account_id', 'event_id']).doNothing()),
          );
        }
        return fresh;
      }),
    waiting: (accountId, limit) =>
      db.all(
        query
          .selectFrom('webhook_events')
          .select(['sequence', 'event_id', 'payload'])
          .where('account_id', '=', accountId)
          .where('payload', 'is not', null)
          .orderBy('sequence')
          .limit(limit),
        waitingRow,
      ),
    countWaiting: (accountId) =>
      db.first(
        query
          .selectFrom('webhook_events')
          .select((select) => select.fn.countAll<number>().as('count'))
          .where('account_id', '=', accountId)
          .where('payload', 'is not', null),
        countRow,
      )?.count ?? 0,
    finish: (accountId, upTo) =>
      void db.run(
        query
          .updateTable('webhook_events')
          .set({ payload: null })
          .where('account_id', '=', accountId)
          .where('sequence', '<=', upTo)
          .where('payload', 'is not', null),
      ),
    forgetBefore: (instant) => void db.run(query.deleteFrom('webhook_events').where('received_at', '<', instant)),
  };
}
