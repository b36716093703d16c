/** The people as the API shows and changes them: joins the book, the presences and the pictures into views, and announces changes. */
import type { ContactPatch, ContactView } from '../../contract/schemas/contact.ts';
import type { ContactEdit } from '../../domain/contacts/contact-book.ts';
import { present, survivorOf } from '../../domain/contacts/contact-book.ts';
import { describe, type Person } from '../../domain/contacts/describe.ts';
import { compareContacts, matcher, type Searchable } from '../../domain/contacts/search.ts';
import { MusterError } from '../../domain/errors.ts';
import type { IdentityKey } from '../../domain/presence/observation.ts';
import { identityKeyOf } from '../../domain/presence/observation.ts';
import type { Status } from '../../domain/presence/status.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Page, PageCursors } from '../paging/page-cursors.ts';
import type { Aggregator } from '../presence/aggregator.ts';
import type { PresenceStore } from '../presence/presence-store.ts';
import { type AccountDirectory, contactView, type SeenIdentity } from './contact-view.ts';
import type { People } from './people.ts';

/** Which people a list asks for. */
export interface ContactFilter {
  readonly query?: string | undefined;
  readonly status?: readonly Status[] | undefined;
  readonly platform?: string | undefined;
  readonly group?: string | undefined;
  readonly favourite?: boolean | undefined;
}

/** Where an identity's picture is; null while it is not loaded or there is none. */
export interface AvatarDirectory {
  urlOf(accountId: string, avatarKey: string): string | null;
}

/** Changes within this time are one event per person: a roster page, a burst of presences. */
const ANNOUNCE_AFTER_MS = 25;

/** Queries and commands about people. */
export class ContactsService {
  readonly #people: People;
  readonly #store: PresenceStore;
  readonly #aggregator: Aggregator;
  readonly #accounts: AccountDirectory;
  readonly #avatars: AvatarDirectory;
  readonly #events: EventLog;
  readonly #clock: Clock;
  readonly #cursors: PageCursors;
  readonly #dirty = new Set<string>();
  readonly #announced = new Map<string, string>();
  readonly #disposes: Dispose[];
  #timer: Dispose | null = null;

  constructor(options: {
    people: People;
    store: PresenceStore;
    aggregator: Aggregator;
    accounts: AccountDirectory;
    avatars: AvatarDirectory;
    events: EventLog;
    clock: Clock;
    cursors: PageCursors;
  }) {
    this.#people = options.people;
    this.#store = options.store;
    this.#aggregator = options.aggregator;
    this.#accounts = options.accounts;
    this.#avatars = options.avatars;
    this.#events = options.events;
    this.#clock = options.clock;
    this.#cursors = options.cursors;
    // Who is in the book already is known to readers by their first snapshot: that they go has to be told.
    for (const contact of options.people.book.contacts.values())
      if (contact.mergedInto === null) this.#announced.set(contact.id, '');
    this.#disposes = [
      options.people.onChange((ids) => {
        for (const id of ids) this.touch(id);
      }),
      options.aggregator.onChange((change) => this.touch(change.contactId)),
    ];
  }

  list(filter: ContactFilter, limit: number, cursor: string | undefined): Page<ContactView> & { sequence: number } {
    this.#announce();
    const page = this.#cursors.page(
      () => this.#sorted(filter),
      cursor,
      limit,
      (id) => this.#view(id),
    );
    return { ...page, sequence: this.#events.sequence };
  }

  /** Everybody, for exports and the tray. */
  all(): ContactView[] {
    return this.#sorted({}).flatMap((id) => this.#view(id) ?? []);
  }

  /** Throws `not-found`, with `mergedInto` when the person was linked into another. */
  get(contactId: string): ContactView {
    present(this.#people.book, contactId);
    const view = this.#view(contactId);
    if (!view) throw new MusterError('not-found', 'There is no such person.');
    return view;
  }

  /** Throws `not-found`. */
  patch(contactId: string, patch: ContactPatch): ContactView {
    const edit: { -readonly [Key in keyof ContactEdit]: ContactEdit[Key] } = {};
    if (patch.name !== undefined) edit.customName = patch.name;
    if (patch.favourite !== undefined) edit.favourite = patch.favourite;
    if (patch.groups !== undefined) edit.customGroups = patch.groups;
    if (patch.timeZone !== undefined) edit.customTimeZone = patch.timeZone;
    if (patch.monitored !== undefined) edit.monitored = patch.monitored;
    this.#people.edit(contactId, edit);
    this.#announce();
    return this.get(contactId);
  }

  /** Throws `not-found`. */
  link(contactIds: readonly string[]): ContactView {
    this.#people.link(contactIds);
    this.#announce();
    return this.get(contactIds[0] ?? '');
  }

  /** Throws `not-found`; `conflict` when the identities are not this person's, or all of them. */
  unlink(contactId: string, keys: readonly IdentityKey[]): ContactView {
    present(this.#people.book, contactId);
    const members = this.#people.book.members.get(contactId) ?? [];
    const asked = new Set(keys.map(identityKeyOf));
    if ([...asked].some((key) => !members.includes(key))) {
      throw new MusterError('conflict', 'Some of these identities do not belong to this person.');
    }
    if (asked.size >= members.length) {
      throw new MusterError('conflict', 'At least one identity has to stay. Name only those that are somebody else.');
    }
    const id = this.#people.unlink(keys);
    this.#announce();
    return this.get(id ?? contactId);
  }

  /** The person who answers for this id now; null when there is none. */
  survivor(contactId: string): string | null {
    return survivorOf(this.#people.book, contactId)?.id ?? null;
  }

  /** The person's view differs: announce it soon. */
  touch(contactId: string): void {
    this.#dirty.add(contactId);
    this.#timer ??= this.#clock.after(ANNOUNCE_AFTER_MS, () => this.#announce());
  }

  /** A changed account changes how its people's identities are shown. */
  touchAll(): void {
    for (const contact of this.#people.book.contacts.values()) this.touch(contact.id);
  }

  stop(): void {
    this.#timer?.();
    for (const dispose of this.#disposes) dispose();
  }

  #announce(): void {
    this.#timer?.();
    this.#timer = null;
    const dirty = [...this.#dirty];
    this.#dirty.clear();
    for (const id of dirty) {
      const view = this.#view(id);
      // Only what differs is news; when somebody was looked at is part of it, since its age is always shown.
      const said = view ? JSON.stringify(view) : null;
      if (said === (this.#announced.get(id) ?? null)) continue;
      if (view && said !== null) {
        this.#announced.set(id, said);
        this.#events.publish('contact', view);
      } else {
        this.#announced.delete(id);
        this.#events.publish('contact', { id, removed: true });
      }
    }
  }

  #sorted(filter: ContactFilter): string[] {
    const { book } = this.#people;
    const asked = matcher(filter.query ?? '');
    const rows: { id: string; favourite: boolean; status: Status; name: string }[] = [];
    for (const contact of book.contacts.values()) {
      if (contact.mergedInto !== null) continue;
      const person = describe(book, contact.id);
      const status = this.#aggregator.presenceOf(contact.id).status;
      if (filter.favourite !== undefined && contact.favourite !== filter.favourite) continue;
      if (filter.status && !filter.status.includes(status)) continue;
      if (filter.group !== undefined && !person.groups.includes(filter.group)) continue;
      if (
        filter.platform !== undefined &&
        !person.identities.some((i) => this.#accounts.platformOf(i.accountId) === filter.platform)
      )
        continue;
      if (!asked(searchable(person))) continue;
      rows.push({ id: contact.id, favourite: contact.favourite, status, name: person.name });
    }
    return rows.sort(compareContacts).map((row) => row.id);
  }

  #view(contactId: string): ContactView | null {
    const { book } = this.#people;
    const contact = book.contacts.get(contactId);
    if (!contact || contact.mergedInto !== null) return null;
    const person = describe(book, contactId);
    const identities: SeenIdentity[] = person.identities.map((identity) => {
      const observation = this.#people.isOptedOut(identity) ? null : this.#store.get(identity);
      return {
        identity,
        linkedBy: book.memberships.get(identityKeyOf(identity))?.linkedBy ?? 'alone',
        seen: observation ? { observation, freshUntil: this.#store.freshUntil(observation) } : null,
      };
    });
    const pictured = person.identities.find((identity) => identity.avatarKey !== null);
    return contactView(person, this.#aggregator.presenceOf(contactId), identities, {
      accounts: this.#accounts,
      avatarUrl: pictured?.avatarKey ? this.#avatars.urlOf(pictured.accountId, pictured.avatarKey) : null,
      now: this.#clock.now(),
    });
  }
}

function searchable(person: Person): Searchable {
  return {
    name: person.name,
    emails: person.identities.flatMap((identity) => identity.email ?? []),
    userIds: person.identities.map((identity) => identity.userId),
  };
}
