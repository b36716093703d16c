import type { ContactBook } from '../../domain/contacts/contact-book.ts';
import type { PersistentMap } from '../../domain/contacts/persistent-map.ts';
import { identityKeyOf } from '../../domain/presence/observation.ts';
import type { StoredBookDiff } from '../../ports/repositories.ts';

/** The difference between two books; cheap, since unchanged values are the same objects. */
export function diffBooks(before: ContactBook, after: ContactBook): StoredBookDiff {
  const goneIdentities: { accountId: string; userId: string }[] = [];
  for (const [key, identity] of before.identities.entries()) {
    if (!after.identities.has(key)) goneIdentities.push({ accountId: identity.accountId, userId: identity.userId });
  }
  return {
    contacts: changed(before.contacts, after.contacts),
    identities: changed(before.identities, after.identities),
    memberships: changed(before.memberships, after.memberships),
    goneContacts: [...before.contacts.keys()].filter((id) => !after.contacts.has(id)),
    goneIdentities,
  };
}

/** The people whose appearance may differ between two books. */
export function touchedContacts(diff: StoredBookDiff, before: ContactBook, after: ContactBook): Set<string> {
  const touched = new Set<string>(diff.goneContacts);
  for (const contact of diff.contacts) touched.add(contact.id);
  for (const membership of diff.memberships) {
    touched.add(membership.contactId);
    touched.add(membership.homeContactId);
  }
  for (const identity of [...diff.identities, ...diff.goneIdentities]) {
    const key = identityKeyOf(identity);
    const old = before.memberships.get(key);
    const now = after.memberships.get(key);
    if (old) touched.add(old.contactId);
    if (now) touched.add(now.contactId);
  }
  return touched;
}

function changed<V>(before: PersistentMap<V>, after: PersistentMap<V>): V[] {
  const values: V[] = [];
  for (const [key, value] of after.entries()) if (!Object.is(before.get(key), value)) values.push(value);
  return values;
}
