import { afterEach, expect, it } from 'vitest';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { registry } from '../../../src/platforms/registry.ts';
import { addressKeyOf, webhookAddress } from '../../../src/services/webhooks/address.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { newHome, startCore, type TestCore } from '../support/core.ts';
import { FakePlatform } from '../support/fake-platform.ts';

const cores: TestCore[] = [];
afterEach(async () => {
  for (const core of cores.splice(0)) await core.stop();
});

it('has a key that differs by account and home, and says nothing about either', () => {
  const key = Buffer.alloc(32, 1);
  const mine = addressKeyOf({ id: 'a_1', platform: 'zoom' }, key);
  expect(mine).toMatch(/^[\w-]{32}$/);
  expect(addressKeyOf({ id: 'a_2', platform: 'zoom' }, key)).not.toBe(mine);
  expect(addressKeyOf({ id: 'a_1', platform: 'zoom' }, Buffer.alloc(32, 2))).not.toBe(mine);
});

it('stands behind the public address', () => {
  const url = new URL(
    webhookAddress(new URL('https://muster.example.org'), { id: 'a_1', platform: 'zoom' }, Buffer.alloc(32)),
  );
  expect(url.origin + url.pathname).toBe('https://muster.example.org/hooks/zoom/a_1');
  expect(url.searchParams.get('key')).not.toBe('');
});

it('is known to the adapter when a public address is configured, the same after a restart', async () => {
  const platform = new FakePlatform();
  const home = newHome();
  const secretStore = memoryStore();
  const open = async (publicUrl?: URL) => {
    const clock = new FakeClock();
    const core = startCore({
      clock,
      home,
      secretStore,
      registry: { ...registry, slack: platform },
      ...(publicUrl ? { publicUrl } : {}),
    });
    cores.push(core);
    await core.muster.prepare();
    if (core.muster.accounts.ids().length === 0)
      await core.muster.accounts.create({ platform: 'slack', settings: {}, secrets: { token: 't' } });
    else for (const id of core.muster.accounts.ids()) core.muster.accounts.reconnect(id);
    await clock.advance(1_000);
    return core;
  };
  const first = await open(new URL('https://muster.example.org'));
  const url = platform.live().webhookUrl;
  expect(url).toContain('https://muster.example.org/hooks/slack/');
  const [id = ''] = first.muster.accounts.ids();
  // What the user sees and pastes has no key in it.
  const shown = first.muster.healths.of(id).webhookUrl ?? '';
  expect(shown).toBe(`https://muster.example.org/hooks/slack/${id}`);
  expect(url?.startsWith(shown)).toBe(true);
  await first.stop();
  expect(await secretStore.names()).toContain('webhooks/address-key');
  const without = await open();
  expect(platform.live().webhookUrl).toBe(null);
  await without.stop();
});
