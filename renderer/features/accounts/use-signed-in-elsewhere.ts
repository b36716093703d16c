import { useEffect, useRef } from 'react';
import { host } from '../../host/host.ts';
import { useAccountsStore } from '../../stores/mirrors.ts';
import type { SignInTarget } from './sign-in-target.ts';

/** Tells once when an account appears, or becomes usable again, that was signed in elsewhere: in the window of its own. */
export const useSignedInElsewhere = (
  { platform, accountId }: SignInTarget,
  listening: boolean,
  onDone: (accountId: string) => void,
): void => {
  const accounts = useAccountsStore((state) => state.items);
  const known = useRef<ReadonlySet<string> | null>(null);
  const wasOut = useRef(accountId !== null && accounts.get(accountId)?.state === 'needs-sign-in');
  useEffect(() => {
    if (host() === null || !listening) return;
    const before = known.current;
    known.current = new Set(accounts.keys());
    if (accountId !== null) {
      const state = accounts.get(accountId)?.state;
      if (wasOut.current && (state === 'connected' || state === 'degraded')) {
        wasOut.current = false;
        onDone(accountId);
      }
      return;
    }
    if (before === null) return;
    const added = [...accounts.values()].find(({ id, platform: of }) => of === platform.id && !before.has(id));
    if (added !== undefined) onDone(added.id);
  }, [accounts, accountId, platform.id, listening, onDone]);
};
