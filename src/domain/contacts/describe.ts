import { identityKeyOf } from '../presence/observation.ts';
import type { Contact, Identity } from './contact.ts';
import { type ContactBook, present } from './contact-book.ts';

/** A person as they are shown: what the user said, else what the identities say. */
export interface Person {
  readonly contact: Contact;
  readonly name: string;
  readonly email: string | null;
  readonly groups: readonly string[];
  readonly timeZone: string | null;
  /** The most telling first. */
  readonly identities: readonly Identity[];
}

/** How a person is shown. Throws `not-found` like `present`. */
export function describe(book: ContactBook, contactId: string): Person {
  const contact = present(book, contactId);
  const identities = (book.members.get(contactId) ?? [])
    .map((key) => book.identities.get(key))
    .filter((identity) => identity !== undefined)
    .sort((a, b) => nameRank(b) - nameRank(a) || atHome(book, b, contactId) - atHome(book, a, contactId));
  return {
    contact,
    name: contact.customName ?? nameOf(identities),
    email: identities.find((identity) => identity.email !== null)?.email ?? null,
    groups: contact.customGroups ?? [...new Set(identities.flatMap((identity) => identity.groups))].sort(),
    timeZone: contact.customTimeZone ?? identities.find((identity) => identity.timeZone !== null)?.timeZone ?? null,
    identities,
  };
}

/** 2 for a full name, 1 for a name, 0 for what is only an id or an address in other words. */
function nameRank(identity: Identity): number {
  const name = identity.displayName.trim();
  if (name === '' || name === identity.userId || name.includes('@')) return 0;
  return /\s/u.test(name) ? 2 : 1;
}

function atHome(book: ContactBook, identity: Identity, contactId: string): number {
  return book.memberships.get(identityKeyOf(identity))?.homeContactId === contactId ? 1 : 0;
}

/** A name if anyone has one, else an address, else, when nothing else is known, an id. */
function nameOf(identities: readonly Identity[]): string {
  const named = identities.find((identity) => nameRank(identity) > 0);
  if (named !== undefined) return named.displayName.trim();
  const address = identities.find((identity) => identity.email !== null)?.email;
  const spoken = identities.find((identity) => identity.displayName.trim() !== '')?.displayName.trim();
  return address ?? spoken ?? identities[0]?.userId ?? '';
}
