import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './primitives.ts';

/** Begins a sign-in by OAuth: a new account, or (`accountId`) the repair of one, which keeps its people and settings. */
export const oauthRequestSchema = z.strictObject({
  platform: z.string().min(1),
  settings: z.record(z.string(), z.unknown()),
  /** Secrets that the sign-in itself needs (`clientSecret`) or that go with the account (`webhookSecret`). */
  secrets: z.record(z.string(), z.string().max(20_000)).optional(),
  label: lineSchema(100).min(1).optional(),
  accountId: idSchema.optional(),
  /** `device`: a code to type on another page, where the platform offers it. */
  method: z.enum(['browser', 'device']).default('browser'),
});
export type OAuthRequest = z.infer<typeof oauthRequestSchema>;

/** A sign-in that waits for the user. Open `authorizationUrl` in the system's browser. */
export const oauthStartSchema = z
  .object({
    flowId: idSchema,
    authorizationUrl: z.string(),
    /** What to type there; null unless the method is `device`. */
    userCode: z.string().nullable(),
    expiresAt: instantSchema,
  })
  .meta({ id: 'OAuthStart' });
export type OAuthStart = z.infer<typeof oauthStartSchema>;

/** How a sign-in went. */
export const oauthFlowSchema = z
  .object({
    flowId: idSchema,
    state: z.enum(['pending', 'done', 'failed']),
    accountId: idSchema.nullable(),
    /** One sentence, when it failed. */
    reason: z.string().nullable(),
    /** Stable name of why it failed: `denied`, `expired`, `wrong-issuer`, `missing-scope`, or a problem code. */
    code: z.string().nullable(),
  })
  .meta({ id: 'OAuthFlow' });
export type OAuthFlow = z.infer<typeof oauthFlowSchema>;
