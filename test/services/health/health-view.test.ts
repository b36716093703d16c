import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../../src/contract/schemas/account.ts';
import { healthView } from '../../../src/services/health/health-view.ts';

const account = (state: AccountView['state'], stateReason: string | null = null) => ({
  id: 'a_1',
  platform: 'quill',
  label: 'Work',
  state,
  stateReason,
  since: '2026-03-02T09:00:00.000Z',
});
const core = { version: '1', uptimeSeconds: 1, instance: 'i' };
const statusOf = (...accounts: ReturnType<typeof account>[]) => healthView(accounts, core, false).status;

describe('whether Muster is well', () => {
  it('is yes while accounts are connected, switched off, or on their way for the first time', () => {
    expect(statusOf(account('connected'), account('disabled', 'Off.'), account('connecting'))).toBe('ok');
  });

  it('is no while the disk takes no changes', () => {
    expect(healthView([account('connected')], core, true).status).toBe('degraded');
  });

  it('is no as long as one is away, while it tries again too', () => {
    const why = 'The server cannot be reached.';
    for (const state of ['degraded', 'offline', 'needs-sign-in', 'connecting'] as const)
      expect(statusOf(account('connected'), account(state, why)), state).toBe('degraded');
  });
});
