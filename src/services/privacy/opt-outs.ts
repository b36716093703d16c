import { isMonitored } from '../../domain/contacts/contact-book.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { People } from '../contacts/people.ts';
import type { Pictures } from '../media/pictures.ts';
import type { PresenceStore } from '../presence/presence-store.ts';

/**
 * Whoever is opted out, or gone, is forgotten at once: what was seen of them, and their picture. The rosters concerned are listed
 * anew, so that the adapters forget them too, and learn again about whoever is opted in again.
 */
export function followOptOuts(options: {
  people: People;
  store: PresenceStore;
  pictures: Pictures;
  accounts: Accounts;
}): Dispose {
  const { people, store, pictures, accounts } = options;
  let before = people.book;
  return people.onChange((ids) => {
    const earlier = before;
    before = people.book;
    const listAgain = new Set<string>();
    for (const id of ids) {
      for (const key of earlier.members.get(id) ?? []) {
        const identity = earlier.identities.get(key);
        if (!identity) continue;
        const { accountId, userId, avatarKey } = identity;
        const there = people.book.identities.has(key);
        const optedOut = people.isOptedOut(identity);
        if (there && optedOut === isMonitored(earlier, identity)) listAgain.add(accountId);
        if (there && !optedOut) continue;
        store.forget([identity]);
        accounts.session(accountId)?.forget([userId]);
        if (avatarKey) pictures.forget(accountId, avatarKey);
      }
    }
    for (const accountId of listAgain) accounts.session(accountId)?.listAgain();
  });
}
