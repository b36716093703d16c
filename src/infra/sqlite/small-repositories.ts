import { z } from 'zod';
import type { DismissalRepository, SequenceRepository, ValueRepository } from '../../ports/repositories.ts';
import { jsonColumn, storedJsonSchema } from './columns.ts';
import { type Connection, query } from './connection.ts';

/** Dismissed suggestions in SQLite. */
export function dismissalRepository(db: Connection): DismissalRepository {
  return {
    all: () => db.all(query.selectFrom('dismissals').selectAll(), z.object({ key: z.string() })).map(({ key }) => key),
    add: (key) =>
      void db.run(
        query
          .insertInto('dismissals')
          .values({ key })
          .onConflict((conflict) => conflict.doNothing()),
      ),
    delete: (key) => void db.run(query.deleteFrom('dismissals').where('key', '=', key)),
  };
}

/** The event numbers in SQLite. */
export function sequenceRepository(db: Connection): SequenceRepository {
  return {
    reserve: (size) =>
      db.transaction(() => {
        const next = db.first(query.selectFrom('sequence').select('next'), z.object({ next: z.number() }))?.next ?? 1;
        db.run(query.updateTable('sequence').set({ next: next + size }));
        return next;
      }),
  };
}

/** Named values in SQLite. */
export function valueRepository(db: Connection): ValueRepository {
  return {
    get: (name) =>
      db.first(
        query.selectFrom('kept_values').select('value').where('name', '=', name),
        z.object({ value: jsonColumn(storedJsonSchema) }),
      )?.value,
    set: (name, value) => {
      const text = JSON.stringify(value);
      db.run(
        query
          .insertInto('kept_values')
          .values({ name, value: text })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text })),
      );
    },
    delete: (name) => void db.run(query.deleteFrom('kept_values').where('name', '=', name)),
    deleteUnder: (prefix) =>
      void db.run(
        query.deleteFrom('kept_values').where('name', '>=', prefix).where('name', '<', `${prefix}\u{10ffff}`),
      ),
  };
}
