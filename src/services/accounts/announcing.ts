import type { SessionListener } from './session-options.ts';

/** The same listener; after what changes an account's progress or its notices, the account is announced anew. */
export function announcing(
  listener: Omit<SessionListener, 'health'>,
  announce: (accountId: string) => void,
): Omit<SessionListener, 'health'> {
  return {
    ...listener,
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
