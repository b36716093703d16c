import { z } from 'zod';
import { INTENT_LAYERS } from '../../domain/own-status/intent.ts';
import {
  emojiSchema,
  idSchema,
  instantSchema,
  lineSchema,
  outcomeSchema,
  ownStatusSchema,
  statusSchema,
} from './primitives.ts';

const untilFields = {
  until: instantSchema.optional(),
  forSeconds: z.number().int().min(1).max(31_536_000).optional(),
};

/** Both ends at once would contradict. */
function oneEnd<Shape extends z.ZodObject>(schema: Shape) {
  return schema.refine(
    (value) =>
      !('until' in value && value.until !== undefined && 'forSeconds' in value && value.forSeconds !== undefined),
    {
      message: 'Give either until or forSeconds, not both.',
      path: ['until'],
    },
  );
}

export const ownStatusRequestSchema = oneEnd(
  z.strictObject({
    status: ownStatusSchema,
    doNotDisturb: z.boolean().optional(),
    message: lineSchema(500).optional(),
    emoji: emojiSchema.optional(),
    ...untilFields,
    accounts: z.array(idSchema).min(1).max(100).optional(),
  }),
);
export type OwnStatusRequest = z.infer<typeof ownStatusRequestSchema>;

export const doNotDisturbRequestSchema = oneEnd(z.strictObject(untilFields));
export type DoNotDisturbRequest = z.infer<typeof doNotDisturbRequestSchema>;

const originSchema = z.object({
  kind: z.enum(['hand', 'schedule', 'default']),
  id: z.string().nullable(),
  name: z.string().nullable(),
});

export const intentSchema = z
  .object({
    id: idSchema,
    layer: z.enum(INTENT_LAYERS),
    status: ownStatusSchema,
    message: z.string().nullable(),
    emoji: z.string().nullable(),
    createdAt: instantSchema,
    until: instantSchema.nullable(),
    origin: originSchema,
    accounts: z.array(idSchema).nullable(),
  })
  .meta({ id: 'Intent' });
export type IntentView = z.infer<typeof intentSchema>;

/** What one account made of the wish; `observed` is what was read back. */
export const publicationSchema = z
  .object({
    accountId: idSchema,
    platform: z.string(),
    outcome: outcomeSchema,
    detail: z.string().nullable(),
    /** When Muster goes on by itself with what is not done yet, where that is known. */
    retryAt: instantSchema.nullable(),
    observed: z
      .object({
        status: statusSchema,
        message: z.string().nullable(),
        emoji: z.string().nullable(),
        until: instantSchema.nullable(),
        doNotDisturb: z.boolean(),
        at: instantSchema,
      })
      .nullable(),
  })
  .meta({ id: 'Publication' });
export type PublicationView = z.infer<typeof publicationSchema>;

/** My own status: the intent in force, why it won, do-not-disturb, and what became of it on each account. */
export const meSchema = z
  .object({
    intent: intentSchema.nullable(),
    /** What the tray shows: the intent's status, else the highest that any account reads for me. */
    status: statusSchema,
    /** Every layer that has a wish, strongest first, the winner marked; a schedule that is not active shows when it begins. */
    layers: z.array(
      z.object({
        layer: z.enum(INTENT_LAYERS),
        won: z.boolean(),
        active: z.boolean(),
        status: ownStatusSchema.nullable(),
        doNotDisturb: z.boolean(),
        message: z.string().nullable(),
        emoji: z.string().nullable(),
        /** Until when it holds; for a wish not yet active, when it begins. */
        until: instantSchema.nullable(),
        begins: instantSchema.nullable(),
        origin: originSchema,
      }),
    ),
    doNotDisturb: z.object({
      active: z.boolean(),
      until: instantSchema.nullable(),
      origin: originSchema.nullable(),
      /** When a schedule next turns it on or off; null when none will. */
      nextTransition: instantSchema.nullable(),
    }),
    results: z.array(publicationSchema),
  })
  .meta({ id: 'Me' });
export type MeView = z.infer<typeof meSchema>;

export const ownStatusAnswerSchema = z.object({ intent: intentSchema.nullable(), results: z.array(publicationSchema) });

/** One tap: a status with message, emoji and length. */
export const presetFieldsSchema = z.strictObject({
  name: lineSchema(60).min(1),
  status: ownStatusSchema,
  message: lineSchema(100).nullable().default(null),
  emoji: emojiSchema.nullable().default(null),
  doNotDisturb: z.boolean().default(false),
  forSeconds: z.number().int().min(60).max(31_536_000).nullable().default(null),
});
export const presetSchema = z.object({ id: idSchema, ...presetFieldsSchema.shape }).meta({ id: 'Preset' });
export type PresetView = z.infer<typeof presetSchema>;
