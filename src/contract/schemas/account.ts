import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './primitives.ts';

export const ACCOUNT_STATES = ['connecting', 'connected', 'degraded', 'offline', 'needs-sign-in', 'disabled'] as const;
export const accountStateSchema = z.enum(ACCOUNT_STATES);

export const capabilitySchema = z.object({ level: z.enum(['full', 'partial', 'none']), reason: z.string().nullable() });
export const capabilitiesSchema = z
  .object({
    readOthers: capabilitySchema,
    push: capabilitySchema,
    ownAvailability: capabilitySchema,
    ownMessage: capabilitySchema,
    ownExpiry: capabilitySchema,
    doNotDisturb: capabilitySchema,
    lastSeen: capabilitySchema,
  })
  .meta({ id: 'Capabilities' });
export type CapabilitiesView = z.infer<typeof capabilitiesSchema>;

/** JSON Schema, as zod writes it. */
const jsonSchema = z.record(z.string(), z.unknown());

/** What a platform can do, and what its sign-in asks for. */
export const platformSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    delivery: z.enum(['push', 'poll', 'both']),
    auth: z.array(z.enum(['password', 'token', 'oauth', 'device-code'])),
    /** What it is and is not, where it is off until the user asks for it; null elsewhere. */
    offByDefault: z.string().nullable(),
    /** How the platform is told to send events here (`{url}` stands for the account's webhook address); null where no webhook helps. */
    inbound: z.object({ purpose: z.string(), steps: z.array(z.string()) }).nullable(),
    /** People can be searched for, and added to this list of the account's settings, which takes so many; null where they cannot. */
    directory: z.object({ setting: z.string(), most: z.number().int() }).nullable(),
    capabilities: capabilitiesSchema,
    settings: jsonSchema,
    secrets: jsonSchema,
    signIn: z.object({
      steps: z.array(z.string()),
      oauthSteps: z.array(z.string()),
      /** Whether signing in in the browser takes the app's `clientSecret` along, or cannot do without it. */
      clientSecret: z.enum(['never', 'optional', 'required']),
      appManifest: z.string().nullable(),
      portalUrl: z.string().nullable(),
      permissions: z.array(z.object({ scope: z.string(), required: z.boolean(), purpose: z.string() })),
    }),
    documentationUrl: z.string(),
    verifiedLive: z.string().nullable(),
  })
  .meta({ id: 'Platform' });
export type PlatformView = z.infer<typeof platformSchema>;

/** One sign-in. Never holds a secret. */
export const accountSchema = z
  .object({
    id: idSchema,
    platform: z.string(),
    label: z.string(),
    state: accountStateSchema,
    stateReason: z.string().nullable(),
    since: instantSchema,
    settings: z.record(z.string(), z.unknown()),
    capabilities: capabilitiesSchema,
    account: z.object({ userId: z.string(), displayName: z.string() }).nullable(),
    budgets: z.array(
      z.object({
        name: z.string(),
        /** What all windows allow in the long run; below 1 where a day's quota is small. */
        perMinute: z.number(),
        /** In the last 60 s. */
        used: z.number(),
        /** Each limit with the calls that count in it now. */
        windows: z.array(z.object({ calls: z.number(), seconds: z.number(), used: z.number() })),
      }),
    ),
    retryAt: instantSchema.nullable(),
    /** What works less than usual, in sentences. */
    notices: z.array(z.string()),
    /** Progress of the first roster sync; null when there is none under way. */
    sync: z.object({ people: z.number().int() }).nullable(),
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof accountSchema>;

/** What is searched for in a directory. */
export const directoryQuerySchema = z.strictObject({ query: lineSchema(100).min(2) });

/** Somebody in a directory: `userId` is what the account's settings take. */
export const directoryPersonSchema = z
  .object({ userId: z.string(), displayName: z.string(), email: z.string().nullable() })
  .meta({ id: 'DirectoryPerson' });
export type DirectoryPersonView = z.infer<typeof directoryPersonSchema>;

const settingsRecord = z.record(z.string(), z.unknown());
const secretsRecord = z.record(z.string(), z.string().max(20_000));

export const newAccountSchema = z.strictObject({
  platform: z.string().min(1),
  label: lineSchema(100).min(1).optional(),
  settings: settingsRecord,
  secrets: secretsRecord,
});
export type NewAccount = z.infer<typeof newAccountSchema>;

/** New settings and secrets are checked against the platform before they replace the old ones; null takes a setting back. */
export const accountPatchSchema = z
  .strictObject({
    label: lineSchema(100).min(1),
    enabled: z.boolean(),
    settings: settingsRecord,
    secrets: secretsRecord,
  })
  .partial();
export type AccountPatch = z.infer<typeof accountPatchSchema>;
