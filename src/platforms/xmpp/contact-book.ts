/** What one account knows about the people of its roster. Holds state, does no I/O: stanzas go in, reports come out. */
import { addMs, type EpochMs, SECOND_MS } from '../../domain/time.ts';
import type { IdentityReport, ObservationReport } from '../platform.ts';
import { localPartOf } from './jid.ts';
import { activitiesOf, type Known, observationOf, resourceOf, sameObservation } from './mapping.ts';
import type { PepEvent, PresenceStanza, RosterItem, UserActivity, UserTune } from './schema.ts';

/** How long after a login, or after somebody was added, the first word of a client counts as its earlier state, not as a change. */
export const FIRST_SNAPSHOT_MS = 5 * SECOND_MS;

/** How long after a resumed session the server may still hand over what it kept meanwhile. */
const CATCH_UP_MS = 10 * SECOND_MS;

interface Person {
  item: RosterItem;
  known: Known | null;
  nick: string | null;
  vcardName: string | null;
  pepAvatar: string | null;
  vcardAvatar: string | null;
  activity: UserActivity | null;
  tune: UserTune | null;
  /** They said in this session that they are offline: what comes next is a change. */
  heardOffline: boolean;
  /** Since when the server is telling their state for the first time. */
  snapshotFrom: EpochMs;
  reported: ObservationReport | null;
}

/** Changes to report. */
export interface BookChanges {
  readonly identities: readonly IdentityReport[];
  readonly removed: readonly string[];
  readonly observations: readonly ObservationReport[];
}

export class ContactBook {
  readonly #ownJid: string;
  readonly #isOptedOut: (userId: string) => boolean;
  readonly #people = new Map<string, Person>();
  #loginAt: EpochMs | null = null;
  #resumedAt: EpochMs | null = null;

  /** `ownJid` is our bare address: our own clients are never contacts. */
  constructor(ownJid: string, isOptedOut: (userId: string) => boolean) {
    this.#ownJid = ownJid;
    this.#isOptedOut = isOptedOut;
  }

  /** A fresh login: nothing about who is connected counts any more; the server tells it anew. */
  beginSession(now: EpochMs): void {
    this.#loginAt = now;
    this.#resumedAt = null;
    for (const person of this.#people.values()) {
      person.heardOffline = false;
      person.snapshotFrom = now;
      person.activity = null;
      person.tune = null;
      person.known = this.#withoutSubscription(person.item);
      // What was said on the old stream counts no longer; that it is still so has to be said again.
      if (person.known === null) person.reported = null;
    }
  }

  /** The old session goes on; what the server kept for us arrives now. */
  resumed(now: EpochMs): void {
    this.#resumedAt = now;
  }

  /** The whole roster. */
  setRoster(items: readonly RosterItem[], now: EpochMs): BookChanges {
    const kept = new Map(items.filter((item) => this.#wanted(item)).map((item) => [item.jid, item]));
    const removed = [...this.#people.keys()].filter((jid) => !kept.has(jid));
    for (const jid of removed) this.#people.delete(jid);
    const observations: ObservationReport[] = [];
    for (const item of kept.values()) observations.push(...this.#put(item, now));
    return { identities: this.identities(), removed, observations };
  }

  /** One item of a roster push. */
  pushItem(item: RosterItem, now: EpochMs): BookChanges {
    if (item.subscription === 'remove' || !this.#wanted(item)) {
      const removed = this.#people.delete(item.jid) ? [item.jid] : [];
      return { identities: [], removed, observations: [] };
    }
    const observations = this.#put(item, now);
    return { identities: [this.#identity(item.jid)].flatMap((one) => one ?? []), removed: [], observations };
  }

  #wanted(item: RosterItem): boolean {
    return item.jid !== this.#ownJid && item.subscription !== 'remove' && !this.#isOptedOut(item.jid);
  }

  #withoutSubscription(item: RosterItem): Known | null {
    const subscribed = item.subscription === 'to' || item.subscription === 'both';
    return subscribed ? null : { kind: 'unknown', raw: `subscription: ${item.subscription}` };
  }

  #put(item: RosterItem, now: EpochMs): ObservationReport[] {
    const before = this.#people.get(item.jid);
    const blocked = this.#withoutSubscription(item);
    if (before) {
      const wasBlocked = this.#withoutSubscription(before.item) !== null;
      before.item = item;
      if (blocked) before.known = blocked;
      else if (wasBlocked) {
        before.known = null;
        before.snapshotFrom = now;
      }
      return blocked ? this.#report(item.jid, before, now, true) : [];
    }
    const person: Person = {
      item,
      known: blocked,
      nick: null,
      vcardName: null,
      pepAvatar: null,
      vcardAvatar: null,
      activity: null,
      tune: null,
      heardOffline: false,
      snapshotFrom: now,
      reported: null,
    };
    this.#people.set(item.jid, person);
    return this.#report(item.jid, person, now, true);
  }

  /** A presence of somebody; what changed about them as a whole. */
  presence(stanza: PresenceStanza, now: EpochMs): ObservationReport[] {
    const person = this.#of(stanza.from.bare);
    if (!person || stanza.kind === 'subscription') return [];
    const before = person.known?.kind === 'resources' ? person.known.resources : [];
    const resource = stanza.from.resource ?? '';
    const seen = before.some((one) => one.resource === resource);
    const replayed = this.#isReplayed(stanza, person, seen || person.heardOffline, now);
    const others = before.filter((one) => one.resource !== resource);
    if (stanza.kind === 'error') {
      person.known = { kind: 'unknown', raw: `error: ${stanza.errorCondition ?? 'undefined-condition'}` };
    } else if (stanza.kind === 'available') {
      person.known = { kind: 'resources', resources: [...others, resourceOf(stanza, now)] };
    } else if (stanza.from.resource !== null && others.length > 0) {
      person.known = { kind: 'resources', resources: others };
    } else {
      person.heardOffline = true;
      // An older answer about the last activity stays when the server only repeats that nobody is there.
      const lastSeen = seen ? (stanza.delay?.stampedAt ?? now) : (stanza.delay?.stampedAt ?? this.#lastSeen(person));
      person.known = { kind: 'offline', message: stanza.statusText, lastSeen };
    }
    return this.#report(stanza.from.bare, person, now, replayed);
  }

  #lastSeen(person: Person): EpochMs | null {
    return person.known?.kind === 'offline' ? person.known.lastSeen : null;
  }

  /**
   * A delay stamp from before the login tells of an earlier state, as does the first word of a client right after the login. What
   * a resumed session hands over with a later stamp happened while the connection was down: late, but a change.
   */
  #isReplayed(stanza: PresenceStanza, person: Person, heardBefore: boolean, now: EpochMs): boolean {
    if (stanza.delay) {
      const catchingUp = this.#resumedAt !== null && now - this.#resumedAt < CATCH_UP_MS;
      const { stampedAt } = stanza.delay;
      return !(catchingUp && stampedAt !== null && stampedAt > addMs(this.#loginAt ?? now, FIRST_SNAPSHOT_MS));
    }
    return !heardBefore && now - person.snapshotFrom < FIRST_SNAPSHOT_MS;
  }

  /**
   * The server has said everything about the people chosen: whoever it did not name has no client connected (RFC 6121 section
   * 4.3.2 lets servers stay silent about them).
   */
  settle(now: EpochMs, chosen: (jid: string) => boolean): ObservationReport[] {
    return [...this.#people].flatMap(([jid, person]) => {
      if (person.known !== null || !chosen(jid)) return [];
      person.known = { kind: 'offline', message: null, lastSeen: null };
      return this.#report(jid, person, now, true);
    });
  }

  /** Those whose state nobody has told yet. */
  unheard(): string[] {
    return [...this.#people].flatMap(([jid, { known }]) => (known === null && !this.#isOptedOut(jid) ? [jid] : []));
  }

  /** XEP-0012's answer about somebody who is offline. */
  lastActivity(jid: string, seconds: number, now: EpochMs): ObservationReport[] {
    const person = this.#of(jid);
    if (person?.known?.kind !== 'offline' || person.known.lastSeen !== null) return [];
    person.known = { ...person.known, lastSeen: addMs(now, -seconds * SECOND_MS) };
    return this.#report(jid, person, now, true);
  }

  /** What somebody published: a nick, a picture, what they do. */
  pep(event: PepEvent, now: EpochMs): Pick<BookChanges, 'identities' | 'observations'> {
    const identities = this.#change(event.from, (person) => {
      if (event.kind === 'nick') person.nick = event.nick;
      else if (event.kind === 'avatar')
        person.pepAvatar = event.hash === null ? null : `pep:${event.hash}:${event.from}`;
      else if (event.kind === 'activity') person.activity = event.activity;
      else person.tune = event.tune;
    });
    const person = this.#of(event.from);
    // Nobody comes or goes by it, so that it is no news of theirs.
    return { identities, observations: person ? this.#report(event.from, person, now, true) : [] };
  }

  /** What a presence said about the vCard's picture (XEP-0153). */
  photo(jid: string, hash: string | null): IdentityReport[] {
    return this.#change(jid, (person) => {
      person.vcardAvatar = hash === null ? null : `vcard:${hash}:${jid}`;
    });
  }

  vcardName(jid: string, name: string | null): IdentityReport[] {
    return this.#change(jid, (person) => {
      person.vcardName = name;
    });
  }

  #change(jid: string, change: (person: Person) => void): IdentityReport[] {
    const person = this.#of(jid);
    if (!person) return [];
    const before = JSON.stringify(this.#identity(jid));
    change(person);
    const after = this.#identity(jid);
    return after === null || JSON.stringify(after) === before ? [] : [after];
  }

  #of(jid: string): Person | undefined {
    return this.#isOptedOut(jid) ? undefined : this.#people.get(jid);
  }

  /** Those of whom it is worth asking when they were last there. */
  offlineWithoutLastSeen(): string[] {
    return [...this.#people].flatMap(([jid, { known }]) =>
      known?.kind === 'offline' && known.lastSeen === null && !this.#isOptedOut(jid) ? [jid] : [],
    );
  }

  /** Those whom neither the roster nor they themselves named. */
  withoutName(): string[] {
    return [...this.#people].flatMap(([jid, person]) =>
      person.item.name === null && person.nick === null && person.vcardName === null && !this.#isOptedOut(jid)
        ? [jid]
        : [],
    );
  }

  #identity(jid: string): IdentityReport | null {
    const person = this.#of(jid);
    if (!person) return null;
    return {
      userId: jid,
      displayName: person.item.name ?? person.nick ?? person.vcardName ?? localPartOf(jid),
      email: null,
      avatarKey: person.pepAvatar ?? person.vcardAvatar,
      timeZone: null,
      groups: person.item.groups,
    };
  }

  identities(): IdentityReport[] {
    return [...this.#people.keys()].flatMap((jid) => this.#identity(jid) ?? []);
  }

  /** What was last reported of everybody, for a core that lists the roster again. */
  observations(): ObservationReport[] {
    return [...this.#people].flatMap(([jid, { reported }]) =>
      reported !== null && !this.#isOptedOut(jid) ? [{ ...reported, replayed: true }] : [],
    );
  }

  #report(jid: string, person: Person, now: EpochMs, replayed: boolean): ObservationReport[] {
    if (person.known === null) return [];
    const activities = activitiesOf(person.activity, person.tune);
    const observation = observationOf(jid, person.known, now, replayed, activities);
    if (person.reported !== null && sameObservation(person.reported, observation)) return [];
    person.reported = observation;
    return [observation];
  }
}
