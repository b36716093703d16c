import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const DAY = 86_400_000;
const picture = { bytes: new Uint8Array([1, 2, 3]), mediaType: 'image/png' };

async function bench() {
  const slack = new FakePlatform();
  slack.details.set('ann', { displayName: 'Ann B', avatarKey: 'pic' });
  slack.pictures.set('pic', picture);
  const given = await signedIn({ slack });
  const hash = given.person('Ann B').avatarUrl?.split('/').at(-1) ?? '';
  return { ...given, hash };
}

describe('pictures', () => {
  it('are loaded when somebody first asks, once however many ask, and kept over a restart', async () => {
    const { muster, core, platform, hash, restart, clock } = await bench();
    expect(platform.loads).toEqual([]);
    const answers = await Promise.all([muster.pictures.avatar(hash), muster.pictures.avatar(hash)]);
    expect(answers.map((answer) => [...(answer?.bytes ?? [])])).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    await muster.pictures.avatar(hash);
    await core.stop();
    const second = restart();
    expect(await second.muster.pictures.avatar(hash)).toBeNull();
    second.muster.contacts.all();
    expect(await second.muster.pictures.avatar(hash)).toMatchObject({ mediaType: 'image/png' });
    await clock.advance(100);
    expect(platform.loads).toEqual(['pic']);
  });

  it('that are missing are asked for again after a day', async () => {
    const { muster, clock, platform, account } = await bench();
    expect(await muster.pictures.emoji(account.id, 'party')).toBeNull();
    platform.pictures.set('party', picture);
    await clock.advance(DAY - 1_000);
    expect(await muster.pictures.emoji(account.id, 'party')).toBeNull();
    await clock.advance(1_000);
    expect(await muster.pictures.emoji(account.id, 'party')).toMatchObject({ mediaType: 'image/png' });
    expect(platform.loads).toEqual(['party', 'party']);
  });

  it('that cannot be loaded now are asked for again the next time', async () => {
    const { muster, platform, hash } = await bench();
    platform.slowPictures = Promise.reject(new MusterError('timeout', 'Too slow.'));
    expect(await muster.pictures.avatar(hash)).toBeNull();
    platform.slowPictures = null;
    expect(await muster.pictures.avatar(hash)).not.toBeNull();
    expect(await muster.pictures.avatar('no-such-hash')).toBeNull();
  });

  it('are not to be had while the account is offline', async () => {
    const { muster, platform, hash } = await bench();
    platform.live().report.lost(new MusterError('token-revoked', 'Revoked.'));
    expect(await muster.pictures.avatar(hash)).toBeNull();
    expect(platform.loads).toEqual([]);
  });

  it('are not kept of who opts out, not even when that comes while one is on its way', async () => {
    const { muster, core, platform, person, hash, account, clock } = await bench();
    let arrive: () => void = () => undefined;
    platform.slowPictures = new Promise((resolve) => {
      arrive = resolve;
    });
    const loading = muster.pictures.avatar(hash);
    await clock.flush();
    muster.contacts.patch(person('Ann B').id, { monitored: false });
    arrive();
    expect(await loading).toBeNull();
    expect(core.database.pictures.find(account.id, 'avatar', 'pic')).toBeNull();
  });

  it('go with the account', async () => {
    const { muster, core, hash, account } = await bench();
    await muster.pictures.avatar(hash);
    const kept = core.database.pictures.find(account.id, 'avatar', 'pic')?.hash ?? '';
    expect(core.database.pictures.read(kept)).not.toBeNull();
    await muster.accounts.delete(account.id);
    expect(await muster.pictures.avatar(hash)).toBeNull();
    expect(core.database.pictures.references()).toEqual([]);
    expect(core.database.pictures.read(kept)).toBeNull();
  });
});
