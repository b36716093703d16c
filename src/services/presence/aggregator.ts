/**
 * From observations to one presence per person: observations or the book change → `unify` the people concerned → tell who
 * differs, and why. One timer waits for the next observation to go stale.
 */
import type { ContactBook } from '../../domain/contacts/contact-book.ts';
import { contactOf, isMonitored } from '../../domain/contacts/contact-book.ts';
import type { IdentityKey } from '../../domain/presence/observation.ts';
import type { Presence } from '../../domain/presence/presence.ts';
import { nextChangeAt, type UnifyInput, unify } from '../../domain/presence/unify.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { People, PeopleCause } from '../contacts/people.ts';
import type { ObservationCause, PresenceStore } from './presence-store.ts';

/** Why a person's presence is computed anew. */
export type PresenceCause = ObservationCause | 'linked' | 'went-stale' | 'edited';

/** A person's presence before and after; `before` is null for somebody new. */
export interface PresenceChange {
  readonly contactId: string;
  readonly before: Presence | null;
  readonly after: Presence;
  readonly cause: PresenceCause;
  readonly at: EpochMs;
}

const CAUSE_OF: Readonly<Record<PeopleCause, PresenceCause>> = {
  roster: 'linked',
  linked: 'linked',
  edited: 'edited',
  removed: 'linked',
};

/** Keeps everybody's unified presence. */
export class Aggregator {
  readonly #people: People;
  readonly #store: PresenceStore;
  readonly #clock: Clock;
  readonly #presences = new Map<string, Presence>();
  readonly #nextChange = new Map<string, EpochMs>();
  /** What each presence was made of, to tell what ageing alone made of it when something else comes first. */
  readonly #inputs = new Map<string, readonly UnifyInput[]>();
  readonly #listeners = new Set<(change: PresenceChange) => void>();
  readonly #disposes: Dispose[];
  #timer: { at: EpochMs; dispose: Dispose } | null = null;

  constructor(options: { people: People; store: PresenceStore; clock: Clock }) {
    this.#people = options.people;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#disposes = [
      options.store.onChange((changes) => {
        const causes = new Map<string, PresenceCause>();
        for (const { key, cause } of changes) {
          const id = contactOf(this.#people.book, key)?.id;
          // Of several observations about one person in one batch, real news must not hide behind a snapshot.
          if (id && (cause === 'observed' || !causes.has(id)))
            causes.set(id, cause === 'freshness' ? 'went-stale' : cause);
        }
        for (const [id, cause] of causes) this.#refresh(id, cause);
        this.#arm();
      }),
      options.people.onChange((ids, cause) => {
        for (const id of ids) this.#refresh(id, CAUSE_OF[cause]);
        this.#arm();
      }),
    ];
    for (const contact of options.people.book.contacts.values()) {
      if (contact.mergedInto === null) this.#refresh(contact.id, 'first-snapshot');
    }
    this.#arm();
  }

  /** The presence of a person in the book. */
  presenceOf(contactId: string): Presence {
    return this.#presences.get(contactId) ?? this.#unify(contactId, null);
  }

  onChange(listener: (change: PresenceChange) => void): Dispose {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  stop(): void {
    for (const dispose of this.#disposes) dispose();
    this.#timer?.dispose();
    this.#timer = null;
  }

  #unify(contactId: string, previous: Presence | null): Presence {
    const { book } = this.#people;
    const inputs = this.#store.inputs(monitoredKeys(book, contactId));
    this.#inputs.set(contactId, inputs);
    const next = nextChangeAt(inputs, this.#clock.now());
    if (next === null) this.#nextChange.delete(contactId);
    else this.#nextChange.set(contactId, next);
    const monitored = book.contacts.get(contactId)?.monitored ?? true;
    return unify(inputs, { now: this.#clock.now(), previous, monitored });
  }

  #refresh(contactId: string, cause: PresenceCause): void {
    const contact = this.#people.book.contacts.get(contactId);
    if (!contact || contact.mergedInto !== null) {
      this.#presences.delete(contactId);
      this.#nextChange.delete(contactId);
      this.#inputs.delete(contactId);
      return;
    }
    const now = this.#clock.now();
    const agedAt = this.#nextChange.get(contactId) ?? null;
    if (agedAt !== null && agedAt <= now) this.#age(contactId, contact.monitored, agedAt);
    const before = this.#presences.get(contactId) ?? null;
    const after = this.#unify(contactId, before);
    if (cause === 'went-stale' && agedAt !== null && agedAt <= now) {
      if (JSON.stringify(after) !== JSON.stringify(before)) this.#tell(contactId, before, after, cause, now);
      return;
    }
    this.#tell(contactId, before, after, cause, now);
  }

  /** What time alone did, as of the moment at which it did it: the timer may come late, after sleep, or after newer news. */
  #age(contactId: string, monitored: boolean, at: EpochMs): void {
    const before = this.#presences.get(contactId) ?? null;
    const inputs = this.#inputs.get(contactId) ?? [];
    this.#nextChange.delete(contactId);
    this.#tell(contactId, before, unify(inputs, { now: at, previous: before, monitored }), 'went-stale', at);
  }

  #tell(contactId: string, before: Presence | null, after: Presence, cause: PresenceCause, at: EpochMs): void {
    this.#presences.set(contactId, after);
    for (const listener of this.#listeners) listener({ contactId, before, after, cause, at });
  }

  #arm(): void {
    let next: EpochMs | null = null;
    for (const at of this.#nextChange.values()) if (next === null || at < next) next = at;
    if (next === this.#timer?.at) return;
    this.#timer?.dispose();
    this.#timer = null;
    if (next === null) return;
    const dispose = this.#clock.at(next, () => {
      this.#timer = null;
      const now = this.#clock.now();
      for (const [id, at] of [...this.#nextChange]) if (at <= now) this.#refresh(id, 'went-stale');
      this.#arm();
    });
    this.#timer = { at: next, dispose };
  }
}

/** The identities of a person that may be read. */
function monitoredKeys(book: ContactBook, contactId: string): IdentityKey[] {
  const keys: IdentityKey[] = [];
  for (const key of book.members.get(contactId) ?? []) {
    const membership = book.memberships.get(key);
    if (membership && isMonitored(book, membership)) keys.push(membership);
  }
  return keys;
}
