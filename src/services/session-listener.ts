import type { SessionListener } from './accounts/session-options.ts';
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
  /** An account can be told what its webhook brought. */
  reachable: (accountId: string) => void;
}): Omit<SessionListener, 'health'> {
  const { people, store, ownStatus, contacts, reachable } = options;
  /** People who left a roster are forgotten, but not that somebody was opted out: they may come back. */
  function leave(accountId: string, userIds: readonly string[]): void {
    const gone = userIds.map((userId) => ({ accountId, userId })).filter((key) => !people.isOptedOut(key));
    if (gone.length === 0) return;
    store.forget(gone);
    people.remove(gone);
  }
  return {
    connected(accountId, connection, how) {
      store.connected(accountId, how, connection.presence?.push ?? false);
      // Links into the platform's app exist only with a connection.
      contacts().touchAll();
      ownStatus().accountBack(accountId);
      ownStatus().accountConnected(accountId);
      reachable(accountId);
    },
    lost(accountId, at) {
      store.lost(accountId, at);
      ownStatus().accountLost(accountId);
    },
    identities: (accountId, identities) => people.upsert(accountId, identities),
    removed: (accountId, userIds) => leave(accountId, userIds),
    rosterComplete: (accountId, userIds) =>
      leave(
        accountId,
        people.userIdsOf(accountId).filter((userId) => !userIds.has(userId)),
      ),
    observations(accountId, observations) {
      store.apply(
        accountId,
        observations.filter(({ userId }) => !people.isOptedOut({ accountId, userId })),
      );
    },
    ownChanged: (accountId) => ownStatus().accountConnected(accountId),
    channel: (accountId, state, at) => (state === 'up' ? store.channelUp(accountId) : store.lost(accountId, at)),
  };
}
