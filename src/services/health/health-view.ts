import type { AccountView } from '../../contract/schemas/account.ts';
import type { HealthView } from '../../contract/schemas/system.ts';
import { isAway } from '../accounts/trouble.ts';

/**
 * Whether Muster and its accounts are well. An account that is switched off, or on its way for the first time, is not ill.
 * `onlyInMemory`: the disk takes no changes.
 */
export function healthView(
  accounts: readonly Pick<AccountView, 'id' | 'platform' | 'label' | 'state' | 'since' | 'stateReason'>[],
  core: Pick<HealthView, 'version' | 'uptimeSeconds' | 'instance'>,
  onlyInMemory: boolean,
): HealthView {
  const ill =
    onlyInMemory ||
    accounts.some(
      ({ state, stateReason }) => state === 'degraded' || state === 'needs-sign-in' || isAway(state, stateReason),
    );
  return {
    status: ill ? 'degraded' : 'ok',
    ...core,
    accounts: accounts.map(({ id, platform, label, state, since, stateReason }) => ({
      id,
      platform,
      label,
      state,
      since,
      lastError: stateReason,
    })),
  };
}
