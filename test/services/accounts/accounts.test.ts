import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { PLATFORM_IDS } from '../../../src/platforms/manifest.ts';
import { registry } from '../../../src/platforms/registry.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { newHome, startCore, type TestCore } from '../support/core.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const wanted = { platform: 'slack', settings: {}, secrets: { token: 'canary-secret' } };

describe('the accounts', () => {
  it('keep the secret in the secret store and nowhere else', async () => {
    const { muster, core, account, secretStore, events } = await signedIn();
    expect(account).toMatchObject({ platform: 'slack', label: 'Me', account: { userId: 'me' } });
    expect(await secretStore.names()).toEqual([`${account.id}/token`]);
    expect(JSON.stringify([muster.accounts.list(), muster.health(), events])).not.toContain('canary');
    expect(JSON.stringify(core.database.accounts.all())).not.toContain('canary');
  });

  it('close the connection that only checked the credentials', async () => {
    const { platform } = await signedIn();
    expect(platform.connections).toBe(2);
    expect(platform.closed).toBe(1);
  });

  it('keep nothing of wrong credentials, and give the platform’s reason', async () => {
    const { muster, core, platform, secretStore } = await signedIn();
    const before = [core.database.accounts.all(), await secretStore.names()];
    platform.failures.connect.push(new MusterError('credentials-refused', 'invalid_auth'));
    await expect(muster.accounts.create(wanted)).rejects.toMatchObject({
      code: 'credentials-refused',
      message: 'invalid_auth',
    });
    expect([core.database.accounts.all(), await secretStore.names()]).toEqual(before);
    expect(platform.connections - platform.closed).toBe(1);
  });

  it('give up on a platform that does not answer within 20 s, and close what comes later', async () => {
    const { muster, clock, platform } = await signedIn();
    let answer: () => void = () => undefined;
    platform.slow = new Promise((resolve) => {
      answer = resolve;
    });
    const creating = expect(muster.accounts.create(wanted)).rejects.toMatchObject({ code: 'platform-unreachable' });
    await clock.advance(20_100);
    await creating;
    answer();
    await clock.flush();
    expect(platform.connections - platform.closed).toBe(1);
  });

  it('name each setting and secret that is not valid by its path', async () => {
    const { muster } = await signedIn();
    const issues = async (part: object) => {
      const error: unknown = await muster.accounts.create({ ...wanted, ...part }).catch((thrown: unknown) => thrown);
      return error instanceof MusterError ? error.issues.map((issue) => issue.path) : [];
    };
    expect(await issues({ settings: { nmae: 'x', name: 5 } })).toEqual(
      expect.arrayContaining(['settings.nmae', 'settings.name']),
    );
    expect(await issues({ secrets: { tokne: 'x' } })).toEqual(['secrets.tokne', 'secrets.token']);
    expect(await issues({ platform: 'icq' })).toEqual(['platform']);
  });

  it('refuse the same sign-in twice, also when both come at once', async () => {
    const { muster, platform } = await signedIn();
    await expect(muster.accounts.create(wanted)).rejects.toMatchObject({ code: 'conflict' });
    platform.self = 'somebody-else';
    const both = await Promise.allSettled([muster.accounts.create(wanted), muster.accounts.create(wanted)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(muster.accounts.list()).toHaveLength(2);
  });

  it('rename, disable and enable; a disabled one stays closed over a restart', async () => {
    const { muster, core, clock, platform, account, restart } = await signedIn();
    expect(await muster.accounts.patch(account.id, { label: 'Harbour' })).toMatchObject({
      label: 'Harbour',
      state: 'connected',
    });
    expect(await muster.accounts.patch(account.id, { enabled: false })).toMatchObject({ state: 'disabled' });
    expect(platform.connections).toBe(platform.closed);
    muster.accounts.reconnect(account.id);
    await core.stop();
    const second = restart();
    await clock.advance(60_000);
    expect(second.muster.accounts.list()).toMatchObject([{ label: 'Harbour', state: 'disabled' }]);
    expect(platform.connections).toBe(platform.closed);
    await second.muster.accounts.patch(account.id, { enabled: true });
    await clock.advance(100);
    expect(second.muster.accounts.get(account.id).state).toBe('connected');
  });

  it('change a setting, keep the others, and take one back by null', async () => {
    const { muster, account } = await signedIn();
    const changed = await muster.accounts.patch(account.id, { settings: { name: 'other' } });
    expect(changed.settings).toEqual({ name: 'other' });
    expect((await muster.accounts.patch(account.id, { settings: {} })).settings).toEqual({ name: 'other' });
    expect((await muster.accounts.patch(account.id, { settings: { name: null } })).settings).toEqual({ name: 'fake' });
  });

  it('check new secrets before they replace the old ones, and refuse somebody else’s', async () => {
    const { muster, clock, platform, account, secretStore } = await signedIn();
    const kept = () => secretStore.get(`${account.id}/token`);
    platform.failures.connect.push(new MusterError('credentials-refused', 'invalid_auth'));
    await expect(muster.accounts.patch(account.id, { secrets: { token: 'new' } })).rejects.toMatchObject({
      code: 'credentials-refused',
    });
    expect(await kept()).toBe('canary-secret');
    expect(muster.accounts.get(account.id).state).toBe('connected');
    platform.self = 'somebody-else';
    await expect(muster.accounts.patch(account.id, { secrets: { token: 'new' } })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await kept()).toBe('canary-secret');
    platform.self = 'me';
    await muster.accounts.patch(account.id, { secrets: { token: 'new' } });
    await clock.advance(100);
    expect(await kept()).toBe('new');
    expect(platform.connections - platform.closed).toBe(1);
  });

  it('put the old secret back when the store fails in between', async () => {
    const { muster, account, secretStore } = await signedIn();
    const { set } = secretStore;
    let first = true;
    secretStore.set = async (name, value) => {
      await set(name, value);
      if (first) {
        first = false;
        throw new MusterError('secret-store-locked', 'Locked.');
      }
    };
    await expect(muster.accounts.patch(account.id, { secrets: { token: 'new' } })).rejects.toMatchObject({
      code: 'secret-store-locked',
    });
    expect(await secretStore.get(`${account.id}/token`)).toBe('canary-secret');
    first = true;
    const before = await secretStore.names();
    await expect(muster.accounts.create({ ...wanted, settings: { name: 'other' } })).rejects.toMatchObject({
      code: 'secret-store-locked',
    });
    expect(await secretStore.names()).toEqual(before);
    expect(muster.accounts.list()).toHaveLength(1);
  });

  it('take everything along when one is deleted, own status given back first', async () => {
    const { muster, core, clock, platform, account, secretStore, named } = await signedIn();
    platform.own = { status: 'online', message: 'Mine', until: null, doNotDisturb: false };
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    platform.push('ann', 'online');
    await clock.advance(3_000);
    expect(core.database.observations.all()).toHaveLength(1);
    await muster.accounts.delete(account.id);
    await clock.advance(5_000);
    expect(platform.own).toMatchObject({ status: 'online', message: 'Mine' });
    expect(platform.connections).toBe(platform.closed);
    expect(await secretStore.names()).toEqual([]);
    expect(core.database.accounts.all()).toEqual([]);
    expect(core.database.observations.all()).toEqual([]);
    expect(core.database.book.load()).toEqual({ contacts: [], identities: [], memberships: [] });
    expect(core.database.journal.find(account.id, 'status')).toBeNull();
    expect(muster.contacts.all()).toEqual([]);
    expect(named('account').at(-1)?.data).toEqual({ id: account.id, removed: true });
    expect(named('contact').filter((event) => 'removed' in event.data)).toHaveLength(2);
    expect(() => muster.accounts.get(account.id)).toThrow('no such account');
  });

  it('stay whole when the keychain refuses to forget, and do not wait for a platform that hangs', async () => {
    const { muster, clock, platform, account, secretStore } = await signedIn();
    const forget = secretStore.delete;
    secretStore.delete = async () => {
      throw new MusterError('secret-store-locked', 'Locked.');
    };
    await expect(muster.accounts.delete(account.id)).rejects.toMatchObject({ code: 'secret-store-locked' });
    expect(muster.accounts.get(account.id).state).toBe('connected');
    secretStore.delete = forget;
    await muster.ownStatus.set({ status: 'busy', message: 'Focus' });
    platform.stall = new Promise(() => undefined);
    const deleting = muster.accounts.delete(account.id);
    await clock.advance(5_100);
    await deleting;
    expect(muster.accounts.list()).toEqual([]);
  });

  it('are not brought back by a change that was under way when one was deleted', async () => {
    const { muster, core, account } = await signedIn();
    const [changed, deleted] = await Promise.allSettled([
      muster.accounts.patch(account.id, { secrets: { token: 'new' } }),
      muster.accounts.delete(account.id),
    ]);
    expect([changed.status, deleted.status]).toEqual(['fulfilled', 'fulfilled']);
    await expect(muster.accounts.patch(account.id, { label: 'x' })).rejects.toMatchObject({ code: 'not-found' });
    expect(core.database.accounts.all()).toEqual([]);
    expect(await core.secretStore.names()).toEqual([]);
  });

  it('never touch one another when one fails', async () => {
    const xmpp = new FakePlatform({ platform: 'xmpp' });
    const { muster, clock, platform } = await signedIn({ xmpp });
    platform.live().report.lost(new MusterError('token-revoked', 'Revoked.'));
    await clock.advance(600_000);
    expect(muster.accounts.list().map((view) => view.state)).toEqual(['needs-sign-in', 'connected']);
    expect(xmpp.connections - xmpp.closed).toBe(1);
    expect(muster.health()).toMatchObject({
      status: 'degraded',
      accounts: [
        { state: 'needs-sign-in', lastError: 'Revoked.' },
        { state: 'connected', lastError: null },
      ],
    });
    xmpp.push('ann', 'online');
    expect(muster.contacts.all().some((person) => person.status === 'online')).toBe(true);
  });

  it('describe the platforms, their secrets as passwords', async () => {
    const { muster } = await signedIn();
    expect(muster.accounts.platforms().map((platform) => platform.id)).toEqual([...PLATFORM_IDS]);
    expect(muster.accounts.platforms()[0]?.secrets).toMatchObject({
      required: ['token'],
      properties: { token: { format: 'password' } },
    });
  });

  it('leave an account of an unknown platform alone on the disk', async () => {
    const clock = new FakeClock();
    const home = newHome();
    const start = (): TestCore =>
      startCore({ clock, home, registry: { ...registry, slack: new FakePlatform(), xmpp: new FakePlatform() } });
    const first = start();
    first.database.accounts.save({
      id: 'a_icq',
      platform: 'icq',
      label: 'ICQ',
      settings: {},
      enabled: true,
      createdAt: clock.now(),
      self: null,
    });
    await first.stop();
    const second = start();
    expect(second.muster.accounts.list()).toEqual([]);
    expect(second.database.accounts.all()).toHaveLength(1);
    await second.stop();
    expect(clock.pending).toBe(0);
  });
});
