import type { Contact, Identity, Membership } from '../../domain/contacts/contact.ts';
import type { ContactBook } from '../../domain/contacts/contact-book.ts';
import type { PersistentMap } from '../../domain/contacts/persistent-map.ts';
import { identityKeyOf } from '../../domain/presence/observation.ts';

/** What has to be written so that the disk holds the later book. Keys of what is gone are contact ids or `identityKeyOf`. */
export interface BookDiff {
  readonly contacts: readonly Contact[];
  readonly identities: readonly Identity[];
  readonly memberships: readonly Membership[];
  readonly goneContacts: readonly string[];
  readonly goneIdentities: readonly { readonly accountId: string; readonly userId: string }[];
}

/** The difference between two books; cheap, since unchanged values are the same objects. */
export function diffBooks(before: ContactBook, after: ContactBook): BookDiff {
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
export function touchedContacts(diff: BookDiff, before: ContactBook, after: ContactBook): Set<string> {
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
