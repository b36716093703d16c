import { toMusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext } from '../platform.ts';
import { type Graph, MOST_IDS } from './graph.ts';
import { judged } from './mapping.ts';
import type { People } from './people.ts';
import type { GraphPresence } from './schema.ts';

/** Reads of presence count 1,500 in 30 s per app and tenant: so that a hundred users of one app can be told about bursts at once. */
const BUDGET = { name: 'presence after notifications', limits: [{ calls: 5, seconds: 10 }] } as const;
/** Graph's servers agree within seconds: after this it shows whether a notification was an old one, or the look was too early. */
const DOUBT_MS = 10 * SECOND_MS;

/** What looking needs. */
export interface PushedLooksParts {
  readonly context: Pick<AdapterContext, 'clock' | 'logger' | 'signal' | 'isOptedOut'>;
  readonly graph: Graph;
  readonly people: People;
}

/**
 * Looks at the people whom Graph has told about without a version: such a notification may be an old one, sent again, and what it
 * says is then not true any more. One look at a time; who is told about meanwhile is in the next. Who looks otherwise than was told
 * is looked at once more.
 */
export class PushedLooks {
  readonly #parts: PushedLooksParts;
  /** What was told of whom; null: it does not matter any more. */
  readonly #waiting = new Map<string, string | null>();
  readonly #doubtful = new Set<string>();
  #timer: Dispose | null = null;
  #busy = false;
  #stopped = false;

  constructor(parts: PushedLooksParts) {
    this.#parts = parts;
  }

  /** Never rejects: who could not be looked at is in the next look, and in the polls. */
  at(userId: string, told: GraphPresence): void {
    this.#waiting.set(userId, rawOf(told));
    if (!this.#busy) void this.#look();
  }

  /** Ends it; nobody is looked at any more. */
  stop(): void {
    this.#stopped = true;
    this.#timer?.();
    this.#timer = null;
  }

  async #look(): Promise<void> {
    const { context, graph, people } = this.#parts;
    this.#busy = true;
    let next: readonly (readonly [string, string | null])[] = [];
    try {
      while (this.#waiting.size > 0 && !this.#stopped) {
        next = [...this.#waiting].slice(0, MOST_IDS);
        // Before the look: who changes while it is under way is looked at once more.
        for (const [id] of next) this.#waiting.delete(id);
        const ids = next.map(([id]) => id).filter((id) => !context.isOptedOut(id));
        if (ids.length === 0) continue;
        const presences = await graph.presences(ids, { signal: context.signal, budget: BUDGET });
        people.looked(ids, presences, 'webhook');
        this.#doubt(next, presences);
      }
    } catch (thrown) {
      for (const [id, told] of next) if (!this.#waiting.has(id)) this.#waiting.set(id, told);
      const { code } = toMusterError(thrown);
      if (!this.#stopped) context.logger.info('whom Teams told about could not be looked at', { code });
    } finally {
      this.#busy = false;
    }
  }

  #doubt(looked: readonly (readonly [string, string | null])[], presences: readonly GraphPresence[]): void {
    const seen = new Map(presences.map((presence) => [presence.id.toLowerCase(), rawOf(presence)]));
    for (const [id, told] of looked) if (told !== null && seen.get(id.toLowerCase()) !== told) this.#doubtful.add(id);
    if (this.#doubtful.size === 0 || this.#timer !== null || this.#stopped) return;
    this.#timer = this.#parts.context.clock.after(DOUBT_MS, () => {
      this.#timer = null;
      for (const id of this.#doubtful) if (!this.#waiting.has(id)) this.#waiting.set(id, null);
      this.#doubtful.clear();
      if (!this.#busy) void this.#look();
    });
  }
}

function rawOf({ availability, activity }: GraphPresence): string | null {
  return judged(availability, activity).rawStatus?.toLowerCase() ?? null;
}
