import { z } from 'zod';
import { type EpochMs, epochMs } from '../../domain/time.ts';
import type { AdapterContext, ObservationReport } from '../platform.ts';
import type { Sign } from './mapping.ts';

const personSchema = z.object({ name: z.string().nullable(), lastSeen: z.number(), what: z.string() });
const peopleSchema = z.record(z.string(), personSchema);
type Person = z.infer<typeof personSchema>;

/** So many people are remembered, those first who were seen last: the log itself reaches back 28 days. */
const MOST = 5_000;

/** Who was seen when, over restarts, since the log is read only once. */
export class People {
  readonly #context: Pick<AdapterContext, 'memory' | 'report' | 'clock' | 'isOptedOut'>;
  #people: Map<string, Person>;

  constructor(context: Pick<AdapterContext, 'memory' | 'report' | 'clock' | 'isOptedOut'>) {
    this.#context = context;
    this.#people = new Map(Object.entries(peopleSchema.safeParse(context.memory.get('people')).data ?? {}));
  }

  /** Takes what the log told, in whatever order, and reports everybody anew: one look is a look at all. */
  take(signs: readonly Sign[]): void {
    const { memory, report, isOptedOut, clock } = this.#context;
    const named = new Set<string>();
    for (const sign of signs) {
      const before = this.#people.get(sign.userId);
      const newer = before === undefined || sign.at >= before.lastSeen;
      const name = (newer ? sign.name : before.name) ?? before?.name ?? sign.name;
      if (before === undefined || before.name !== name) named.add(sign.userId);
      const { at, what } = newer ? sign : { at: before.lastSeen, what: before.what };
      this.#people.set(sign.userId, { name, lastSeen: at, what });
    }
    for (const userId of this.#people.keys()) if (isOptedOut(userId)) this.#people.delete(userId);
    this.#forgetMany();
    const people = [...this.#people];
    report.identities(
      people
        .filter(([userId]) => named.has(userId))
        .map(([userId, { name }]) => ({
          userId,
          displayName: name ?? `LinkedIn member ${userId}`,
          email: null,
          avatarKey: null,
          timeZone: null,
          groups: [],
        })),
    );
    // Told before it is noted: whoever was noted is not told again when a kill comes in between.
    if (signs.length > 0) memory.set('people', Object.fromEntries(this.#people));
    const now = clock.now();
    report.observations(people.map(([userId, person]) => observationOf(userId, person, now)));
  }

  #forgetMany(): void {
    if (this.#people.size <= MOST) return;
    const latest = [...this.#people].sort(([, a], [, b]) => b.lastSeen - a.lastSeen);
    this.#people = new Map(latest.slice(0, MOST));
  }
}

/** Always unknown, and never news: that somebody did something an hour ago does not mean that they are there. */
function observationOf(userId: string, { lastSeen, what }: Person, now: EpochMs): ObservationReport {
  return {
    userId,
    status: 'unknown',
    doNotDisturb: false,
    rawStatus: what,
    message: null,
    emoji: null,
    activities: [],
    // LinkedIn's clock may be ahead of ours.
    lastSeen: epochMs(Math.min(lastSeen, now)),
    observedAt: now,
    source: 'poll',
    replayed: true,
  };
}
