import { afterEach, describe, expect, it } from 'vitest';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

describe('availability', () => {
  it('answers in the order asked, by contact id, email and platform id, and says what it does not know', async () => {
    const slack = new FakePlatform();
    slack.details.set('ann', { email: 'Ann@Example.org', displayName: 'Ann' });
    const { muster, platform, person } = await signedIn({ slack });
    platform.push('ann', 'online');
    platform.push('ben', 'away');
    const { id } = person('Ann');
    const results = muster.availability.check([id, 'nobody', 'slack:ben', 'ann@example.ORG', 'xmpp:ben']);
    expect(results.map(({ contactId, status, available }) => [contactId === null, status, available])).toEqual([
      [false, 'online', true],
      [true, 'unknown', false],
      [false, 'away', false],
      [false, 'online', true],
      [true, 'unknown', false],
    ]);
    expect(results.map((result) => result.user)).toEqual([id, 'nobody', 'slack:ben', 'ann@example.ORG', 'xmpp:ben']);
    expect(results[0]).toMatchObject({ contactId: id, stale: false, asOf: expect.stringMatching(/Z$/) });
    expect(results[1]).toMatchObject({ asOf: null });
  });

  it('counts an id that several accounts know at its best: available before high', async () => {
    const { muster, clock, platform } = await signedIn();
    platform.self = 'me-too';
    await muster.accounts.create({ platform: 'slack', settings: { name: 'second' }, secrets: { token: 't' } });
    await clock.advance(100);
    const report = {
      rawStatus: null,
      message: null,
      emoji: null,
      activities: [],
      lastSeen: null,
      observedAt: clock.now(),
      source: 'push' as const,
      replayed: false,
      userId: 'ann',
    };
    platform.live().report.observations([{ ...report, status: 'online', doNotDisturb: true }]);
    expect(muster.availability.check(['slack:ann'])).toMatchObject([{ status: 'online', available: false }]);
    platform.contexts[0]?.report.observations([{ ...report, status: 'idle', doNotDisturb: false }]);
    expect(muster.availability.check(['slack:ann'])).toMatchObject([{ status: 'idle', available: true }]);
  });

  it('follows a link, and says nothing of who is opted out', async () => {
    const { muster, platform, person } = await signedIn();
    platform.push('ben', 'online');
    const [ann, ben] = [person('ann').id, person('ben').id];
    muster.contacts.link([ann, ben]);
    expect(muster.availability.check([ben])).toMatchObject([{ user: ben, contactId: ann, status: 'online' }]);
    muster.contacts.patch(ann, { monitored: false });
    expect(muster.availability.check([ann])).toMatchObject([{ status: 'unknown', available: false }]);
  });
});
