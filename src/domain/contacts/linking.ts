import { MusterError } from '../errors.ts';
import { type IdentityKey, identityKeyOf } from '../presence/observation.ts';
import type { Contact, Membership } from './contact.ts';
import { type ContactBook, emailKey, present } from './contact-book.ts';
import type { PersistentMap } from './persistent-map.ts';

/**
 * Makes one person of several. The first survives with what the user said about it; the others are kept, `mergedInto` it, so
 * that unlinking can give them back. Throws `not-found`.
 */
export function link(
  book: ContactBook,
  contactIds: readonly string[],
  linkedBy: 'hand' | 'email' = 'hand',
): ContactBook {
  const [survivor, ...others] = [...new Set(contactIds)].map((id) => present(book, id));
  if (survivor === undefined || others.length === 0) return book;
  let { contacts, memberships, members } = book;
  const all = [...(members.get(survivor.id) ?? [])];
  for (const other of others) {
    contacts = contacts.set(other.id, { ...other, mergedInto: survivor.id });
    for (const key of members.get(other.id) ?? []) {
      memberships = changeMembership(memberships, key, { contactId: survivor.id, linkedBy });
      all.push(key);
    }
    members = members.delete(other.id);
  }
  return { ...book, contacts, memberships, members: members.set(survivor.id, all.sort()) };
}

/**
 * Makes identities of one person a person of their own: the one that they were before they were linked, with all that the user
 * had said about it, else a new one with the id `newId`. They are marked as settled by hand, so that no equal email links them
 * again. All of a person's identities at once are that person already: nothing changes. Throws `not-found`, `invalid-request`.
 */
export function unlink(book: ContactBook, identities: readonly IdentityKey[], newId: string): ContactBook {
  const keys = [...new Set(identities.map(identityKeyOf))];
  const contactId = commonContact(book, keys);
  if (contactId === null) return book;
  const all = book.members.get(contactId) ?? [];
  const staying = all.filter((key) => !keys.includes(key));
  if (staying.length === 0) return book;

  const earlier = earlierContact(book, keys, contactId);
  const target: Contact =
    earlier === null
      ? { ...present(book, contactId), ...PLAIN, id: newId, mergedInto: null }
      : { ...earlier, mergedInto: null };
  let contacts = book.contacts.set(target.id, target);
  let { memberships } = book;
  const stayingHomes = new Set(staying.map((key) => memberships.get(key)?.homeContactId));
  for (const key of keys) {
    const home = contacts.get(memberships.get(key)?.homeContactId ?? '');
    // A home that is in use, or that somebody who stays shares, cannot be given back twice.
    const taken = home === undefined || home.mergedInto === null || stayingHomes.has(home.id);
    const homeContactId = taken ? target.id : home.id;
    memberships = changeMembership(memberships, key, { contactId: target.id, homeContactId, linkedBy: 'hand' });
  }
  for (const key of staying) {
    if (memberships.get(key)?.homeContactId !== target.id) continue;
    memberships = changeMembership(memberships, key, { homeContactId: contactId });
  }
  for (const key of all) contacts = pointHome(contacts, memberships.get(key));
  const members = book.members.set(contactId, staying).set(target.id, [...keys].sort());
  return { ...book, contacts, memberships, members };
}

/**
 * Links people whom the platforms themselves vouch to have the same email. Never for an identity that the user settled by hand
 * (linked or unlinked), and never across an opt-out. `only` limits it to these identity keys: what was just upserted.
 */
export function linkByEmail(book: ContactBook, only: Iterable<string> | null = null): ContactBook {
  const emails = new Set<string>();
  if (only === null) for (const email of book.byEmail.keys()) emails.add(email);
  else for (const key of only) addEmail(emails, book.identities.get(key)?.email ?? null);
  let next = book;
  for (const email of [...emails].sort()) next = linkOneEmail(next, email);
  return next;
}

function addEmail(emails: Set<string>, email: string | null): void {
  const key = emailKey(email);
  if (key !== null) emails.add(key);
}

function linkOneEmail(book: ContactBook, email: string): ContactBook {
  const keys = book.byEmail.get(email) ?? [];
  if (keys.length < 2) return book;
  const settled = new Set<string>();
  const candidates = new Set<string>();
  for (const key of keys) {
    const membership = book.memberships.get(key);
    if (membership === undefined) continue;
    if (membership.linkedBy === 'hand') settled.add(membership.contactId);
    candidates.add(membership.contactId);
  }
  const people = [...candidates]
    .filter((id) => !settled.has(id))
    .map((id) => present(book, id))
    .filter((contact) => contact.monitored)
    .sort((a, b) => said(b) - said(a) || sizeOf(book, b) - sizeOf(book, a) || (a.id < b.id ? -1 : 1));
  return people.length < 2
    ? book
    : link(
        book,
        people.map((contact) => contact.id),
        'email',
      );
}

/** How much the user has said about a person: the one with most keeps its id and its name. */
function said(contact: Contact): number {
  const custom = [contact.customName, contact.customGroups, contact.customTimeZone];
  return custom.filter((value) => value !== null).length + (contact.favourite ? 1 : 0);
}

function sizeOf(book: ContactBook, contact: Contact): number {
  return book.members.get(contact.id)?.length ?? 0;
}

const PLAIN = { customName: null, favourite: false, customGroups: null, customTimeZone: null };

/** The one contact that all these identities belong to; null for none at all. */
function commonContact(book: ContactBook, keys: readonly string[]): string | null {
  let common: string | null = null;
  for (const key of keys) {
    const membership = book.memberships.get(key);
    if (membership === undefined) throw new MusterError('not-found', 'There is no such identity.');
    if (common !== null && membership.contactId !== common) {
      throw new MusterError('invalid-request', 'These identities do not belong to one person.');
    }
    common = membership.contactId;
  }
  return common;
}

/** Who these identities were before the link: of their home contacts the one linked most directly into the present person. */
function earlierContact(book: ContactBook, keys: readonly string[], contactId: string): Contact | null {
  let best: Contact | null = null;
  let bestDepth = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const home = book.contacts.get(book.memberships.get(key)?.homeContactId ?? '');
    if (home === undefined || home.mergedInto === null) continue;
    const depth = depthBelow(book, home, contactId);
    if (depth < bestDepth || (depth === bestDepth && best !== null && home.id < best.id)) {
      best = home;
      bestDepth = depth;
    }
  }
  return best;
}

function depthBelow(book: ContactBook, contact: Contact, top: string): number {
  let depth = 0;
  for (let at: Contact | undefined = contact; at !== undefined && at.id !== top; depth += 1) {
    at = at.mergedInto === null ? undefined : book.contacts.get(at.mergedInto);
  }
  return depth;
}

/** Lets a linked contact answer with the person that its identity is now, where it does not already. */
function pointHome(contacts: PersistentMap<Contact>, membership: Membership | undefined): PersistentMap<Contact> {
  if (membership === undefined || membership.homeContactId === membership.contactId) return contacts;
  const home = contacts.get(membership.homeContactId);
  if (home === undefined) return contacts;
  let end: Contact | undefined = home;
  while (end !== undefined && end.mergedInto !== null) end = contacts.get(end.mergedInto);
  return end?.id === membership.contactId
    ? contacts
    : contacts.set(home.id, { ...home, mergedInto: membership.contactId });
}

function changeMembership(
  memberships: PersistentMap<Membership>,
  key: string,
  change: Partial<Pick<Membership, 'contactId' | 'homeContactId' | 'linkedBy'>>,
): PersistentMap<Membership> {
  const membership = memberships.get(key);
  return membership === undefined ? memberships : memberships.set(key, { ...membership, ...change });
}
