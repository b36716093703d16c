import { identityKeyOf } from '../../domain/presence/observation.ts';
import type { Watches } from '../alerts/watches.ts';
import type { Attention } from '../attention/attention.ts';
import type { People } from '../contacts/people.ts';
import type { PresenceStore } from '../presence/presence-store.ts';
import { ATTENDED_PACE, type Priority, UNATTENDED_PACE } from './poll-planner.ts';
import type { PollSubjects } from './poll-runner.ts';

/** One account's people with why they are looked at, for its poll runners. Opted-out people are not among them. */
export function pollSubjects(
  accountId: string,
  sources: { people: People; store: PresenceStore; attention: Attention; watches: Watches },
): PollSubjects {
  const { people, store, attention, watches } = sources;
  return {
    pace: () => (attention.attended() ? ATTENDED_PACE : UNATTENDED_PACE),
    *people() {
      const onScreen = attention.onScreen();
      const watched = watches.watched();
      const { book } = people;
      for (const identity of book.identities.values()) {
        if (identity.accountId !== accountId || people.isOptedOut(identity)) continue;
        const contact = book.contacts.get(book.memberships.get(identityKeyOf(identity))?.contactId ?? '');
        let priority: Priority = 'rest';
        if (contact && onScreen.has(contact.id)) priority = 'on-screen';
        else if (contact && watched.has(contact.id)) priority = 'watched';
        else if (contact?.favourite) priority = 'favourite';
        yield { userId: identity.userId, priority, status: store.get(identity)?.status ?? 'unknown' };
      }
    },
  };
}
