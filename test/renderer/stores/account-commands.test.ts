import { afterEach, describe, expect, it, vi } from 'vitest';
import { reconnectAccount } from '../../../renderer/stores/account-commands.ts';
import { useAccountsStore } from '../../../renderer/stores/mirrors.ts';
import type { AccountView } from '../../../src/contract/index.ts';
import { account as made } from '../support/team.ts';

const account = (state: AccountView['state']) => made({ id: 'a_1', state });
const show = (state: AccountView['state']) =>
  useAccountsStore.setState({ items: new Map([['a_1', account(state)]]), phase: 'ready' });
const shown = () => useAccountsStore.getState().items.get('a_1')?.state;

describe('what one does to accounts', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('shows the answer', async () => {
    show('offline');
    vi.stubGlobal('fetch', async () => Response.json(account('connecting')));
    await reconnectAccount('a_1');
    expect(shown()).toBe('connecting');
  });

  it('never lets an answer overwrite the event that came before it', async () => {
    show('offline');
    vi.stubGlobal('fetch', async () => {
      show('connected');
      return Response.json(account('connecting'));
    });
    await reconnectAccount('a_1');
    expect(shown()).toBe('connected');
  });
});
