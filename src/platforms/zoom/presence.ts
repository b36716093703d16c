import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, PollMethod } from '../platform.ts';
import type { ZoomClient } from './client.ts';
import { mediumBudget } from './limits.ts';
import type { People } from './people.ts';
import type { ZoomPlan } from './settings.ts';

interface Parts {
  readonly context: Pick<AdapterContext, 'isOptedOut'>;
  readonly client: ZoomClient;
  readonly people: People;
  readonly plan: ZoomPlan;
}

/**
 * Looks at contacts, one a call. The contact route needs no admin and is the only one that says offline; whom it does not show is asked
 * about by the admin's route, until Zoom says that the sign-in has no such permission.
 */
export function presencePoll({ context, client, people, plan }: Parts): PollMethod {
  const { name: budgetName, limits } = mediumBudget(plan);
  let admin = true;

  async function lookAt(userId: string, signal: AbortSignal): Promise<string | null> {
    try {
      return await client.contactPresence(userId, { signal });
    } catch (thrown) {
      const hidden = thrown instanceof MusterError && (thrown.code === 'not-found' || thrown.code === 'not-permitted');
      if (!hidden || !admin) throw thrown;
      try {
        return (await client.presenceStatus(userId, { signal })).status;
      } catch (refused) {
        if (!(refused instanceof MusterError) || refused.code !== 'missing-scope') throw refused;
        admin = false;
        throw thrown;
      }
    }
  }

  return {
    name: 'contact presence',
    facet: 'presence',
    batchSize: 1,
    limits,
    budgetName,
    async poll(userIds, signal) {
      for (const userId of userIds) {
        if (context.isOptedOut(userId)) continue;
        const mark = people.mark(userId);
        people.looked(userId, await lookAt(userId, signal), mark);
      }
    },
  };
}
