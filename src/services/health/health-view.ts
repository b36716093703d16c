import type { AccountView } from '../../contract/schemas/account.ts';
import type { HealthView } from '../../contract/schemas/system.ts';

/** Whether Muster and its accounts are well. An account that is switched off, or only on its way, is not ill. */
export function healthView(
  accounts: readonly AccountView[],
  core: Pick<HealthView, 'version' | 'uptimeSeconds' | 'instance'>,
): HealthView {
  const ill = accounts.some(({ state }) => state !== 'connected' && state !== 'disabled' && state !== 'connecting');
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
