import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, PollMethod } from '../platform.ts';
import type { SlackClient } from './client.ts';
import { wordOf } from './errors.ts';
import { windowOf } from './mapping.ts';
import { SLACK_METHODS } from './methods.ts';
import type { People } from './people.ts';
import { dndTeamInfoSchema, presenceSchema } from './schema.ts';

/** `dnd.teamInfo` takes at most so many ids. */
const TEAM_INFO_IDS = 50;

interface Parts {
  readonly context: Pick<AdapterContext, 'isOptedOut'>;
  readonly client: SlackClient;
  readonly people: People;
}

/** `users.getPresence`: one person a call, and what decides the status. */
export function presencePoll({ context, client, people }: Parts): PollMethod {
  return {
    name: 'users.getPresence',
    facet: 'presence',
    batchSize: 1,
    limits: SLACK_METHODS['users.getPresence'],
    async poll(userIds, signal) {
      for (const user of userIds) {
        if (context.isOptedOut(user)) continue;
        try {
          const { presence } = await client.call('users.getPresence', { user }, presenceSchema, { signal });
          people.looked(user, presence);
        } catch (thrown) {
          const error = notShown(thrown);
          if (error === null) throw thrown;
          people.looked(user, error);
        }
      }
    },
  };
}

/** `dnd.teamInfo`: do-not-disturb windows, fifty people a call. */
export function windowsPoll({ context, client, people }: Parts): PollMethod {
  async function poll(userIds: readonly string[], signal: AbortSignal): Promise<void> {
    const ids = userIds.filter((userId) => !context.isOptedOut(userId));
    if (ids.length === 0) return;
    if (ids.length > TEAM_INFO_IDS) return halves(ids, signal);
    try {
      const { users } = await client.call('dnd.teamInfo', { users: ids.join(',') }, dndTeamInfoSchema, { signal });
      const fromSlack = (seconds: number) => client.time.fromSlack(seconds);
      people.windows(Object.entries(users).map(([userId, dnd]) => [userId, windowOf(dnd, fromSlack)] as const));
    } catch (thrown) {
      // One person who is not shown spoils the whole batch, and Slack does not say who it is.
      if (notShown(thrown) === null) throw thrown;
      if (ids.length > 1) return halves(ids, signal);
      people.windows([[ids[0] ?? '', null]]);
    }
  }
  async function halves(ids: readonly string[], signal: AbortSignal): Promise<void> {
    const middle = Math.ceil(ids.length / 2);
    await poll(ids.slice(0, middle), signal);
    await poll(ids.slice(middle), signal);
  }
  return {
    name: 'dnd.teamInfo',
    facet: 'details',
    batchSize: TEAM_INFO_IDS,
    limits: SLACK_METHODS['dnd.teamInfo'],
    poll,
  };
}

/** Slack's word for a person whom it does not show; null when something else went wrong. */
function notShown(thrown: unknown): string | null {
  return thrown instanceof MusterError && thrown.code === 'not-found' ? wordOf(thrown) : null;
}
