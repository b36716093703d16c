import type { AdapterContext, Directory } from '../platform.ts';
import type { Graph } from './graph.ts';
import { identityOf } from './mapping.ts';
import { isGuest } from './roster.ts';

/** The organisation's directory, by Graph's `$search` (learn.microsoft.com/graph/search-query-parameter). Guests have no presence here, so nobody can add them. */
export function directoryOf(context: Pick<AdapterContext, 'isOptedOut'>, graph: Graph, selfId: string): Directory {
  return {
    async search(query, signal) {
      const users = await graph.search(query, { signal, urgent: true });
      return users
        .filter((user) => user.id !== selfId && !isGuest(user) && !context.isOptedOut(user.id))
        .map((user) => identityOf(user));
    },
  };
}
