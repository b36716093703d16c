import { describe, expect, it } from 'vitest';
import { routes, type ScheduleFields } from '../../../src/contract/index.ts';
import { startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { startXmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { accountsOf, alertsOf, contactOf, slackSignIn, xmppSignIn } from './support/queries.ts';
import { BREATHING, startVirtualCore } from './support/virtual-core.ts';

const SECOND = 1_000;
const closing = closeAfterEach();

/** Mondays at work in Berlin: 09:00 to 17:00 there is 08:00 to 16:00 in UTC (in winter). */
const WORK: Partial<ScheduleFields> & Pick<ScheduleFields, 'name' | 'timeZone' | 'rules' | 'doNotDisturb'> = {
  name: 'Deep work',
  timeZone: 'Europe/Berlin',
  rules: [{ days: ['mon'], from: '09:00', to: '17:00' }],
  doNotDisturb: true,
};

/** Both accounts connected, Bob on the roster, one minute before the schedule's Monday begins. */
async function beforeWork(now = '2026-03-02T07:59:00Z') {
  const clock = new FakeClock({ now });
  const slack = await startSlackSimulator({
    now: () => clock.now(),
    populate: (workspace) => {
      workspace.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' });
      workspace.setPresence('U0ME', 'active');
    },
  });
  closing(() => slack.close());
  const xmpp = await startXmppSimulator({ now: () => clock.now() });
  closing(() => xmpp.close());
  for (const name of ['me', 'bob']) xmpp.addUser(name, { password: `secret-${name}`, name });
  xmpp.befriendAll();
  const virtual = startVirtualCore({ clock });
  closing(() => virtual.stop());
  const { api } = virtual;
  const token = slack.workspace.issueToken({ userId: 'U0ME' });
  await api.call(routes.createAccount, { body: slackSignIn(slack.apiUrl, token) });
  await api.call(routes.createAccount, { body: xmppSignIn(xmpp.service, xmpp.domain, 'me', 'secret-me') });
  await virtual.passUntil(async () => {
    expect((await accountsOf(api)).map(({ state }) => state)).toEqual(['connected', 'connected']);
    expect((await contactOf(api, 'bob@localhost')).status).toBe('offline');
  });
  await virtual.pass(6 * SECOND, BREATHING);
  const bob = await contactOf(api, 'bob@localhost');
  await api.call(routes.createWatch, { body: { contactId: bob.id, to: ['online'], repeat: 'always' } });
  /** Whether both platforms show that I am not to be disturbed. */
  const published = async (wanted: boolean) => {
    await virtual.soon(async () => {
      const { snoozeUntil } = slack.workspace.user('U0ME');
      const [mine] = xmpp.sessions('me').filter(({ resource }) => resource.startsWith('muster-'));
      const me = await api.call(routes.getOwnStatus);
      expect({
        me: me.doNotDisturb.active,
        slack: snoozeUntil !== null && snoozeUntil > clock.now(),
        xmpp: mine?.show === 'dnd',
      }).toEqual({ me: wanted, slack: wanted, xmpp: wanted });
    });
  };
  /** What becomes of an alert now. */
  const bobComes = async () => {
    const before = (await alertsOf(api)).length;
    xmpp.setPresence('bob', 'desk', {});
    await virtual.soon(async () => expect((await contactOf(api, 'bob@localhost')).status).toBe('online'));
    xmpp.goOffline('bob', 'desk');
    await virtual.soon(async () => expect((await contactOf(api, 'bob@localhost')).status).toBe('offline'));
    const alerts = await alertsOf(api);
    expect(alerts).toHaveLength(before + 1);
    await virtual.pass(61 * SECOND, { stepMs: 1_000, breathMs: 4 });
    return `${alerts[0]?.outcome}, ${alerts[0]?.reason}`;
  };
  const passTo = async (instant: string) => {
    await virtual.pass(Math.max(0, Date.parse(instant) - clock.now()), { stepMs: 1_000, breathMs: 4 });
  };
  /** The clock leaps, as when the machine slept. */
  const leapTo = async (instant: string) => {
    clock.jump(Date.parse(instant) - clock.now());
    await virtual.pass(2 * SECOND, BREATHING);
  };
  return { clock, slack, xmpp, virtual, api, bob, published, bobComes, passTo, leapTo };
}

describe('do not disturb', () => {
  it('by schedule begins and ends on the minute, silences alerts and is published', { timeout: 30_000 }, async () => {
    const { virtual, api, published, bobComes, passTo, leapTo } = await beforeWork();
    const events = await virtual.events();
    const schedule = await api.call(routes.createSchedule, { body: WORK });
    expect(schedule).toMatchObject({ activeNow: false, nextTransition: '2026-03-02T08:00:00.000Z' });
    await passTo('2026-03-02T07:59:59Z');
    await published(false);
    await passTo('2026-03-02T08:00:00Z');
    await published(true);
    const me = await api.call(routes.getOwnStatus);
    expect(me.doNotDisturb).toMatchObject({
      active: true,
      until: '2026-03-02T16:00:00.000Z',
      origin: { kind: 'schedule', id: schedule.id, name: 'Deep work' },
      nextTransition: '2026-03-02T16:00:00.000Z',
    });
    await events.next('settings', (data) => 'activeNow' in data && data.activeNow);
    await events.next('me', (data) => data.doNotDisturb.active);
    expect(await bobComes()).toBe('suppressed, do-not-disturb');
    expect(virtual.core.notifications).toEqual([]);
    // Setting a status by hand does not end it.
    await api.call(routes.putOwnStatus, { body: { status: 'online', message: 'Here' } });
    await virtual.soon(async () => expect((await api.call(routes.getOwnStatus)).doNotDisturb.active).toBe(true));
    await api.call(routes.deleteOwnStatus);
    // Early enough for the leap to be noticed, and over, by the end: what comes right after waking happened in the sleep.
    await leapTo('2026-03-02T15:59:40Z');
    await published(true);
    await passTo('2026-03-02T16:00:00Z');
    await published(false);
    expect(await bobComes()).toBe('delivered, matched');
    expect(await api.call(routes.getSchedule, { params: { id: schedule.id } })).toMatchObject({
      activeNow: false,
      nextTransition: '2026-03-09T08:00:00.000Z',
    });
  });

  it('lets favourites pass when the schedule says so', async () => {
    const { api, bob, published, bobComes, passTo } = await beforeWork();
    const { id } = await api.call(routes.createSchedule, { body: { ...WORK, allow: ['favourites'] } });
    await passTo('2026-03-02T08:00:01Z');
    await published(true);
    expect(await bobComes()).toBe('suppressed, do-not-disturb');
    await api.call(routes.patchContact, { params: { id: bob.id }, body: { favourite: true } });
    expect(await bobComes()).toBe('delivered, do-not-disturb-allowed');
    await api.call(routes.putSchedule, { params: { id }, body: { ...WORK, allow: [] } });
    expect(await bobComes()).toBe('suppressed, do-not-disturb');
    await api.call(routes.deleteSchedule, { params: { id } });
    await published(false);
  });

  it('for half an hour, or until a time, ends by itself; without an end, by hand', { timeout: 30_000 }, async () => {
    const { clock, virtual, api, published, bobComes, leapTo } = await beforeWork('2026-03-03T12:00:00Z');
    const begun = clock.now();
    const half = await api.call(routes.putDoNotDisturb, { body: { forSeconds: 1_800 } });
    expect(Date.parse(half.doNotDisturb.until ?? '') - begun).toBeGreaterThanOrEqual(1_800_000);
    expect(half.doNotDisturb).toMatchObject({ active: true, origin: { kind: 'hand' } });
    await published(true);
    expect(await bobComes()).toBe('suppressed, do-not-disturb');
    await leapTo(new Date(begun + 1_795_000).toISOString());
    await published(true);
    await virtual.pass(10 * SECOND, BREATHING);
    await published(false);
    await api.call(routes.putDoNotDisturb, { body: { until: '2026-03-03T18:00:00Z' } });
    await published(true);
    await leapTo('2026-03-03T18:00:01Z');
    await published(false);
    await api.call(routes.putDoNotDisturb, { body: {} });
    await leapTo('2026-03-05T09:00:00Z');
    await virtual.pass(30 * SECOND, BREATHING);
    await published(true);
    await api.call(routes.deleteDoNotDisturb);
    await published(false);
    expect(await bobComes()).toBe('delivered, matched');
  });

  it('ended by hand during a schedule stays off until the schedule next begins', { timeout: 30_000 }, async () => {
    const { api, published, passTo, leapTo } = await beforeWork();
    await api.call(routes.createSchedule, { body: WORK });
    await passTo('2026-03-02T08:00:01Z');
    await published(true);
    await api.call(routes.deleteDoNotDisturb);
    await published(false);
    await leapTo('2026-03-02T15:00:00Z');
    await published(false);
    await leapTo('2026-03-09T08:00:01Z');
    await published(true);
  });
});
