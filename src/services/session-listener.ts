import type { SessionListener } from './accounts/account-session.ts';
import type { ContactsService } from './contacts/contacts-service.ts';
import type { People } from './contacts/people.ts';
import type { OwnStatus } from './own-status/own-status.ts';
import type { PresenceStore } from './presence/presence-store.ts';

/** Where what adapters report goes. Opted-out people are dropped here too, whatever an adapter does. */
export function sessionListener(options: {
  people: People;
  store: PresenceStore;
  ownStatus: () => OwnStatus;
  contacts: () => ContactsService;
}): Omit<SessionListener, 'health'> {
  const { people, store, ownStatus, contacts } = options;
  return {
    connected(accountId, connection, how) {
      store.connected(accountId, how, connection.presence?.push ?? false);
      // Links into the platform's app exist only with a connection.
      contacts().touchAll();
      ownStatus().accountConnected(accountId);
    },
    lost(accountId, at) {
      store.lost(accountId, at);
      ownStatus().accountLost(accountId);
    },
    identities: (accountId, identities) => people.upsert(accountId, identities),
    removed(accountId, userIds) {
      const keys = userIds.map((userId) => ({ accountId, userId }));
      store.forget(keys);
      people.remove(keys);
    },
    rosterComplete(accountId, userIds) {
      const gone = people
        .userIdsOf(accountId)
        .filter((userId) => !userIds.has(userId))
        .map((userId) => ({ accountId, userId }));
      if (gone.length === 0) return;
      store.forget(gone);
      people.remove(gone);
    },
    observations(accountId, observations) {
      store.apply(
        accountId,
        observations.filter(({ userId }) => !people.isOptedOut({ accountId, userId })),
      );
    },
    ownChanged: (accountId) => ownStatus().accountConnected(accountId),
  };
}
