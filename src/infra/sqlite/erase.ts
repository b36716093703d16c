import { type Connection, query } from './connection.ts';
import type { Tables } from './tables.ts';

/** In an order that no foreign key minds. */
const ERASED = [
  'alerts',
  'watches',
  'accounts',
  'contacts',
  'intents',
  'do_not_disturb_intents',
  'schedules',
  'presets',
  'dismissals',
  'kept_values',
  'pictures',
  'audit',
] as const satisfies readonly (keyof Tables)[];

/** Empties every table but the event numbers; for good. */
export function eraseEverything(db: Connection): void {
  db.forget(() => {
    db.run(query.insertInto('audit_erasing').values({ one: 1 }));
    for (const table of ERASED) db.run(query.deleteFrom(table));
    db.run(query.deleteFrom('audit_erasing'));
  });
}
