import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const revoked = () => new MusterError('token-revoked', 'The token was revoked. Sign in again.');
const away = () => new MusterError('platform-unreachable', 'The server is away.');

describe('a notice about an account', () => {
  it('is one when it needs its user, with the reason, and one when it is back', async () => {
    const { core, platform, clock, muster, account } = await signedIn();
    platform.live().report.lost(revoked());
    await clock.advance(60_000);
    expect(core.notifications).toEqual([
      {
        id: expect.any(String),
        title: `${account.label}: needs-you`,
        body: 'The token was revoked. Sign in again.',
        contactId: null,
        accountId: account.id,
      },
    ]);
    platform.failures.connect.push(revoked());
    muster.accounts.reconnect(account.id);
    await clock.advance(60_000);
    expect(core.notifications).toHaveLength(1);
    muster.accounts.reconnect(account.id);
    await clock.advance(60_000);
    expect(core.notifications.map(({ title }) => title)).toEqual([
      `${account.label}: needs-you`,
      `${account.label}: back`,
    ]);
    await clock.advance(3_600_000);
    platform.live().report.lost(revoked());
    await clock.advance(60_000);
    expect(core.notifications).toHaveLength(3);
  });

  it('is none about what heals by itself, however long that takes', async () => {
    const { core, platform, clock } = await signedIn();
    platform.failures.connect.push(...Array.from({ length: 30 }, away));
    platform.live().report.lost(away());
    await clock.advance(600_000);
    expect(core.notifications).toEqual([]);
  });

  it('is not said again after a restart, and “back” is said then too', async () => {
    const { core, platform, clock, restart, account } = await signedIn();
    platform.live().report.lost(revoked());
    await clock.advance(60_000);
    await core.stop();
    platform.failures.connect.push(revoked());
    const second = restart();
    await clock.advance(60_000);
    expect(second.muster.accounts.get(account.id).state).toBe('needs-sign-in');
    expect(second.notifications).toEqual([]);
    await second.stop();
    const third = restart();
    await clock.advance(60_000);
    expect(third.notifications.map(({ title }) => title)).toEqual([`${account.label}: back`]);
  });

  it('is none when the user repairs it at once, switches it off or removes it', async () => {
    const { core, platform, clock, muster, account } = await signedIn();
    platform.live().report.lost(revoked());
    await clock.advance(1_000);
    muster.accounts.reconnect(account.id);
    await clock.advance(60_000);
    expect(core.notifications).toEqual([]);
    platform.live().report.lost(revoked());
    await clock.advance(60_000);
    expect(core.notifications).toHaveLength(1);
    await muster.accounts.patch(account.id, { enabled: false });
    await clock.advance(60_000);
    expect(core.notifications).toHaveLength(1);
    const deleting = muster.accounts.delete(account.id);
    await clock.advance(10_000);
    await deleting;
    await clock.advance(60_000);
    expect(core.notifications).toHaveLength(1);
  });

  it('is none where the user wants no notifications', async () => {
    const { core, platform, clock, muster } = await signedIn();
    muster.preferences.patch({ notifications: false });
    platform.live().report.lost(revoked());
    await clock.advance(60_000);
    expect(core.notifications).toEqual([]);
  });
});
