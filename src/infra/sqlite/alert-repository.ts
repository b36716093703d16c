import { z } from 'zod';
import { ALERT_REASONS, type Alert } from '../../domain/alerts/watch.ts';
import { STATUSES } from '../../domain/presence/status.ts';
import type { AlertRepository } from '../../ports/repositories.ts';
import { instantColumn } from './columns.ts';
import { type Connection, inOrder, query } from './connection.ts';

const row = z
  .object({
    id: z.string(),
    watch_id: z.string(),
    contact_id: z.string(),
    from_status: z.enum(STATUSES),
    to_status: z.enum(STATUSES),
    at: instantColumn,
    outcome: z.enum(['delivered', 'suppressed']),
    reason: z.enum(ALERT_REASONS),
  })
  .transform(
    (value): Alert => ({
      id: value.id,
      watchId: value.watch_id,
      contactId: value.contact_id,
      from: value.from_status,
      to: value.to_status,
      at: value.at,
      outcome: value.outcome,
      reason: value.reason,
    }),
  );

/** Alerts in SQLite. */
export function alertRepository(db: Connection): AlertRepository {
  const newest = query.selectFrom('alerts').orderBy('at', 'desc').orderBy(inOrder, 'desc');
  return {
    newestFirst: (limit) => db.all(newest.selectAll().limit(limit), row),
    recentOf(watchId, since) {
      const own = newest.selectAll().where('watch_id', '=', watchId);
      const recent = db.all(own.where('at', '>=', since), row);
      if (recent.some((alert) => alert.outcome === 'delivered')) return recent;
      return [...recent, ...db.all(own.where('outcome', '=', 'delivered').limit(1), row)];
    },
    add: (alert) =>
      void db.run(
        query.insertInto('alerts').values({
          id: alert.id,
          watch_id: alert.watchId,
          contact_id: alert.contactId,
          from_status: alert.from,
          to_status: alert.to,
          at: alert.at,
          outcome: alert.outcome,
          reason: alert.reason,
        }),
      ),
    prune: (keep) => void db.run(query.deleteFrom('alerts').where('id', 'not in', newest.select('id').limit(keep))),
    deleteAbout: (contactId) => void db.run(query.deleteFrom('alerts').where('contact_id', '=', contactId)),
  };
}
