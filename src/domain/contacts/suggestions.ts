import { identityKeyOf } from '../presence/observation.ts';
import type { Identity, Membership } from './contact.ts';
import type { ContactBook } from './contact-book.ts';
import { type MatchedPair, matchPeople } from './same-person/match-people.ts';
import { type Profile, profileOf } from './same-person/profile.ts';
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
 * Who may be one person, surest first. Not what was dismissed (whichever of their identities was asked about), what the user settled
 * by hand, or what is opted out. `pictureOf`: a hash of the avatar's bytes, where they are known.
 */
export function suggestions(
  book: ContactBook,
  dismissed: ReadonlySet<string>,
  pictureOf: (identity: Identity) => string | null = () => null,
): readonly LinkSuggestion[] {
  const profiles: Profile[] = [];
  for (const [key, identity] of book.identities) {
    const membership = book.memberships.get(key);
    if (membership === undefined || !isOpen(book, membership)) continue;
    profiles.push(profileOf(key, identity, membership.contactId, pictureOf(identity)));
  }
  return matchPeople(profiles)
    .pairs.filter((pair) => !isDismissed(book, pair, dismissed))
    .map(({ profiles: [a, b], score, reasons }) => ({
      key: suggestionKey(a.identity, b.identity),
      contactIds: [a.contactId, b.contactId],
      score,
      reasons,
    }));
}

/** May be asked about: not opted out, and not set apart by hand. */
function isOpen(book: ContactBook, { contactId, linkedBy }: Membership): boolean {
  if (book.contacts.get(contactId)?.monitored !== true) return false;
  return linkedBy !== 'hand' || (book.members.get(contactId)?.length ?? 0) > 1;
}

function isDismissed(book: ContactBook, { profiles: [a, b] }: MatchedPair, dismissed: ReadonlySet<string>): boolean {
  if (dismissed.size === 0) return false;
  const identitiesOf = (contactId: string) =>
    (book.members.get(contactId) ?? []).flatMap((key) => book.identities.get(key) ?? []);
  const others = identitiesOf(b.contactId);
  return identitiesOf(a.contactId).some((one) => others.some((other) => dismissed.has(suggestionKey(one, other))));
}

function suggestionKey(a: Identity, b: Identity): string {
  const [first, second] = [a, b].sort((x, y) => (identityKeyOf(x) < identityKeyOf(y) ? -1 : 1));
  return JSON.stringify([first?.accountId, first?.userId, second?.accountId, second?.userId]);
}
