import type { Connection } from '../../platforms/platform.ts';
import type { SessionListener } from './session-options.ts';

/** The same listener; after what changes an account's progress or its notices, the account is announced anew. */
export function announcing(
  listener: Omit<SessionListener, 'health'>,
  announce: (accountId: string) => void,
): Omit<SessionListener, 'health'> {
  const told = new Map<string, { readonly connection: Connection; notices: string }>();

  /** A server that a bot is invited to ends the notice that it is in none. */
  function lookAtNotices(accountId: string): void {
    const last = told.get(accountId);
    const notices = last === undefined ? '' : last.connection.notices.join('\n');
    if (last === undefined || last.notices === notices) return;
    last.notices = notices;
    announce(accountId);
  }

  return {
    ...listener,
    connected(accountId, connection, how) {
      told.set(accountId, { connection, notices: connection.notices.join('\n') });
      listener.connected(accountId, connection, how);
    },
    identities(accountId, identities) {
      listener.identities(accountId, identities);
      lookAtNotices(accountId);
    },
    removed(accountId, userIds) {
      listener.removed(accountId, userIds);
      lookAtNotices(accountId);
    },
    lost(accountId, at) {
      told.delete(accountId);
      listener.lost(accountId, at);
    },
    // The progress is over, and who was not found stands in the notices.
    rosterComplete(accountId, userIds) {
      listener.rosterComplete(accountId, userIds);
      announce(accountId);
    },
    // Why nothing arrives stands there too.
    channel(accountId, state, at) {
      listener.channel(accountId, state, at);
      announce(accountId);
    },
  };
}
