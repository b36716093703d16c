import { afterEach, expect, it } from 'vitest';
import { FakeClock } from '../../support/fake-clock.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

const running: TestCore[] = [];
afterEach(async () => {
  await stopCores();
  for (const core of running.splice(0)) await core.stop();
});

it('tells the life of an account, with its name at the time, also after it is gone', async () => {
  const { muster, account } = await signedIn();
  await muster.accounts.patch(account.id, { label: 'Harbour' });
  await muster.accounts.patch(account.id, { secrets: { token: 'canary-two' } });
  await muster.accounts.delete(account.id);
  expect(muster.audit.list()).toMatchObject([
    { event: 'signed-out', label: 'Harbour' },
    { event: 'secrets-replaced', label: 'Harbour' },
    { event: 'signed-in', label: 'Me', accountId: account.id, platform: 'slack', detail: 'Signed in as Me.' },
  ]);
  expect(JSON.stringify(muster.audit.list())).not.toContain('canary');
});

it('tells where the secrets were moved', async () => {
  const core = startCore({ clock: new FakeClock() });
  running.push(core);
  await core.muster.secrets.move('vault');
  await core.muster.secrets.move('memory');
  expect(core.muster.audit.list()).toMatchObject([
    { event: 'secrets-moved', accountId: null, detail: 'The secrets were moved from memory to the encrypted vault.' },
  ]);
});
