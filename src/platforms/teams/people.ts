import { type EpochMs, MINUTE_MS } from '../../domain/time.ts';
import type { AdapterContext, ObservationReport } from '../platform.ts';
import { activitiesOf, type Extras, extrasOf, judged } from './mapping.ts';
import type { GraphPresence } from './schema.ts';

const NO_EXTRAS: Extras = { message: null, outOfOffice: null, place: null };

interface Known {
  /** Graph's version of the presence; null when it gave none. Sortable as text. */
  readonly sequence: string | null;
  readonly extras: Extras;
  /** Since when every look has brought an older version; null: the last one did not. */
  readonly olderSince: EpochMs | null;
}

/** Graph's servers agree within seconds. Who looks older for longer counts their versions anew: better that than shown wrongly for good. */
const LONGEST_LAG_MS = 5 * MINUTE_MS;

type Context = Pick<AdapterContext, 'clock' | 'report' | 'isOptedOut'>;

/**
 * Turns presences into observations, in the right order: a version older than one that was seen is dropped, however it comes. What a
 * pushed presence does not have (message, out of office, place) stays as it was. Keeps nothing about people who are opted out.
 */
export class People {
  readonly #context: Context;
  readonly #known = new Map<string, Known>();
  #closed = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * What a look brought: the presences, and who was asked about. Who is missing in the answer is unknown. `source`: whether it was
   * time to look, or a notification made one look.
   */
  looked(asked: readonly string[], presences: readonly GraphPresence[], source: 'poll' | 'webhook' = 'poll'): void {
    const byId = new Map(presences.map((presence) => [presence.id.toLowerCase(), presence]));
    this.#report(
      asked.map((userId) => {
        const presence = byId.get(userId.toLowerCase());
        return presence === undefined
          ? this.#missing(userId, source)
          : this.#seen(userId, { ...presence, ...absent(presence) }, source);
      }),
    );
  }

  /** What a notification brought. */
  pushed(userId: string, presence: GraphPresence): void {
    this.#report([this.#seen(userId, presence, 'webhook')]);
  }

  forget(userIds: Iterable<string>): void {
    for (const userId of userIds) this.#known.delete(userId);
  }

  close(): void {
    this.#closed = true;
    this.#known.clear();
  }

  #report(observations: readonly (ObservationReport | null)[]): void {
    if (this.#closed) return;
    const told = observations.filter((one) => one !== null && !this.#context.isOptedOut(one.userId));
    if (told.length > 0) this.#context.report.observations(told.filter((one) => one !== null));
  }

  #seen(userId: string, presence: GraphPresence, source: 'poll' | 'webhook'): ObservationReport | null {
    const before = this.#known.get(userId);
    const sequence = presence.sequenceNumber ?? null;
    if (sequence !== null && before?.sequence != null && sequence < before.sequence) {
      if (source === 'webhook') return null;
      const now = this.#context.clock.now();
      const olderSince = before.olderSince ?? now;
      if (now - olderSince < LONGEST_LAG_MS) {
        this.#known.set(userId, { ...before, olderSince });
        return null;
      }
    }
    const extras = extrasOf(presence, before?.extras ?? NO_EXTRAS);
    if (!this.#closed && !this.#context.isOptedOut(userId)) {
      this.#known.set(userId, { sequence: sequence ?? before?.sequence ?? null, extras, olderSince: null });
    }
    const what = judged(presence.availability, presence.activity);
    return {
      userId,
      status: what.status,
      doNotDisturb: what.doNotDisturb,
      rawStatus: what.rawStatus,
      message: extras.message ?? extras.outOfOffice?.message ?? null,
      emoji: null,
      activities: activitiesOf(what, extras),
      lastSeen: null,
      observedAt: this.#context.clock.now(),
      source,
      // The first look may be old news; a notification is sent because something has just changed.
      replayed: source === 'poll' && before === undefined,
    };
  }

  #missing(userId: string, source: 'poll' | 'webhook'): ObservationReport {
    const first = !this.#known.has(userId);
    this.#known.set(userId, { sequence: null, extras: NO_EXTRAS, olderSince: null });
    return {
      userId,
      status: 'unknown',
      doNotDisturb: false,
      rawStatus: null,
      message: null,
      emoji: null,
      activities: [],
      lastSeen: null,
      observedAt: this.#context.clock.now(),
      source,
      replayed: first,
    };
  }
}

/** A look is the whole truth: parts that it does not have are not there. */
function absent({ statusMessage, outOfOfficeSettings, workLocation }: GraphPresence): Partial<GraphPresence> {
  return {
    statusMessage: statusMessage ?? null,
    outOfOfficeSettings: outOfOfficeSettings ?? null,
    workLocation: workLocation ?? null,
  };
}
