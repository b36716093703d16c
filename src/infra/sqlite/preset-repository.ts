import { z } from 'zod';
import { OWN_STATUSES } from '../../domain/own-status/intent.ts';
import type { Preset, PresetRepository } from '../../ports/repositories.ts';
import { booleanColumn, stored } from './columns.ts';
import { type Connection, inOrder, query } from './connection.ts';

const row = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(OWN_STATUSES),
    message: z.string().nullable(),
    emoji: z.string().nullable(),
    do_not_disturb: booleanColumn,
    for_seconds: z.number().nullable(),
  })
  .transform(
    ({ do_not_disturb: doNotDisturb, for_seconds: forSeconds, ...rest }): Preset => ({
      ...rest,
      doNotDisturb,
      forSeconds,
    }),
  );

/** Presets in SQLite. */
export function presetRepository(db: Connection): PresetRepository {
  return {
    all: () => db.all(query.selectFrom('presets').selectAll().orderBy(inOrder), row),
    save: (preset) => {
      const values = {
        name: preset.name,
        status: preset.status,
        message: preset.message,
        emoji: preset.emoji,
        do_not_disturb: stored(preset.doNotDisturb),
        for_seconds: preset.forSeconds,
      };
      db.run(
        query
          .insertInto('presets')
          .values({ id: preset.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values)),
      );
    },
    delete: (id) => db.run(query.deleteFrom('presets').where('id', '=', id)) > 0,
  };
}
