import type { BudgetLimits } from '../../ports/call-budget.ts';
import type { AdapterContext, PollMethod } from '../platform.ts';
import { type Graph, MOST_IDS } from './graph.ts';
import type { People } from './people.ts';

const NAME = 'getPresencesByUserId';

/**
 * How often people are looked at: each batch of 650 about once a minute, as often as Microsoft's terms let a desktop poll (a
 * subscription is the way to know sooner). Counted over fifty minutes: planned looks are spread, and one that somebody waits for need not wait.
 */
function limitsFor(people: number): BudgetLimits {
  return [{ calls: 90 * Math.max(1, Math.ceil(people / MOST_IDS)), seconds: 3_000 }];
}

/** `getPresencesByUserId`, for a roster of about so many people. */
export function presencePoll(
  context: Pick<AdapterContext, 'isOptedOut'>,
  graph: Graph,
  people: People,
  expected: number,
): PollMethod {
  const limits = limitsFor(expected);
  return {
    name: NAME,
    facet: 'presence',
    batchSize: MOST_IDS,
    limits,
    async poll(userIds, signal) {
      const ids = userIds.filter((userId) => !context.isOptedOut(userId));
      for (let start = 0; start < ids.length; start += MOST_IDS) {
        const batch = ids.slice(start, start + MOST_IDS);
        people.looked(batch, await graph.presences(batch, { signal, budget: { name: NAME, limits } }));
      }
    },
  };
}
