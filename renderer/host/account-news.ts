import type { AccountView } from '../../src/contract/index.ts';

/** What is told about an account: it needs a person, or it is back. `since` tells one trouble from the next. */
export type AccountNews = {
  readonly kind: 'needs-you' | 'back';
  readonly account: AccountView;
  readonly since: string;
};

/** What is over within this was nothing: a sign-in that is just being repaired. */
const settlesMs = 5_000;

/** Only a person can help: the sign-in does not hold, or trying again would end the same way. */
const needsPerson = ({ state, retryAt }: AccountView): boolean =>
  state === 'needs-sign-in' || (state === 'offline' && retryAt === null);

/** Follows the accounts' events and tells each trouble that needs a person once, and once that it is over. */
export const createAccountNews = (tell: (news: AccountNews) => void) => {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const told = new Map<string, string>();

  const settle = (id: string): void => {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
  };
  return {
    /** Takes an account as an event brings it. */
    follow: (account: AccountView): void => {
      const { id, state, since } = account;
      if (needsPerson(account)) {
        if (told.has(id) || waiting.has(id)) return;
        const wait = setTimeout(() => {
          waiting.delete(id);
          told.set(id, since);
          tell({ kind: 'needs-you', account, since });
        }, settlesMs);
        waiting.set(id, wait);
        return;
      }
      // Trying again is no answer yet.
      if (state === 'connecting' || state === 'offline') return;
      settle(id);
      const before = told.get(id);
      told.delete(id);
      if (before !== undefined && state !== 'disabled') tell({ kind: 'back', account, since: before });
    },
    /** Forgets an account that was removed. */
    forget: (id: string): void => {
      settle(id);
      told.delete(id);
    },
  };
};
