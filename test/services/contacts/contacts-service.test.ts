import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

/** What a listing shows after the announcements have settled. */
const SETTLE_MS = 50;

describe('the people', () => {
  it('are found by name, email and id, whatever the case and accents, and by status, platform, group and favourite', async () => {
    const slack = new FakePlatform();
    slack.people = ['ann', 'ben', 'U3'];
    slack.details.set('ann', { displayName: 'Änne Müller', email: 'anne@example.org', groups: ['Engine'] });
    const { muster, platform, person } = await signedIn({ slack });
    platform.push('ben', 'online');
    muster.contacts.patch(person('U3').id, { favourite: true, groups: ['Mine'] });
    const names = (filter: Parameters<typeof muster.contacts.list>[0]) =>
      muster.contacts.list(filter, 100, undefined).items.map((one) => one.name);
    expect(names({})).toEqual(['U3', 'ben', 'Änne Müller']);
    expect(names({ query: 'ANNE mull' })).toEqual(['Änne Müller']);
    expect(names({ query: 'example.org' })).toEqual(['Änne Müller']);
    expect(names({ query: 'u3' })).toEqual(['U3']);
    expect(names({ status: ['online'] })).toEqual(['ben']);
    expect(names({ status: ['unknown'] })).toEqual(['U3', 'Änne Müller']);
    expect(names({ group: 'Engine' })).toEqual(['Änne Müller']);
    expect(names({ group: 'Mine', favourite: true })).toEqual(['U3']);
    expect(names({ platform: 'slack', favourite: false })).toHaveLength(2);
    expect(names({ platform: 'xmpp' })).toEqual([]);
  });

  it('are walked without a gap or a repetition while everybody changes place', async () => {
    const slack = new FakePlatform();
    slack.people = Array.from({ length: 25 }, (_, index) => `p${String(index).padStart(2, '0')}`);
    const { muster, platform, clock } = await signedIn({ slack });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = muster.contacts.list({}, 4, cursor);
      expect(page.total).toBe(25);
      seen.push(...page.items.map((one) => one.name));
      cursor = page.nextCursor ?? undefined;
      // Who comes last jumps to the front, and who was first falls back.
      platform.push(slack.people[24 - Math.floor(seen.length / 2)] ?? '', 'online');
      platform.push(seen[0] ?? '', 'offline');
      await clock.advance(SETTLE_MS);
    } while (cursor);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it('carry the number of the last event that a listing includes', async () => {
    const { muster, platform, events } = await signedIn();
    platform.push('ann', 'online');
    const page = muster.contacts.list({}, 10, undefined);
    expect(page.items.some((one) => one.status === 'online')).toBe(true);
    expect(events.at(-1)).toMatchObject({
      event: 'contact',
      id: page.sequence,
      data: { name: 'ann', status: 'online' },
    });
  });

  it('are announced once per real change: a burst is one event, and what changes nothing is none', async () => {
    const { muster, platform, clock, named, person } = await signedIn();
    await clock.advance(SETTLE_MS);
    const count = () => named('contact').length;
    const before = count();
    platform.push('ann', 'away');
    platform.push('ann', 'busy');
    platform.push('ann', 'online');
    await clock.advance(SETTLE_MS);
    expect(count() - before).toBe(1);
    platform.push('ann', 'online', { observedAt: clock.now() });
    const [observedAt] = person('ann').identities.map((one) => one.observedAt);
    await clock.advance(SETTLE_MS);
    expect(observedAt).not.toBeNull();
    const after = count();
    muster.contacts.patch(person('ann').id, { favourite: true });
    expect(count() - after).toBe(1);
    muster.contacts.patch(person('ann').id, { favourite: true });
    await clock.advance(SETTLE_MS);
    expect(count() - after).toBe(1);
  });

  it('are announced as gone when they are merged, leave the roster, or their account goes before it ever connected', async () => {
    const { muster, core, clock, platform, named, person, restart, account } = await signedIn();
    const removed = () => named('contact').flatMap(({ data }) => ('removed' in data ? [data.id] : []));
    const [ann, ben] = [person('ann').id, person('ben').id];
    muster.contacts.link([ann, ben]);
    expect(removed()).toEqual([ben]);
    expect(muster.contacts.get(ann).identities).toHaveLength(2);
    expect(() => muster.contacts.get(ben)).toThrow(
      expect.objectContaining({ code: 'not-found', params: { contactId: ben, mergedInto: ann } }),
    );
    expect(muster.contacts.survivor(ben)).toBe(ann);
    const back = muster.contacts.unlink(ann, [{ accountId: account.id, userId: 'ben' }]);
    expect(back.id).toBe(ben);
    platform.live().report.removed(['ben']);
    await clock.advance(SETTLE_MS);
    expect(removed()).toEqual([ben, ben]);
    await core.stop();
    platform.failures.connect.push(new MusterError('platform-unreachable', 'Down.', { retryAfterMs: 9_000_000 }));
    const second = restart();
    await clock.advance(SETTLE_MS);
    await second.muster.accounts.delete(account.id);
    await clock.advance(SETTLE_MS);
    expect(removed()).toEqual([ben, ben, ann]);
  });

  it('refuse to take apart what does not belong together', async () => {
    const { muster, account, person } = await signedIn();
    const identity = (userId: string) => ({ accountId: account.id, userId });
    expect(() => muster.contacts.unlink(person('ann').id, [identity('ben')])).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
    expect(() => muster.contacts.unlink(person('ann').id, [identity('ann')])).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
    expect(() => muster.contacts.link([person('ann').id, 'c_none'])).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
    expect(() => muster.contacts.patch('c_none', { favourite: true })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  it('keep what the user said over a restart, and give it back to the platforms with null', async () => {
    const { muster, core, clock, person, restart } = await signedIn();
    const { id } = person('ann');
    muster.contacts.patch(id, { name: 'Annie', favourite: true, groups: ['Mine'], timeZone: 'Europe/Rome' });
    await core.stop();
    const second = restart();
    await clock.advance(100);
    expect(second.muster.contacts.get(id)).toMatchObject({
      name: 'Annie',
      favourite: true,
      groups: ['Mine'],
      timeZone: 'Europe/Rome',
    });
    expect(second.muster.contacts.patch(id, { name: null, groups: null, timeZone: null })).toMatchObject({
      name: 'ann',
      groups: [],
      timeZone: null,
    });
  });

  it('link by an equal confirmed email as soon as the second account lists it', async () => {
    const [slack, xmpp] = [new FakePlatform(), new FakePlatform({ platform: 'xmpp' })];
    slack.details.set('ann', { email: 'ann@example.org' });
    xmpp.details.set('ben', { email: 'ANN@example.org' });
    const { muster } = await signedIn({ slack, xmpp });
    const both = muster.contacts.all().find((one) => one.identities.length === 2);
    expect(both?.identities.map((one) => [one.platform, one.linkedBy])).toEqual(
      expect.arrayContaining([
        ['slack', expect.any(String)],
        ['xmpp', 'email'],
      ]),
    );
  });
});

describe('somebody who is opted out', () => {
  it('is not looked at any more, and nothing of them is kept; opted in again, they come back', async () => {
    const slack = new FakePlatform({ push: false });
    slack.details.set('ann', {
      displayName: 'Ann B',
      email: 'ann@example.org',
      avatarKey: 'pic',
      groups: ['Engine'],
      timeZone: 'Europe/Rome',
    });
    slack.statuses.set('ann', 'online');
    slack.pictures.set('pic', { bytes: new Uint8Array([1, 2, 3]), mediaType: 'image/png' });
    const { muster, core, clock, platform, person, account, restart } = await signedIn({ slack });
    await clock.advance(5_000);
    const { id, avatarUrl } = person('Ann B');
    expect(await muster.pictures.avatar(avatarUrl?.split('/').at(-1) ?? '')).not.toBeNull();
    expect(muster.contacts.patch(id, { monitored: false })).toMatchObject({
      status: 'unknown',
      email: null,
      avatarUrl: null,
      groups: [],
      timeZone: null,
      identities: [{ observedAt: null, status: 'unknown' }],
    });
    expect(core.database.observations.all().map((one) => one.userId)).toEqual(['ben']);
    expect(core.database.pictures.find(account.id, 'avatar', 'pic')).toBeNull();
    expect(core.database.book.load().identities.find((one) => one.userId === 'ann')).toMatchObject({
      email: null,
      avatarKey: null,
    });
    const looks = () => platform.polled.filter((look) => look.userId === 'ann').length;
    const before = looks();
    await clock.advance(600_000);
    expect(looks()).toBe(before);
    platform.push('ann', 'online');
    expect(muster.contacts.get(id).status).toBe('unknown');
    await clock.advance(3_000);
    expect(core.database.observations.all().map((one) => one.userId)).toEqual(['ben']);
    await core.stop();
    const second = restart();
    await clock.advance(60_000);
    expect(looks()).toBe(before);
    expect(platform.live().isOptedOut('ann')).toBe(true);
    second.muster.contacts.patch(id, { monitored: true });
    await clock.advance(2_000);
    expect(looks()).toBe(before + 1);
    expect(second.muster.contacts.get(id)).toMatchObject({
      status: 'online',
      monitored: true,
      email: 'ann@example.org',
      groups: ['Engine'],
    });
  });
  it('has the roster listed anew on the way out and on the way in, and only then', async () => {
    const { muster, clock, platform, person } = await signedIn();
    const { id } = person('ann');
    const before = platform.listed;
    muster.contacts.patch(id, { favourite: true });
    muster.contacts.patch(id, { monitored: false });
    await clock.flush();
    muster.contacts.patch(id, { monitored: false, name: 'Nobody' });
    await clock.flush();
    expect(platform.listed - before).toBe(1);
    muster.contacts.patch(id, { monitored: true });
    await clock.flush();
    expect(platform.listed - before).toBe(2);
  });

  it('is looked at at once when opted in again, also where nobody else is due', async () => {
    const slack = new FakePlatform({ push: false });
    slack.people = ['ann'];
    const { muster, clock, platform, person } = await signedIn({ slack });
    const { id } = person('ann');
    muster.contacts.patch(id, { monitored: false });
    await clock.advance(130_000);
    expect(platform.polled).toHaveLength(1);
    muster.contacts.patch(id, { monitored: true });
    await clock.advance(100);
    expect(platform.polled).toHaveLength(2);
  });
  it('takes whoever is linked into them along', async () => {
    const slack = new FakePlatform();
    slack.details.set('ben', { displayName: 'Ben C', email: 'ben@example.org' });
    const { muster, core, clock, platform, person } = await signedIn({ slack });
    platform.push('ben', 'online');
    await clock.advance(3_000);
    muster.contacts.patch(person('ann').id, { monitored: false });
    const linked = muster.contacts.link([person('ann').id, person('Ben C').id]);
    expect(linked).toMatchObject({ monitored: false, status: 'unknown', email: null });
    expect(core.database.observations.all()).toEqual([]);
    expect(JSON.stringify(core.database.book.load().identities)).not.toContain('ben@example.org');
    platform.push('ben', 'online');
    expect(muster.contacts.get(linked.id).status).toBe('unknown');
  });
});
