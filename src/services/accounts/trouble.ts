import type { AccountState } from './account-record.ts';

/** Whether the account is away, and trying again or about to: one and the same trouble, however often it is tried. */
export function isAway(state: AccountState, reason: string | null): boolean {
  return state === 'offline' || (state === 'connecting' && reason !== null);
}
