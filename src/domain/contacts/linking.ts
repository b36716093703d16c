import { MusterError } from '../errors.ts';
import { type IdentityKey, identityKeyOf } from '../presence/observation.ts';
import type { Contact, Membership } from './contact.ts';
import { type ContactBook, emailKey, homesAbove, present } from './contact-book.ts';
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

  // What those who stay answer for stays with them.
  const kept = new Set([contactId, ...staying.flatMap((key) => homesAbove(book, key))]);
  const earlier = earlierContact(book, keys, kept);
  const target: Contact = earlier ?? { ...present(book, contactId), ...PLAIN, id: newId };
  let contacts = book.contacts.set(target.id, { ...target, mergedInto: null });
  let { memberships } = book;
  for (const key of keys) {
    const own = homesAbove(book, key).filter((id) => !kept.has(id));
    const top = contacts.get(own.at(-1) ?? '');
    if (top !== undefined && top.id !== target.id) contacts = contacts.set(top.id, { ...top, mergedInto: target.id });
    const homeContactId = own[0] ?? target.id;
    memberships = changeMembership(memberships, key, { contactId: target.id, homeContactId, linkedBy: 'hand' });
  }
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

/** Who these identities were before the link: the contact nearest to the present one that nobody else answers for. */
function earlierContact(book: ContactBook, keys: readonly string[], kept: ReadonlySet<string>): Contact | null {
  const candidates = keys.map((key) => {
    const homes = homesAbove(book, key);
    const own = homes.filter((id) => !kept.has(id));
    return { id: own.at(-1) ?? null, depth: homes.length - own.length };
  });
  const [best] = candidates
    .filter(({ id }) => id !== null)
    .sort((a, b) => a.depth - b.depth || ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
  return book.contacts.get(best?.id ?? '') ?? null;
}

function changeMembership(
  memberships: PersistentMap<Membership>,
  key: string,
  change: Partial<Pick<Membership, 'contactId' | 'homeContactId' | 'linkedBy'>>,
): PersistentMap<Membership> {
  const membership = memberships.get(key);
  return membership === undefined ? memberships : memberships.set(key, { ...membership, ...change });
}
