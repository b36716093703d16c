import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const MINUTE = 60_000;

type Bench = Awaited<ReturnType<typeof signedIn>>;

/** "Tell me when Ann comes online", and what came of it. */
function watchAnn({ muster, person }: Bench, over: { repeat?: 'once' | 'always' } = {}) {
  return muster.watches.create({ contactId: person('ann').id, to: ['online'], repeat: 'always', ...over });
}

const reasons = ({ muster }: Bench) => muster.alerts.list().map((alert) => alert.reason);

describe('alerts', () => {
  it('tell once of a real change, as a notification, an event and a line', async () => {
    const bench = await signedIn();
    const { platform, clock, core, muster, named, person } = bench;
    const watch = muster.watches.create({
      contactId: person('ann').id,
      to: ['online'],
      repeat: 'always',
      note: 'Ask her',
    });
    platform.push('ann', 'offline', { replayed: true });
    await clock.advance(MINUTE);
    platform.push('ann', 'online');
    await clock.advance(MINUTE);
    platform.push('ann', 'online', { message: 'same, with words' });
    await clock.advance(MINUTE);
    expect(core.notifications).toEqual([
      { id: expect.any(String), title: 'ann is online', body: 'Ask her', contactId: watch.contactId },
    ]);
    const [alert] = muster.alerts.list();
    expect(alert).toMatchObject({
      watchId: watch.id,
      from: 'offline',
      to: 'online',
      outcome: 'delivered',
      reason: 'matched',
    });
    expect(named('alert').map((event) => event.data)).toEqual([alert]);
  });

  it('never come from the first snapshot, by push or by poll; it is listed with its reason', async () => {
    const pushed = await signedIn();
    watchAnn(pushed);
    pushed.platform.push('ann', 'online', { replayed: true });
    expect(reasons(pushed)).toEqual(['replayed']);
    const slack = new FakePlatform({ push: false });
    const polled = await signedIn({ slack });
    watchAnn(polled);
    await polled.clock.advance(5_000);
    await polled.core.stop();
    slack.statuses.set('ann', 'online');
    const { muster, notifications } = polled.restart();
    await polled.clock.advance(5_000);
    expect(muster.alerts.list().map((alert) => alert.reason)).toEqual(['first-snapshot']);
    expect(notifications).toEqual([]);
    expect([...pushed.core.notifications, ...polled.core.notifications]).toEqual([]);
  });

  it.each(['fresh', 'resumed'] as const)(
    'never come from a reconnect that was %s; what happens after it is told',
    async (how) => {
      const slack = new FakePlatform();
      slack.reconnects = how;
      const bench = await signedIn({ slack });
      watchAnn(bench);
      slack.push('ann', 'online', { replayed: true });
      await bench.clock.advance(MINUTE);
      slack.push('ann', 'offline');
      await bench.clock.advance(MINUTE);
      slack.live().report.lost(new MusterError('platform-unreachable', 'Down.'));
      await bench.clock.advance(2_000);
      slack.push('ann', 'online', { replayed: how === 'fresh' });
      expect(reasons(bench)).toEqual(how === 'fresh' ? ['reconnected', 'replayed'] : ['matched', 'replayed']);
      await bench.clock.advance(2 * MINUTE);
      slack.push('ann', 'away');
      await bench.clock.advance(2 * MINUTE);
      slack.push('ann', 'online');
      expect(reasons(bench)[0]).toBe('matched');
      await bench.clock.flush();
      expect(bench.core.notifications).toHaveLength(how === 'fresh' ? 1 : 2);
    },
  );

  it('never come from what a poll finds after a reconnect', async () => {
    const slack = new FakePlatform({ push: false });
    slack.statuses.set('ann', 'offline');
    const bench = await signedIn({ slack });
    watchAnn(bench);
    await bench.clock.advance(30_000);
    slack.statuses.set('ann', 'online');
    slack.live().report.lost(new MusterError('platform-unreachable', 'Down.'));
    await bench.clock.advance(30_000);
    expect(reasons(bench)).toEqual(['reconnected']);
    expect(bench.core.notifications).toEqual([]);
  });

  it('never come from ageing, nor from what is found hours later, but from a change seen in the next look', async () => {
    const slack = new FakePlatform({ push: false });
    slack.statuses.set('ann', 'offline');
    const bench = await signedIn({ slack });
    watchAnn(bench);
    await bench.clock.advance(30_000);
    bench.emit('suspend');
    await bench.clock.advance(8 * 60 * MINUTE);
    slack.statuses.set('ann', 'online');
    bench.emit('resume');
    await bench.clock.advance(30_000);
    expect(reasons(bench)).toEqual(['reconnected']);
    slack.statuses.set('ann', 'away');
    await bench.clock.advance(2 * MINUTE);
    slack.statuses.set('ann', 'online');
    await bench.clock.advance(2 * MINUTE);
    expect(reasons(bench)).toEqual(['matched', 'reconnected']);
  });

  it('never come from a link or from taking it apart', async () => {
    const bench = await signedIn();
    const { muster, platform, person, account } = bench;
    watchAnn(bench);
    platform.push('ann', 'offline', { replayed: true });
    platform.push('ben', 'online', { replayed: true });
    const { id } = person('ann');
    muster.contacts.link([id, person('ben').id]);
    expect(muster.contacts.get(id).status).toBe('online');
    muster.contacts.unlink(id, [{ accountId: account.id, userId: 'ben' }]);
    expect(reasons(bench)).toEqual(['linked']);
    expect(bench.core.notifications).toEqual([]);
  });

  it('make one of flapping, each held back with its reason, and tell in the end what held', async () => {
    const bench = await signedIn();
    const { platform, clock, muster, person } = bench;
    muster.watches.create({ contactId: person('ann').id, to: ['online', 'offline'], repeat: 'always' });
    platform.push('ann', 'offline', { replayed: true });
    await clock.advance(MINUTE);
    for (const status of ['online', 'offline', 'online', 'offline', 'online'] as const) {
      platform.push('ann', status);
      await clock.advance(5_000);
    }
    expect(reasons(bench)).toEqual(['flapping', 'flapping', 'flapping', 'matched', 'matched', 'replayed']);
    // The last that was told is "offline", which is not true any more.
    await clock.advance(2 * MINUTE);
    expect(muster.alerts.list()[0]).toMatchObject({ to: 'online', outcome: 'delivered' });
    await clock.advance(10 * MINUTE);
    expect(bench.core.notifications.map((one) => one.title)).toEqual([
      'ann is online',
      'ann is offline',
      'ann is online',
    ]);
  });

  it('know flapping by the watch’s own alerts, however many others there were meanwhile', async () => {
    const slack = new FakePlatform();
    slack.people = ['ann', ...Array.from({ length: 150 }, (_, index) => `p${index}`)];
    const bench = await signedIn({ slack });
    const { muster, clock } = bench;
    watchAnn(bench);
    for (const one of muster.contacts.all())
      if (one.name !== 'ann') muster.watches.create({ contactId: one.id, to: ['online'], repeat: 'always' });
    for (const userId of slack.people) slack.push(userId, 'offline', { replayed: true });
    await clock.advance(1_000);
    for (const userId of slack.people) slack.push(userId, 'online');
    slack.push('ann', 'offline');
    slack.push('ann', 'online');
    expect(reasons(bench)[0]).toBe('flapping');
  });

  it('keep to the dwell time of the preferences', async () => {
    const bench = await signedIn();
    const { muster, platform, clock } = bench;
    watchAnn(bench);
    muster.preferences.patch({ alertDwellSeconds: 5 });
    platform.push('ann', 'offline', { replayed: true });
    for (const wait of [6_000, 6_000, 1_000]) {
      platform.push('ann', 'online');
      await clock.advance(wait);
      platform.push('ann', 'offline');
    }
    platform.push('ann', 'online');
    expect(reasons(bench)).toEqual(['flapping', 'matched', 'matched', 'matched']);
  });

  it('are held back while notifications are off, and by do not disturb, which lets no favourite pass when set by hand', async () => {
    const bench = await signedIn();
    const { muster, platform, clock, core, person } = bench;
    watchAnn(bench);
    muster.contacts.patch(person('ann').id, { favourite: true });
    const comes = async () => {
      platform.push('ann', 'offline', { replayed: true });
      await clock.advance(2 * MINUTE);
      platform.push('ann', 'online');
      await clock.advance(2 * MINUTE);
    };
    muster.preferences.patch({ notifications: false });
    await comes();
    muster.preferences.patch({ notifications: true });
    await muster.ownStatus.setDoNotDisturb({});
    await comes();
    expect(core.notifications).toEqual([]);
    await muster.ownStatus.clearDoNotDisturb();
    const schedule = {
      name: 'Always',
      enabled: true,
      timeZone: 'UTC',
      rules: [{ days: ['mon' as const], from: '00:00', to: '24:00' }],
      exceptions: [],
      doNotDisturb: true,
      status: null,
      message: null,
      emoji: null,
      allow: [],
    };
    const { id } = muster.schedules.create(schedule);
    await comes();
    muster.schedules.replace(id, { ...schedule, allow: ['favourites'] });
    await comes();
    muster.contacts.patch(person('ann').id, { favourite: false });
    await comes();
    muster.schedules.delete(id);
    await comes();
    expect(reasons(bench)).toEqual([
      'matched',
      'do-not-disturb',
      'do-not-disturb-allowed',
      'do-not-disturb',
      'do-not-disturb',
      'notifications-off',
    ]);
    expect(core.notifications).toHaveLength(2);
  });

  it('are held back while the machine sleeps', async () => {
    const bench = await signedIn();
    watchAnn(bench);
    bench.platform.push('ann', 'offline', { replayed: true });
    bench.emit('suspend');
    bench.platform.push('ann', 'online');
    expect(reasons(bench)).toEqual(['asleep']);
  });

  it('come once from a watch that says once; then it is switched off and says so', async () => {
    const bench = await signedIn();
    const { muster, platform, clock, named } = bench;
    const { id } = watchAnn(bench, { repeat: 'once' });
    platform.push('ann', 'offline', { replayed: true });
    for (let time = 0; time < 2; time += 1) {
      await clock.advance(5 * MINUTE);
      platform.push('ann', 'online');
      await clock.advance(5 * MINUTE);
      platform.push('ann', 'offline');
    }
    expect(reasons(bench)).toEqual(['watch-disabled', 'matched']);
    expect(muster.watches.get(id).enabled).toBe(false);
    expect(named('settings').at(-1)?.data).toMatchObject({ kind: 'watch', id, enabled: false });
  });

  it('do not come from a restart, and what is kept of them outlives it', async () => {
    const bench = await signedIn();
    const { core, platform, clock, restart } = bench;
    watchAnn(bench);
    platform.push('ann', 'offline', { replayed: true });
    await clock.advance(5 * MINUTE);
    await core.stop();
    const second = restart();
    await clock.advance(100);
    platform.push('ann', 'online', { replayed: true });
    expect(second.muster.alerts.list().map((alert) => alert.reason)).toEqual(['replayed']);
    await second.stop();
    const third = restart();
    await clock.advance(100);
    expect(third.muster.alerts.list()).toHaveLength(1);
    expect([...core.notifications, ...second.notifications, ...third.notifications]).toEqual([]);
  });

  it('are forgotten with who opts out or goes', async () => {
    const bench = await signedIn();
    const { muster, platform, person, clock } = bench;
    watchAnn(bench);
    platform.push('ann', 'online', { replayed: true });
    expect(reasons(bench)).toHaveLength(1);
    muster.contacts.patch(person('ann').id, { monitored: false });
    expect(reasons(bench)).toEqual([]);
    muster.contacts.patch(person('ann').id, { monitored: true });
    platform.push('ann', 'online');
    await clock.advance(MINUTE);
    expect(reasons(bench)).toEqual(['first-snapshot']);
  });
});
