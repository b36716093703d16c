import type { ObservationSource } from '../../domain/presence/observation.ts';
import type { Activity } from '../../domain/presence/status.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { AdapterContext, ObservationReport } from '../platform.ts';
import { HOST_SESSION, type ZoomEvent } from './events.ts';
import { meaningOf, userIdOf } from './mapping.ts';
import type { ZoomContact } from './schema.ts';

/** A meeting whose end was missed is not held against anybody for longer. */
const LONGEST_MEETING_MS = 12 * 3_600_000;
/** So many events wait for the contacts to be listed, the latest ones. */
const MOST_EARLY = 2_000;

/** What is known of one contact. */
interface Known {
  /** Zoom's word; null when Zoom has none. */
  readonly native: string | null;
  readonly at: EpochMs;
  readonly source: ObservationSource;
  readonly replayed: boolean;
}

/** Who the contacts are and what Zoom said of each, by looks and by events; reports what changes. */
export class People {
  readonly #context: Pick<AdapterContext, 'clock' | 'report' | 'isOptedOut'>;
  readonly #userIds = new Set<string>();
  /** Addresses and member ids of contacts, in lower case → how they are asked about. */
  readonly #aliases = new Map<string, string>();
  readonly #known = new Map<string, Known>();
  /** By contact: the meetings they are in, as meeting and session → since when. */
  readonly #meetings = new Map<string, Map<string, EpochMs>>();
  /** How many events told of somebody: a look that was under way meanwhile is older. */
  readonly #told = new Map<string, number>();
  /** What came before the contacts were listed; null once they are. */
  #early: { readonly event: ZoomEvent; readonly source: 'webhook' | 'push' }[] | null = [];
  #closed = false;

  constructor(context: Pick<AdapterContext, 'clock' | 'report' | 'isOptedOut'>) {
    this.#context = context;
  }

  /** A page of the roster, so that events find their people. */
  listed(contacts: readonly ZoomContact[]): void {
    for (const contact of contacts) {
      const userId = userIdOf(contact);
      if (userId === null) continue;
      this.#userIds.add(userId);
      for (const alias of [contact.email, contact.member_id]) {
        if (alias) this.#aliases.set(alias.toLowerCase(), userId);
      }
    }
  }

  /** The whole roster is known: what waited for it is taken now, and is no news. */
  listedAll(): void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const { event, source } of early) this.#take(event, source, true);
  }

  /** People who left the roster. */
  forget(userIds: Iterable<string>): void {
    for (const userId of userIds) {
      this.#userIds.delete(userId);
      this.#known.delete(userId);
      this.#meetings.delete(userId);
      for (const [alias, owner] of this.#aliases) if (owner === userId) this.#aliases.delete(alias);
    }
  }

  /** To be given back to `looked`: tells whether an event came while the look was under way. */
  mark(userId: string): number {
    return this.#told.get(userId) ?? 0;
  }

  /** Zoom's answer about somebody's presence just now. */
  looked(userId: string, native: string | null, mark: number): void {
    if (this.#closed || this.#context.isOptedOut(userId) || this.mark(userId) !== mark) return;
    const before = this.#known.get(userId);
    // The first look is no news, whatever older events told before it.
    const replayed = before === undefined || (before.replayed && before.source !== 'poll');
    this.#learn(userId, { native, at: this.#context.clock.now(), source: 'poll', replayed });
  }

  /** An event about a contact; those about others are not ours to keep. Events may come twice, late and in any order. */
  happened(event: ZoomEvent, source: 'webhook' | 'push'): void {
    if (this.#closed) return;
    if (this.#early !== null) {
      this.#early.push({ event, source });
      if (this.#early.length > MOST_EARLY) this.#early.shift();
    } else this.#take(event, source, false);
  }

  close(): void {
    this.#closed = true;
    this.#known.clear();
    this.#meetings.clear();
  }

  #take(event: ZoomEvent, source: 'webhook' | 'push', replayed: boolean): void {
    if (event.kind === 'ended') {
      this.#ended(event.meeting);
      return;
    }
    const userId = this.#find(event.userId, event.email);
    if (userId === null || this.#context.isOptedOut(userId)) return;
    this.#told.set(userId, this.mark(userId) + 1);
    if (event.kind === 'presence') {
      const before = this.#known.get(userId);
      if (before !== undefined && before.at > event.at) return;
      this.#learn(userId, { native: event.native, at: event.at, source, replayed });
      return;
    }
    const meetings = this.#meetings.get(userId) ?? new Map<string, EpochMs>();
    const key = `${event.meeting} ${event.session}`;
    if (event.kind === 'joined') meetings.set(key, event.at);
    else {
      meetings.delete(key);
      meetings.delete(`${event.meeting} ${HOST_SESSION}`);
    }
    this.#meetings.set(userId, meetings);
    this.#report(userId);
  }

  #find(userId: string | null, email: string | null): string | null {
    if (userId !== null && this.#userIds.has(userId)) return userId;
    for (const alias of [userId, email]) {
      const found = alias === null ? undefined : this.#aliases.get(alias.toLowerCase());
      if (found !== undefined) return found;
    }
    return null;
  }

  #learn(userId: string, known: Known): void {
    this.#known.set(userId, known);
    // Nobody is in a meeting whom Zoom calls offline: its end was missed.
    if (meaningOf(known.native ?? '').status === 'offline') this.#meetings.delete(userId);
    this.#report(userId);
  }

  #ended(meeting: string): void {
    for (const [userId, meetings] of this.#meetings) {
      const keys = [...meetings.keys()].filter((key) => key.startsWith(`${meeting} `));
      for (const key of keys) meetings.delete(key);
      if (keys.length > 0 && !this.#context.isOptedOut(userId)) this.#report(userId);
    }
  }

  /** A meeting never renews what was seen: the observation's time is that of the status. */
  #report(userId: string): void {
    const known = this.#known.get(userId);
    if (known === undefined) return;
    const { status, doNotDisturb, activity } = meaningOf(known.native ?? '');
    const now = this.#context.clock.now();
    const meetings = [...(this.#meetings.get(userId)?.values() ?? [])];
    const kinds = new Set<Activity['kind']>(activity === null ? [] : [activity]);
    if (meetings.some((since) => now - since < LONGEST_MEETING_MS)) kinds.add('in-a-meeting');
    const observation: ObservationReport = {
      userId,
      status,
      doNotDisturb,
      rawStatus: known.native,
      message: null,
      emoji: null,
      activities: [...kinds].map((kind) => ({ kind, detail: null })),
      lastSeen: null,
      observedAt: known.at,
      source: known.source,
      replayed: known.replayed,
    };
    this.#context.report.observations([observation]);
  }
}
