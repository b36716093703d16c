import { afterEach, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
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

it('tells a refused sign-in, and once that an account needs its user, however often Muster starts', async () => {
  const { muster, account, platform, clock, core, restart } = await signedIn();
  const refused = () => new MusterError('credentials-refused', 'invalid_auth');
  platform.failures.connect.push(refused());
  await expect(
    muster.accounts.create({ platform: 'slack', settings: { name: 'x' }, secrets: { token: 'canary-wrong' } }),
  ).rejects.toThrow();
  platform.live().report.lost(refused());
  await clock.advance(100);
  await core.stop();
  platform.failures.connect.push(refused());
  const next = restart();
  await clock.advance(100);
  expect(next.muster.accounts.get(account.id).state).toBe('needs-sign-in');
  expect(next.muster.audit.list().map(({ event, detail }) => [event, detail])).toEqual([
    ['needs-sign-in', 'invalid_auth'],
    ['sign-in-failed', 'invalid_auth'],
    ['signed-in', 'Signed in as Me.'],
  ]);
});
