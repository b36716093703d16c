import { toMusterError } from '../../domain/errors.ts';
import type { AdapterContext } from '../platform.ts';
import { type Graph, MOST_IDS } from './graph.ts';
import type { People } from './people.ts';

/** Reads of presence count 1,500 in 30 s per app and tenant: so that a hundred users of one app can be told about bursts at once. */
const BUDGET = { name: 'presence after notifications', limits: [{ calls: 5, seconds: 10 }] } as const;

/** What looking needs. */
export interface PushedLooksParts {
  readonly context: Pick<AdapterContext, 'logger' | 'signal' | 'isOptedOut'>;
  readonly graph: Graph;
  readonly people: People;
}

/**
 * Looks at the people whom Graph has told about without a version: such a notification may be an old one, sent again, and what it
 * says is then not true any more. One look at a time; who is told about meanwhile is in the next.
 */
export class PushedLooks {
  readonly #parts: PushedLooksParts;
  readonly #waiting = new Set<string>();
  #busy = false;

  constructor(parts: PushedLooksParts) {
    this.#parts = parts;
  }

  /** Never rejects: who could not be looked at is in the next look, and in the polls. */
  at(userId: string): void {
    this.#waiting.add(userId);
    if (!this.#busy) void this.#look();
  }

  async #look(): Promise<void> {
    const { context, graph, people } = this.#parts;
    this.#busy = true;
    let ids: readonly string[] = [];
    try {
      while (this.#waiting.size > 0 && !context.signal.aborted) {
        const next = [...this.#waiting].slice(0, MOST_IDS);
        // Before the look: who changes while it is under way is looked at once more.
        for (const id of next) this.#waiting.delete(id);
        ids = next.filter((id) => !context.isOptedOut(id));
        if (ids.length === 0) continue;
        people.looked(ids, await graph.presences(ids, { signal: context.signal, budget: BUDGET }), 'webhook');
      }
    } catch (thrown) {
      for (const id of ids) this.#waiting.add(id);
      const { code } = toMusterError(thrown);
      if (!context.signal.aborted) context.logger.info('whom Teams told about could not be looked at', { code });
    } finally {
      this.#busy = false;
    }
  }
}
