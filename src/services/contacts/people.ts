/**
 * The people: owns the contact book, keeps it on disk, and tells who changed. Commands of the API and the adapters' rosters both
 * end here; who is online is none of its business.
 */
import type { Identity } from '../../domain/contacts/contact.ts';
import {
  bookOf,
  type ContactBook,
  type ContactEdit,
  contactOf,
  editContact,
  isMonitored,
  removeAccount,
  removeIdentity,
  upsertIdentity,
} from '../../domain/contacts/contact-book.ts';
import { link, linkByEmail, unlink } from '../../domain/contacts/linking.ts';
import { type IdentityKey, identityKeyOf } from '../../domain/presence/observation.ts';
import type { IdentityReport } from '../../platforms/platform.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { BookRepository } from '../../ports/repositories.ts';
import { diffBooks, touchedContacts } from './book-diff.ts';

/** Why people changed: alerts treat a link differently from something seen. */
export type PeopleCause = 'roster' | 'linked' | 'edited' | 'removed';

/** Told which contacts changed; those that are gone are no longer in the book. */
export type PeopleListener = (contactIds: ReadonlySet<string>, cause: PeopleCause) => void;

/** Owner of the contact book. */
export class People {
  readonly #repository: BookRepository;
  readonly #random: Random;
  readonly #listeners = new Set<PeopleListener>();
  #book: ContactBook;

  constructor(options: { repository: BookRepository; random: Random }) {
    this.#repository = options.repository;
    this.#random = options.random;
    this.#book = bookOf(options.repository.load());
  }

  get book(): ContactBook {
    return this.#book;
  }

  onChange(listener: PeopleListener): Dispose {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Takes a page of a roster; equal confirmed emails link at once. Opted-out people stay reduced to what undoing needs. */
  upsert(accountId: string, reports: readonly IdentityReport[]): void {
    this.#change('roster', (book) => {
      let next = book;
      const keys: string[] = [];
      for (const report of reports) {
        const identity: Identity = { ...report, accountId };
        const kept = isMonitored(next, identity) ? identity : reduced(identity);
        next = upsertIdentity(next, kept, this.#random.id('c'));
        keys.push(identityKeyOf(identity));
      }
      return linkByEmail(next, keys);
    });
  }

  remove(keys: readonly IdentityKey[]): void {
    this.#change('removed', (book) => keys.reduce(removeIdentity, book));
  }

  removeAccount(accountId: string): void {
    this.#change('removed', (book) => removeAccount(book, accountId));
  }

  /** Changes what the user says about a person; opting out drops what the platforms said beside the name. Throws `not-found`. */
  edit(contactId: string, edit: ContactEdit): void {
    this.#change('edited', (book) => {
      const next = editContact(book, contactId, edit);
      return edit.monitored === false ? reduceOptedOut(next, contactId) : next;
    });
  }

  /** Throws `not-found`. */
  link(contactIds: readonly string[]): void {
    // Whoever is linked into somebody who is opted out, is too.
    this.#change('linked', (book) => reduceOptedOut(link(book, contactIds), contactIds[0] ?? ''));
  }

  /** Answers the person that the identities are now. Throws `not-found`, `invalid-request`. */
  unlink(keys: readonly IdentityKey[]): string | null {
    this.#change('linked', (book) => unlink(book, keys, this.#random.id('c')));
    const first = keys[0];
    return first ? (contactOf(this.#book, first)?.id ?? null) : null;
  }

  /** The user ids of an account that are in the book. */
  userIdsOf(accountId: string): string[] {
    const ids: string[] = [];
    for (const identity of this.#book.identities.values())
      if (identity.accountId === accountId) ids.push(identity.userId);
    return ids;
  }

  isOptedOut(key: IdentityKey): boolean {
    return !isMonitored(this.#book, key);
  }

  #change(cause: PeopleCause, operation: (book: ContactBook) => ContactBook): void {
    const before = this.#book;
    const after = operation(before);
    if (after === before) return;
    const diff = diffBooks(before, after);
    this.#repository.save(diff);
    this.#book = after;
    const touched = touchedContacts(diff, before, after);
    if (touched.size > 0) for (const listener of this.#listeners) listener(touched, cause);
  }
}

/** The book without what is not kept of a person's identities that are opted out. */
function reduceOptedOut(book: ContactBook, contactId: string): ContactBook {
  let next = book;
  for (const key of book.members.get(contactId) ?? []) {
    const identity = book.identities.get(key);
    if (identity && !isMonitored(book, identity)) next = upsertIdentity(next, reduced(identity), contactId);
  }
  return next;
}

/** What is kept of somebody who is opted out: enough to list them, so that it can be undone. */
function reduced(identity: Identity): Identity {
  return { ...identity, email: null, avatarKey: null, timeZone: null, groups: [] };
}
