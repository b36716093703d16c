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
] as const satisfies readonly (keyof Tables)[];

/** Empties every table but the event numbers; for good. */
export function eraseEverything(db: Connection): void {
  db.forget(() => {
    for (const table of ERASED) db.run(query.deleteFrom(table));
  });
}
