import { z } from 'zod';
import { accountStateSchema } from './account.ts';
import { idSchema, instantSchema } from './primitives.ts';

/** An account's health in numbers and words: what the account page, `muster doctor` and the metrics say. */
export const accountHealthSchema = z
  .object({
    accountId: idSchema,
    state: accountStateSchema,
    /** What happened, what still works, what to do; null when all is well. */
    reason: z.string().nullable(),
    since: instantSchema,
    nextRetryAt: instantSchema.nullable(),
    /** Of the calls of the last hour; null before the first. */
    calls: z
      .object({
        count: z.number().int(),
        failed: z.number().int(),
        /** 0 to 1. */
        successRate: z.number(),
        latencyMs: z.object({ p50: z.number(), p90: z.number(), p99: z.number() }),
      })
      .nullable(),
    lastSuccessAt: instantSchema.nullable(),
    lastFailure: z.object({ at: instantSchema, code: z.string(), message: z.string() }).nullable(),
    budgets: z.array(
      z.object({
        name: z.string(),
        windows: z.array(z.object({ calls: z.number(), seconds: z.number(), used: z.number() })),
      }),
    ),
    /** How old what is known of this account's people is, in seconds; null when nothing is known. */
    dataAgeSeconds: z.object({ p50: z.number(), p90: z.number(), max: z.number() }).nullable(),
    push: z.object({
      /** `none`: this account is only polled. `silent`: up, but polls saw changes that it did not tell. */
      state: z.enum(['none', 'up', 'down', 'silent']),
      lastEventAt: instantSchema.nullable(),
    }),
    /** Null where signing in is not by OAuth. */
    signIn: z
      .object({
        accessExpiresAt: instantSchema.nullable(),
        /** When signing in again will be needed at the latest; null: not known, or never. */
        endsAt: instantSchema.nullable(),
        granted: z.array(z.string()),
        missing: z.array(z.object({ scope: z.string(), required: z.boolean(), purpose: z.string() })),
      })
      .nullable(),
    /** The address to enter at the platform for its events: a public one, or one of this machine for a platform that is on it; null without either. */
    webhookUrl: z.string().nullable(),
    /** What to do, in sentences, most important first. */
    recommendations: z.array(z.string()),
  })
  .meta({ id: 'AccountHealth' });
export type AccountHealthView = z.infer<typeof accountHealthSchema>;
