import { z } from 'zod';
import { SAME_PERSON_REASONS } from '../../domain/contacts/same-person/reason.ts';
import { PRESENCE_RULES } from '../../domain/presence/presence.ts';
import { ACTIVITY_KINDS } from '../../domain/presence/status.ts';
import { idSchema, instantSchema, lineSchema, statusSchema, timeZoneSchema } from './primitives.ts';

/** Someone as one account sees them, with what it said last. */
export const contactIdentitySchema = z
  .object({
    accountId: idSchema,
    platform: z.string(),
    userId: z.string(),
    displayName: z.string(),
    email: z.string().nullable(),
    status: statusSchema,
    doNotDisturb: z.boolean(),
    rawStatus: z.string().nullable(),
    message: z.string().nullable(),
    emoji: z.string().nullable(),
    activity: z.string().nullable(),
    lastSeen: instantSchema.nullable(),
    /** Null when nothing was observed yet; then `source` is null too. */
    observedAt: instantSchema.nullable(),
    source: z.enum(['poll', 'push', 'webhook', 'cache']).nullable(),
    stale: z.boolean(),
    /** Opens a chat in the platform's own app; null when there is no such link. */
    chatUrl: z.string().nullable(),
    linkedBy: z.enum(['alone', 'email', 'hand']),
  })
  .meta({ id: 'Identity' });
export type ContactIdentityView = z.infer<typeof contactIdentitySchema>;

/** A person: the unified status with its reason, and the identities behind it. */
export const contactSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    email: z.string().nullable(),
    /** A path of this API (`/v1/avatars/…`); null without a picture. */
    avatarUrl: z.string().nullable(),
    groups: z.array(z.string()),
    favourite: z.boolean(),
    timeZone: z.string().nullable(),
    monitored: z.boolean(),
    status: statusSchema,
    why: z.object({
      rule: z.enum(PRESENCE_RULES),
      accountId: z.string().nullable(),
      userId: z.string().nullable(),
      observedAt: instantSchema.nullable(),
    }),
    doNotDisturb: z.boolean(),
    available: z.boolean(),
    since: instantSchema.nullable(),
    lastSeen: instantSchema.nullable(),
    message: z.string().nullable(),
    emoji: z.string().nullable(),
    activity: z.string().nullable(),
    activities: z.array(z.object({ kind: z.enum(ACTIVITY_KINDS), detail: z.string().nullable() })),
    stale: z.boolean(),
    identities: z.array(contactIdentitySchema),
  })
  .meta({ id: 'Contact' });
export type ContactView = z.infer<typeof contactSchema>;

/** What the user may change about a person; null gives a value back to what the platforms say. */
export const contactPatchSchema = z
  .strictObject({
    name: lineSchema(200).min(1).nullable(),
    favourite: z.boolean(),
    groups: z
      .array(lineSchema(100).min(1))
      .max(50)
      .overwrite((groups) => [...new Set(groups)])
      .nullable(),
    timeZone: timeZoneSchema.nullable(),
    monitored: z.boolean(),
  })
  .partial();
export type ContactPatch = z.infer<typeof contactPatchSchema>;

export const linkRequestSchema = z.strictObject({
  contactIds: z
    .array(idSchema)
    .min(2)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, 'Name each person once.'),
});

export const identityRefSchema = z.strictObject({ accountId: idSchema, userId: z.string().min(1).max(500) });
export const unlinkRequestSchema = z.strictObject({ identities: z.array(identityRefSchema).min(1).max(50) });

/** Two people who may be one; only a suggestion until the user says so. */
export const suggestionSchema = z
  .object({
    id: idSchema,
    contactIds: z.tuple([idSchema, idSchema]),
    /** How sure it is, 0 to 1. */
    score: z.number().min(0).max(1),
    /** What speaks for it, strongest first; `detail` is what they share, to be shown. */
    reasons: z.array(z.object({ kind: z.enum(SAME_PERSON_REASONS), detail: z.string() })),
  })
  .meta({ id: 'Suggestion' });
export type SuggestionView = z.infer<typeof suggestionSchema>;

export const availabilityRequestSchema = z.strictObject({
  users: z.array(z.string().min(1).max(500)).min(1).max(1000),
});
export const availabilityAnswerSchema = z.object({
  results: z.array(
    z.object({
      user: z.string(),
      contactId: z.string().nullable(),
      available: z.boolean(),
      status: statusSchema,
      asOf: instantSchema.nullable(),
      stale: z.boolean(),
    }),
  ),
});
