import fc from 'fast-check';
import type { FreshUntil } from '../../../src/domain/presence/freshness.ts';
import type { Observation } from '../../../src/domain/presence/observation.ts';
import { ACTIVITY_KINDS, STATUSES } from '../../../src/domain/presence/status.ts';
import type { UnifyInput } from '../../../src/domain/presence/unify.ts';
import { epochMs } from '../../../src/domain/time.ts';

/** The middle of the small time line that the properties live on: a few milliseconds around it, so that ends coincide often. */
export const NOW = epochMs(1_000_000);

/** An observation with everything unremarkable but what the test says. */
export function observation(part: Partial<Observation> = {}): Observation {
  return {
    accountId: 'a',
    userId: 'u',
    status: 'online',
    doNotDisturb: false,
    rawStatus: null,
    message: null,
    emoji: null,
    activities: [],
    lastSeen: null,
    observedAt: epochMs(NOW - 60_000),
    source: 'poll',
    replayed: false,
    ...part,
  };
}

const near = fc.integer({ min: -20, max: 20 }).map((offset) => epochMs(NOW + offset));

const freshUntils = fc.oneof(
  { weight: 1, arbitrary: fc.constant<FreshUntil>('while-up') },
  { weight: 4, arbitrary: near },
);

const observations = fc.record<Observation>({
  accountId: fc.constantFrom('a', 'b', 'c'),
  userId: fc.constantFrom('1', '2', '3'),
  status: fc.constantFrom(...STATUSES),
  doNotDisturb: fc.boolean(),
  rawStatus: fc.constant(null),
  message: fc.option(fc.constantFrom('tea', 'call me')),
  emoji: fc.option(fc.constantFrom('🧮', '🍵')),
  activities: fc.array(
    fc.record({ kind: fc.constantFrom(...ACTIVITY_KINDS), detail: fc.option(fc.constantFrom('chess', 'go')) }),
    { maxLength: 3 },
  ),
  lastSeen: fc.option(near),
  observedAt: near.map((instant) => epochMs(Math.min(instant, NOW))),
  source: fc.constantFrom('poll', 'push', 'webhook', 'cache'),
  replayed: fc.boolean(),
});

/** Any observations of one person, one per identity. */
export const inputs: fc.Arbitrary<UnifyInput[]> = fc.uniqueArray(
  fc.record({ observation: observations, freshUntil: freshUntils }),
  { maxLength: 6, selector: ({ observation: { accountId, userId } }) => `${accountId}/${userId}` },
);
