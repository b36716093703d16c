import { z } from 'zod';
import { STATUSES } from '../../domain/presence/status.ts';
import { instantSchema } from './primitives.ts';

const byStatusSchema = z.record(z.enum(STATUSES), z.number().int());

/** Counts over everything; those that grow are since the core started. */
export const statisticsSchema = z
  .object({
    startedAt: instantSchema,
    /** People by their unified status; opted-out people are not among them. */
    people: z.object({ total: z.number().int(), byStatus: byStatusSchema }),
    /** What each platform says of whom it lists; somebody who is on two counts on both. */
    platforms: z.array(
      z.object({
        platform: z.string(),
        accounts: z.number().int(),
        identities: z.number().int(),
        byStatus: byStatusSchema,
      }),
    ),
    /** People asked about through the API: answered from what was known and fresh, or from what was stale or unknown. */
    cache: z.object({ hits: z.number().int(), misses: z.number().int() }),
    calls: z.object({ total: z.number().int(), failed: z.number().int() }),
    /** Calls that looked at people, and at how many. */
    polls: z.object({ calls: z.number().int(), people: z.number().int() }),
    /** Observations that came by themselves. */
    pushes: z.number().int(),
    webhooks: z.number().int(),
    /** How old what is known of people is, over all accounts; null when nothing is known. */
    stalenessSeconds: z.object({ p50: z.number(), p90: z.number(), p99: z.number(), max: z.number() }).nullable(),
  })
  .meta({ id: 'Statistics' });
export type StatisticsView = z.infer<typeof statisticsSchema>;
