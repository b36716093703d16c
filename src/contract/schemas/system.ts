import { z } from 'zod';
import { accountStateSchema } from './account.ts';
import { idSchema, instantSchema } from './primitives.ts';

export const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    uptimeSeconds: z.number().int(),
    /** Tells one core from another on the same port; `server.json` holds the same. */
    instance: z.string(),
    accounts: z.array(
      z.object({
        id: idSchema,
        platform: z.string(),
        label: z.string(),
        state: accountStateSchema,
        since: instantSchema,
        lastError: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Health' });
export type HealthView = z.infer<typeof healthSchema>;

/** Preferences; every one has an effect. The file behind it is `preferences.json` in the home. */
export const preferencesSchema = z
  .strictObject({
    language: z.enum(['system', 'en', 'de']),
    theme: z.enum(['system', 'light', 'dark']),
    /** Whether alerts become notifications; they are listed in any case. */
    notifications: z.boolean(),
    /** Repeats of the same alert within this time are one, in seconds. */
    alertDwellSeconds: z.number().int().min(0).max(3_600),
    /** Desktop app: serve loopback, so that the command line works beside it. Takes effect at the next start. */
    serveInDesktop: z.boolean(),
    /** Desktop app: start with the session. Off until asked. */
    autostart: z.boolean(),
    /** Desktop app: opens the popover from anywhere, in Electron's accelerator form; null = none. */
    shortcut: z.string().min(1).max(60).nullable(),
    /** The first-run steps that are done or skipped, so that it can be resumed. */
    firstRun: z.enum(['welcome', 'connect', 'same-person', 'alerts', 'done']),
  })
  .meta({ id: 'Preferences' });
export type PreferencesView = z.infer<typeof preferencesSchema>;
export const preferencesPatchSchema = preferencesSchema.partial();

export const secretStoreKindSchema = z.enum(['os', 'vault', 'memory']);
export const secretStoreSchema = z
  .object({
    kind: secretStoreKindSchema,
    stores: z.array(z.object({ kind: secretStoreKindSchema, available: z.boolean(), reason: z.string().nullable() })),
  })
  .meta({ id: 'SecretStore' });
export type SecretStoreView = z.infer<typeof secretStoreSchema>;
export const moveSecretsSchema = z.strictObject({ kind: secretStoreKindSchema });

export const findingSchema = z
  .object({
    id: z.string(),
    level: z.enum(['ok', 'warning', 'problem']),
    title: z.string(),
    detail: z.string(),
    /** What to do about it; null when there is nothing to do. */
    action: z.string().nullable(),
  })
  .meta({ id: 'Finding' });
export const doctorSchema = z.object({ version: z.string(), findings: z.array(findingSchema) }).meta({ id: 'Doctor' });
export type DoctorView = z.infer<typeof doctorSchema>;

export const sessionRequestSchema = z.strictObject({ code: z.string().min(1).max(200) });
export const attentionSchema = z.strictObject({ contactIds: z.array(idSchema).max(1_000) });
export const eraseRequestSchema = z.strictObject({ confirm: z.literal('erase') });

/** Everything but secrets. The parts are the same objects as in the rest of the contract. */
export const exportSchema = z.object({ exportedAt: instantSchema, version: z.string() }).loose().meta({ id: 'Export' });
