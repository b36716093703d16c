import { z } from 'zod';
import { WEEKDAYS } from '../../domain/schedule/schedule.ts';
import { emojiSchema, idSchema, instantSchema, lineSchema, ownStatusSchema, timeZoneSchema } from './primitives.ts';

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time as HH:MM.');
const wallTimeOr24 = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time as HH:MM, 24:00 at the latest.');

export const scheduleRuleSchema = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1).max(7),
  from: wallTime,
  to: wallTimeOr24,
});

/** `to` earlier than or equal to `from` ends on the following day; days name the start. */
export const scheduleFieldsSchema = z.strictObject({
  name: lineSchema(100).min(1),
  enabled: z.boolean().default(true),
  timeZone: z.union([z.literal('device'), timeZoneSchema]),
  rules: z.array(scheduleRuleSchema).max(200),
  exceptions: z
    .array(z.strictObject({ date: z.iso.date(), active: z.boolean() }))
    .max(1_000)
    .refine((days) => new Set(days.map(({ date }) => date)).size === days.length, 'Name each date once.')
    .default([]),
  doNotDisturb: z.boolean(),
  status: ownStatusSchema.nullable().default(null),
  message: lineSchema(100).nullable().default(null),
  emoji: emojiSchema.nullable().default(null),
  allow: z
    .array(z.enum(['favourites']))
    .max(1)
    .default([]),
});

export const scheduleSchema = z
  .object({
    id: idSchema,
    ...scheduleFieldsSchema.shape,
    activeNow: z.boolean(),
    nextTransition: instantSchema.nullable(),
  })
  .meta({ id: 'Schedule' });
export type ScheduleView = z.infer<typeof scheduleSchema>;
export type ScheduleFields = z.infer<typeof scheduleFieldsSchema>;
