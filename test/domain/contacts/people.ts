import type { Identity } from '../../../src/domain/contacts/contact.ts';
import { bookOf, type ContactBook, upsertIdentity } from '../../../src/domain/contacts/contact-book.ts';
import { identityKeyOf } from '../../../src/domain/presence/observation.ts';

/** An identity with nothing known but what the test says. */
export function identity(part: Partial<Identity> = {}): Identity {
  return {
    accountId: 'slack',
    userId: 'U1',
    displayName: 'Ada Byron',
    email: null,
    avatarKey: null,
    timeZone: null,
    groups: [],
    ...part,
  };
}

/** A book of people, each a person of its own with the ids c1, c2, … */
export function bookWith(...identities: Identity[]): ContactBook {
  return identities.reduce(
    (book, one, index) => upsertIdentity(book, one, `c${index + 1}`),
    bookOf({ contacts: [], identities: [], memberships: [] }),
  );
}

/** All that a book says, in a form that compares by value. `settled: false` leaves out who linked last. */
export function contentOf(book: ContactBook, settled = true) {
  const sorted = <V>(map: Iterable<readonly [string, V]>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    contacts: sorted(book.contacts),
    identities: sorted(book.identities),
    memberships: sorted(book.memberships).map(([key, { linkedBy, ...rest }]) => [
      key,
      settled ? { linkedBy, ...rest } : rest,
    ]),
    members: sorted(book.members),
    byEmail: sorted(book.byEmail),
  };
}

/** What is wrong with a book; empty when every invariant of contact-book.ts holds. */
export function brokenInvariants(book: ContactBook): string[] {
  const wrong: string[] = [];
  const rebuilt = bookOf({
    contacts: book.contacts.values(),
    identities: book.identities.values(),
    memberships: book.memberships.values(),
  });
  if (JSON.stringify(contentOf(rebuilt)) !== JSON.stringify(contentOf(book))) wrong.push('an index is not up to date');
  const homes = new Set<string>();
  for (const [key, membership] of book.memberships) {
    if (key !== identityKeyOf(membership)) wrong.push(`${key} is filed under another key`);
    if (!book.identities.has(key)) wrong.push(`${key} is a member but unknown`);
    if (book.contacts.get(membership.contactId)?.mergedInto !== null) wrong.push(`${key} belongs to nobody`);
    homes.add(membership.homeContactId);
    let home = book.contacts.get(membership.homeContactId);
    for (let steps = 0; home !== undefined && home.mergedInto !== null && steps < 99; steps += 1) {
      homes.add(home.mergedInto);
      home = book.contacts.get(home.mergedInto);
    }
    if (home?.id !== membership.contactId) wrong.push(`the home of ${key} answers with somebody else`);
  }
  for (const key of book.identities.keys()) if (!book.memberships.has(key)) wrong.push(`${key} is nobody`);
  for (const { id, mergedInto } of book.contacts.values()) {
    if (mergedInto === null && !book.members.has(id)) wrong.push(`${id} has no identities`);
    if (mergedInto !== null && !homes.has(id)) wrong.push(`${id} can never come back`);
  }
  return wrong;
}
