import type { AccountView } from '../../src/contract/index.ts';

type AccountState = AccountView['state'];

/** States in which an account does not do what it should; switched off by hand is none of them. */
const troubled: ReadonlySet<AccountState> = new Set(['degraded', 'offline', 'needs-sign-in'] satisfies AccountState[]);

/** The worst first: what only the user can put right leads. */
const urgency: Readonly<Record<AccountState, number>> = {
  'needs-sign-in': 0,
  offline: 1,
  degraded: 2,
  connecting: 3,
  connected: 4,
  disabled: 5,
};

/** The state that counts: who tries to come back is away still, however often it is tried. */
export const lastingState = ({ state, stateReason }: Pick<AccountView, 'state' | 'stateReason'>): AccountState =>
  state === 'connecting' && stateReason !== null ? 'offline' : state;

/** Accounts that need attention, the most urgent first. */
export const accountsInTrouble = (accounts: ReadonlyMap<string, AccountView>): readonly AccountView[] =>
  [...accounts.values()]
    .filter((account) => troubled.has(lastingState(account)))
    .sort((a, b) => urgency[lastingState(a)] - urgency[lastingState(b)]);

/** All accounts in one word: no accounts yet, all well, some still connecting, or the most urgent trouble. */
export type Health =
  | { readonly kind: 'none' }
  | { readonly kind: 'well'; readonly count: number }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'trouble'; readonly account: AccountView; readonly others: number };

/** What the foot of the popover says about the connections. */
export const healthOf = (accounts: ReadonlyMap<string, AccountView>): Health => {
  const [account, ...others] = accountsInTrouble(accounts);
  if (account !== undefined) return { kind: 'trouble', account, others: others.length };
  const used = [...accounts.values()].filter(({ state }) => state !== 'disabled');
  if (used.length === 0) return { kind: 'none' };
  if (used.some(({ state }) => state === 'connecting')) return { kind: 'connecting' };
  return { kind: 'well', count: used.length };
};
