import { useCallback, useEffect } from 'react';
import type { AccountHealthView, AccountView } from '../../../src/contract/index.ts';
import { loadAccountHealth } from '../../stores/account-health-commands.ts';
import { type Loaded, useLoaded } from '../../stores/use-loaded.ts';

const againMs = 5_000;

/** An account's health: when shown, every five seconds while the page is looked at, and at once when its state changes. */
export const useAccountHealth = ({ id, state }: AccountView): Loaded<AccountHealthView> => {
  const load = useCallback(() => loadAccountHealth(id), [id]);
  const loaded = useLoaded(load);
  const { reload } = loaded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state has other numbers.
  useEffect(() => {
    reload();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, againMs);
    return () => clearInterval(timer);
  }, [reload, state]);
  return loaded;
};
