import { z } from 'zod';
import { ALERT_REASONS } from '../../domain/alerts/watch.ts';
import { idSchema, instantSchema, lineSchema, statusSchema } from './primitives.ts';

/** What a watch is made of; null says the same as leaving out, as in the answers. */
export const watchFieldsSchema = z.strictObject({
  contactId: idSchema,
  from: z.array(statusSchema).min(1).max(6).nullable().optional(),
  to: z.array(statusSchema).min(1).max(6),
  repeat: z.enum(['once', 'always']),
  note: lineSchema(200).nullable().optional(),
  enabled: z.boolean().optional(),
});
export type WatchFields = z.infer<typeof watchFieldsSchema>;

/** "Tell me when": who, which change, once or always. */
export const watchSchema = z
  .object({
    id: idSchema,
    contactId: idSchema,
    from: z.array(statusSchema).nullable(),
    to: z.array(statusSchema),
    repeat: z.enum(['once', 'always']),
    note: z.string().nullable(),
    enabled: z.boolean(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Watch' });
export type WatchView = z.infer<typeof watchSchema>;

/** One thing that a watch saw, delivered or held back. */
export const alertSchema = z
  .object({
    id: idSchema,
    watchId: idSchema,
    contactId: idSchema,
    from: statusSchema,
    to: statusSchema,
    at: instantSchema,
    outcome: z.enum(['delivered', 'suppressed']),
    reason: z.enum(ALERT_REASONS),
  })
  .meta({ id: 'Alert' });
export type AlertView = z.infer<typeof alertSchema>;
