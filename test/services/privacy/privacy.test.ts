import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

/** A core with something of everything. */
async function lived() {
  const bench = await signedIn();
  const { muster, platform, clock, person } = bench;
  platform.own = { status: 'online', message: 'Mine', until: null, doNotDisturb: false };
  platform.push('ann', 'online', { message: 'canary-message' });
  muster.contacts.patch(person('ann').id, { name: 'Canary Ann' });
  muster.watches.create({ contactId: person('Canary Ann').id, to: ['away'], repeat: 'always' });
  platform.push('ann', 'away');
  muster.schedules.create({
    name: 'Canary night',
    enabled: true,
    timeZone: 'UTC',
    rules: [{ days: ['mon'], from: '00:00', to: '24:00' }],
    exceptions: [],
    doNotDisturb: true,
    status: null,
    message: null,
    emoji: null,
    allow: [],
  });
  await muster.ownStatus.set({ status: 'busy', message: 'Canary focus' });
  await clock.advance(5_000);
  return bench;
}

describe('privacy', () => {
  it('takes everything out but the secrets', async () => {
    const { muster } = await lived();
    const document = muster.privacy.export();
    expect(document).toMatchObject({
      version: '0.0.0-test',
      accounts: [{ platform: 'slack' }],
      contacts: expect.arrayContaining([expect.objectContaining({ name: 'Canary Ann' })]),
      me: { intent: { message: 'Canary focus' } },
      presets: [{ name: 'Focus' }, { name: 'Lunch' }, { name: 'Remote' }],
      schedules: [{ name: 'Canary night' }],
      watches: [{ to: ['away'] }],
      alerts: [{ to: 'away' }],
      preferences: { language: 'system' },
    });
    expect(JSON.stringify(document)).not.toContain('canary-secret');
  });

  it('erases everything: the platform has its own status back, and nothing is left on the disk or in the secret store', async () => {
    const { muster, core, platform, secretStore, clock } = await lived();
    await secretStore.set('a_orphan/token', 'canary-orphan');
    await muster.privacy.erase();
    await clock.advance(10_000);
    expect(platform.own).toMatchObject({ message: 'Mine', doNotDisturb: false });
    expect(platform.connections).toBe(platform.closed);
    expect(await secretStore.names()).toEqual([]);
    expect([
      muster.accounts.list(),
      muster.contacts.all(),
      muster.watches.list(),
      muster.schedules.list(),
      muster.presets.list(),
      muster.alerts.list(),
    ]).toEqual([[], [], [], [], [], []]);
    expect(muster.ownStatus.view()).toMatchObject({ intent: null, results: [] });
    const { database, home } = core;
    expect([
      database.accounts.all(),
      database.observations.all(),
      database.intents.all(),
      database.doNotDisturbIntents.all(),
      database.pictures.references(),
    ]).toEqual([[], [], [], [], []]);
    await core.stop();
    const file = readFileSync(join(home, 'muster.db')).toString('latin1').toLowerCase();
    expect(file).not.toContain('canary');
  });

  it('leaves nothing of an account behind that could not give one’s own status back so soon', async () => {
    const { muster, core, platform, clock } = await lived();
    platform.writes = [{ calls: 1, seconds: 3_600 }];
    await muster.ownStatus.set({ status: 'away', message: 'Canary away' });
    const erasing = muster.privacy.erase();
    await clock.advance(20_000);
    await erasing;
    expect(platform.connections).toBe(platform.closed);
    await clock.advance(7_200_000);
    expect(core.database.audit.all()).toEqual([]);
    await core.stop();
    expect(readFileSync(join(core.home, 'muster.db')).toString('latin1').toLowerCase()).not.toContain('canary');
  });
});
