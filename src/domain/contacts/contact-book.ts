/**
 * Who is one person: an immutable value and pure operations that give the next one. Every operation is local to the people that
 * it touches, so a roster of thousands is upserted one by one in milliseconds.
 *
 * Invariants: each identity has one membership; the contact that it names exists and is nobody else's (`mergedInto` null); its
 * home is that contact or leads to it by `mergedInto`; a contact that no identity belongs to or leads through does not exist.
 */
import { MusterError } from '../errors.ts';
import { type IdentityKey, identityKeyOf } from '../presence/observation.ts';
import type { Contact, Identity, Membership } from './contact.ts';
import { PersistentMap } from './persistent-map.ts';

/** All people. `contacts` is by contact id and holds those that were linked into others too; the rest is by `identityKeyOf`. */
export interface ContactBook {
  readonly contacts: PersistentMap<Contact>;
  readonly identities: PersistentMap<Identity>;
  readonly memberships: PersistentMap<Membership>;
  /** Index: the identities of each contact that is somebody's, sorted by key. */
  readonly members: PersistentMap<readonly string[]>;
  /** Index: the identities by lower-cased email. */
  readonly byEmail: PersistentMap<readonly string[]>;
}

/** What the user can say about a person; what is absent stays. */
export type ContactEdit = Partial<
  Pick<Contact, 'customName' | 'favourite' | 'customGroups' | 'customTimeZone' | 'monitored'>
>;

export const EMPTY_BOOK: ContactBook = {
  contacts: PersistentMap.of(),
  identities: PersistentMap.of(),
  memberships: PersistentMap.of(),
  members: PersistentMap.of(),
  byEmail: PersistentMap.of(),
};

/** A book from what was kept of an earlier run. The indexes are made anew. */
export function bookOf(kept: {
  readonly contacts: Iterable<Contact>;
  readonly identities: Iterable<Identity>;
  readonly memberships: Iterable<Membership>;
}): ContactBook {
  const members = new Map<string, string[]>();
  const memberships = [...kept.memberships];
  for (const membership of memberships) {
    const list = members.get(membership.contactId);
    if (list === undefined) members.set(membership.contactId, [identityKeyOf(membership)]);
    else list.push(identityKeyOf(membership));
  }
  const byEmail = new Map<string, string[]>();
  const identities = [...kept.identities];
  for (const identity of identities) {
    const email = emailKey(identity.email);
    if (email === null) continue;
    const list = byEmail.get(email);
    if (list === undefined) byEmail.set(email, [identityKeyOf(identity)]);
    else list.push(identityKeyOf(identity));
  }
  const sorted = (map: Map<string, string[]>) => PersistentMap.of([...map].map(([key, list]) => [key, list.sort()]));
  return {
    contacts: PersistentMap.of([...kept.contacts].map((contact) => [contact.id, contact])),
    identities: PersistentMap.of(identities.map((identity) => [identityKeyOf(identity), identity])),
    memberships: PersistentMap.of(memberships.map((membership) => [identityKeyOf(membership), membership])),
    members: sorted(members),
    byEmail: sorted(byEmail),
  };
}

/** Adds an identity as a person of its own with the id `newId`, or replaces what is known of it. The same book when nothing is new. */
export function upsertIdentity(book: ContactBook, identity: Identity, newId: string): ContactBook {
  const key = identityKeyOf(identity);
  const known = book.identities.get(key);
  if (known !== undefined && sameIdentity(known, identity)) return book;
  const identities = book.identities.set(key, identity);
  const byEmail = moveInIndex(book.byEmail, key, emailKey(known?.email ?? null), emailKey(identity.email));
  if (book.memberships.has(key)) return { ...book, identities, byEmail };
  return {
    contacts: book.contacts.set(newId, newContact(newId)),
    identities,
    memberships: book.memberships.set(key, {
      accountId: identity.accountId,
      userId: identity.userId,
      contactId: newId,
      homeContactId: newId,
      linkedBy: 'alone',
    }),
    members: book.members.set(newId, [key]),
    byEmail,
  };
}

/** Forgets an identity; a person without any left goes with it, and so does a linked contact that only it could give back. */
export function removeIdentity(book: ContactBook, identity: IdentityKey): ContactBook {
  const key = identityKeyOf(identity);
  const membership = book.memberships.get(key);
  const known = book.identities.get(key);
  const byEmail = moveInIndex(book.byEmail, key, emailKey(known?.email ?? null), null);
  const without = { ...book, byEmail, identities: book.identities.delete(key) };
  if (membership === undefined) return known === undefined ? book : without;
  const { contactId } = membership;
  const rest = (book.members.get(contactId) ?? []).filter((member) => member !== key);
  const members = rest.length === 0 ? book.members.delete(contactId) : book.members.set(contactId, rest);
  const needed = new Set(rest.flatMap((member) => [contactId, ...homesAbove(book, member)]));
  let { contacts } = book;
  for (const id of [contactId, ...homesAbove(book, key)]) if (!needed.has(id)) contacts = contacts.delete(id);
  return { ...without, contacts, memberships: book.memberships.delete(key), members };
}

/** Forgets everything that came by an account. */
export function removeAccount(book: ContactBook, accountId: string): ContactBook {
  let next = book;
  for (const identity of book.identities.values()) {
    if (identity.accountId === accountId) next = removeIdentity(next, identity);
  }
  return next;
}

/** The contact that answers for `contactId` now: itself, or the one that it was linked into. Null when there is none. */
export function survivorOf(book: ContactBook, contactId: string): Contact | null {
  let contact = book.contacts.get(contactId);
  while (contact !== undefined && contact.mergedInto !== null) contact = book.contacts.get(contact.mergedInto);
  return contact ?? null;
}

/** The contacts that were linked on the way from an identity's home (first) up to the person that it belongs to (included). */
export function homesAbove(book: ContactBook, key: string): readonly string[] {
  const above: string[] = [];
  for (let id = book.memberships.get(key)?.homeContactId ?? null; id !== null; ) {
    above.push(id);
    id = book.contacts.get(id)?.mergedInto ?? null;
  }
  return above;
}

/** The contact that an identity belongs to; null when it is not known. */
export function contactOf(book: ContactBook, identity: IdentityKey): Contact | null {
  const membership = book.memberships.get(identityKeyOf(identity));
  return membership === undefined ? null : (book.contacts.get(membership.contactId) ?? null);
}

/** Whether anything may be read about an identity: neither its person nor the one it was before a link is opted out. */
export function isMonitored(book: ContactBook, identity: IdentityKey): boolean {
  const membership = book.memberships.get(identityKeyOf(identity));
  if (membership === undefined) return true;
  const own = homesAbove(book, identityKeyOf(identity)).map((id) => book.contacts.get(id));
  return own.every((contact) => contact?.monitored !== false);
}

/**
 * What the user says about a person. Opting in also covers what was opted out before it was linked into this person.
 * Throws `not-found` (with `mergedInto` when it was linked into another).
 */
export function editContact(book: ContactBook, contactId: string, edit: ContactEdit): ContactBook {
  const contact = present(book, contactId);
  let contacts = book.contacts.set(contactId, { ...contact, ...edit });
  if (edit.monitored === true) {
    for (const id of (book.members.get(contactId) ?? []).flatMap((key) => homesAbove(book, key))) {
      const linked = contacts.get(id);
      if (linked?.monitored === false) contacts = contacts.set(id, { ...linked, monitored: true });
    }
  }
  return { ...book, contacts };
}

/** The contact with this id that is somebody. Throws `not-found`, with `mergedInto` when it was linked into another. */
export function present(book: ContactBook, contactId: string): Contact {
  const contact = book.contacts.get(contactId);
  if (contact !== undefined && contact.mergedInto === null) return contact;
  const mergedInto = survivorOf(book, contactId)?.id ?? null;
  throw new MusterError(
    'not-found',
    mergedInto === null ? 'There is no such person.' : 'This person was linked into another one, who answers instead.',
    { params: { contactId, mergedInto } },
  );
}

/** How emails are compared; null stays null. */
export function emailKey(email: string | null): string | null {
  const trimmed = email?.trim().toLowerCase() ?? '';
  return trimmed === '' ? null : trimmed;
}

function newContact(id: string): Contact {
  return {
    id,
    customName: null,
    favourite: false,
    customGroups: null,
    customTimeZone: null,
    monitored: true,
    mergedInto: null,
  };
}

function sameIdentity(a: Identity, b: Identity): boolean {
  return (
    a.displayName === b.displayName &&
    a.email === b.email &&
    a.avatarKey === b.avatarKey &&
    a.timeZone === b.timeZone &&
    a.groups.length === b.groups.length &&
    a.groups.every((group, index) => group === b.groups[index])
  );
}

function moveInIndex(
  index: PersistentMap<readonly string[]>,
  key: string,
  from: string | null,
  to: string | null,
): PersistentMap<readonly string[]> {
  if (from === to) return index;
  let next = index;
  if (from !== null) {
    const rest = (next.get(from) ?? []).filter((other) => other !== key);
    next = rest.length === 0 ? next.delete(from) : next.set(from, rest);
  }
  if (to !== null) next = next.set(to, [...(next.get(to) ?? []), key].sort());
  return next;
}
