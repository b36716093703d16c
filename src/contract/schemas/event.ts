import { z } from 'zod';
import { accountSchema } from './account.ts';
import { alertSchema, watchSchema } from './alert.ts';
import { contactSchema } from './contact.ts';
import { meSchema, presetSchema } from './me.ts';
import { idSchema } from './primitives.ts';
import { scheduleSchema } from './schedule.ts';
import { preferencesSchema } from './system.ts';

/** What is left of an object that is gone (unlinked away, account removed, opted out). */
export const removedSchema = z.object({ id: idSchema, removed: z.literal(true) });

const kinded = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: z.ZodObject<Shape>) =>
  z.union([
    z.object({ kind: z.literal(kind), id: idSchema, removed: z.literal(true) }),
    z.object({ ...shape.shape, kind: z.literal(kind) }),
  ]);

/** `settings` events: preferences, watches, schedules and presets, told apart by `kind`. */
export const settingsEventSchema = z.union([
  z.object({ ...preferencesSchema.shape, kind: z.literal('preferences') }),
  kinded('watch', watchSchema),
  kinded('schedule', scheduleSchema),
  kinded('preset', presetSchema),
]);

/** The data of each event by its name. */
export const EVENT_SCHEMAS = {
  contact: z.union([removedSchema, contactSchema]),
  account: z.union([removedSchema, accountSchema]),
  me: meSchema,
  alert: alertSchema,
  settings: settingsEventSchema,
} as const;

export type EventName = keyof typeof EVENT_SCHEMAS;
export const EVENT_NAMES = ['contact', 'account', 'me', 'alert', 'settings'] as const satisfies readonly EventName[];

/** One numbered event; ids only grow, across restarts too. */
export type MusterEvent = {
  [Name in EventName]: {
    readonly id: number;
    readonly event: Name;
    readonly data: z.infer<(typeof EVENT_SCHEMAS)[Name]>;
  };
}[EventName];

/** One WebSocket frame of `/v1/stream`. `reset` asks for a new snapshot. */
export const streamFrameSchema = z.object({
  id: z.number().int(),
  event: z.enum([...EVENT_NAMES, 'reset']),
  data: z.unknown(),
});
