import { identityKeyOf } from '../presence/observation.ts';
import type { Identity } from './contact.ts';
import { type ContactBook, emailKey } from './contact-book.ts';
import type { SamePersonReason } from './same-person/reason.ts';

/** Two people who may be one. Only the user can say so. */
export interface LinkSuggestion {
  /** Stable over restarts; what a dismissal remembers. */
  readonly key: string;
  readonly contactIds: readonly [string, string];
  /** How sure it is, 0 to 1. */
  readonly score: number;
  /** What speaks for it, strongest first. */
  readonly reasons: readonly SamePersonReason[];
}

/**
 * Who may be one person: somebody's own address on a platform (an XMPP one; it is no email) is spelled like another's
 * confirmed email. Not what was dismissed, what the user settled by hand, or what is opted out.
 */
export function suggestions(book: ContactBook, dismissed: ReadonlySet<string>): readonly LinkSuggestion[] {
  const found: LinkSuggestion[] = [];
  for (const [key, identity] of book.identities) {
    const address = addressOf(identity);
    const own = book.memberships.get(key);
    if (address === null || own === undefined || own.linkedBy === 'hand' || !monitored(book, own.contactId)) continue;
    const seen = new Set([own.contactId]);
    for (const otherKey of book.byEmail.get(address) ?? []) {
      const other = book.memberships.get(otherKey);
      const otherIdentity = book.identities.get(otherKey);
      if (other === undefined || otherIdentity === undefined || seen.has(other.contactId)) continue;
      seen.add(other.contactId);
      const suggestionKey = keyOf(identity, otherIdentity);
      if (dismissed.has(suggestionKey) || !monitored(book, other.contactId)) continue;
      found.push({
        key: suggestionKey,
        contactIds: [other.contactId, own.contactId],
        score: 0.99,
        reasons: [{ kind: 'address-equals-email', detail: address }],
      });
    }
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function monitored(book: ContactBook, contactId: string): boolean {
  return book.contacts.get(contactId)?.monitored === true;
}

/** The user id where it is an address rather than an opaque id. */
function addressOf(identity: Identity): string | null {
  return /^[^@\s/]+@[^@\s/]+$/.test(identity.userId) ? emailKey(identity.userId) : null;
}

function keyOf(a: Identity, b: Identity): string {
  const [first, second] = [a, b].sort((x, y) => (identityKeyOf(x) < identityKeyOf(y) ? -1 : 1));
  return JSON.stringify([first?.accountId, first?.userId, second?.accountId, second?.userId]);
}
