import { describe, expect, it } from 'vitest';
import { type AlertView, routes, type Status } from '../../../src/contract/index.ts';
import type { PowerEvent } from '../../../src/ports/idle-source.ts';
import { startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { startXmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { accountsOf, alertsOf, contactOf, slackSignIn, xmppSignIn } from './support/queries.ts';
import { BREATHING, STRIDING, startVirtualCore, type VirtualCore } from './support/virtual-core.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const closing = closeAfterEach();

/** An XMPP server with me and Bob, and a core that can start again where it ended. */
async function xmppTeam() {
  const clock = new FakeClock();
  const server = await startXmppSimulator({ now: () => clock.now(), resumeWithinMs: 100 });
  closing(() => server.close());
  for (const name of ['me', 'bob', 'carol']) server.addUser(name, { password: `secret-${name}`, name });
  server.befriendAll();
  const power = new Set<(event: PowerEvent) => void>();
  const idle = {
    subscribe: (listener: (event: PowerEvent) => void) => {
      power.add(listener);
      return () => void power.delete(listener);
    },
  };
  const start = (before?: VirtualCore): VirtualCore => {
    const kept = before ? { home: before.core.home, secretStore: before.core.secretStore } : {};
    const virtual = startVirtualCore({ clock, idle, ...kept });
    closing(() => virtual.stop());
    return virtual;
  };
  const tell = (event: PowerEvent) => {
    for (const listener of power) listener(event);
  };
  return { clock, server, start, tell };
}

/** Signed in, and past the first seconds in which everything is a snapshot. */
async function signedIn() {
  const team = await xmppTeam();
  const { server } = team;
  const virtual = team.start();
  const { api } = virtual;
  await api.call(routes.createAccount, { body: xmppSignIn(server.service, server.domain, 'me', 'secret-me') });
  await virtual.passUntil(async () => expect((await contactOf(api, 'bob@localhost')).status).toBe('offline'));
  await virtual.pass(6 * SECOND, BREATHING);
  const bob = await contactOf(api, 'bob@localhost');
  const watchBob = (more: { to?: Status[]; repeat?: 'once' | 'always'; enabled?: boolean } = {}) =>
    api.call(routes.createWatch, { body: { contactId: bob.id, to: ['online'], repeat: 'always', ...more } });
  return { ...team, virtual, api, bob, watchBob };
}

const told = (alerts: readonly AlertView[]) =>
  [...alerts].reverse().map(({ from, to, outcome, reason }) => `${from} → ${to}: ${outcome}, ${reason}`);

async function shown(virtual: VirtualCore, status: Status, userId = 'bob@localhost'): Promise<void> {
  await virtual.soon(async () => expect((await contactOf(virtual.api, userId)).status).toBe(status));
}

describe('an alert', () => {
  it('comes once for a real change, as an event and as a notification', async () => {
    const { server, virtual, api, bob, watchBob } = await signedIn();
    const watch = await watchBob();
    const events = await virtual.events();
    server.setPresence('bob', 'desk', {});
    await shown(virtual, 'online');
    await virtual.pass(2 * MINUTE, STRIDING);
    const alerts = await alertsOf(api);
    expect(alerts).toMatchObject([
      { watchId: watch.id, contactId: bob.id, from: 'offline', to: 'online', outcome: 'delivered', reason: 'matched' },
    ]);
    expect(events.of('alert')).toEqual(alerts);
    expect(virtual.core.notifications).toMatchObject([{ contactId: bob.id, title: 'bob is online' }]);
    server.setPresence('bob', 'desk', { show: 'away' });
    await shown(virtual, 'away');
    expect(await alertsOf(api)).toHaveLength(1);
  });

  it('comes for a change that a poll found, and not for what the first poll finds', async () => {
    const clock = new FakeClock();
    const slack = await startSlackSimulator({
      now: () => clock.now(),
      populate: (workspace) => {
        workspace.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' });
        for (const [id, name] of Object.entries({ U0ADA: 'ada', U0BEA: 'bea' }))
          workspace.addUser({ id, name, realName: name });
        workspace.setPresence('U0BEA', 'active');
      },
    });
    closing(() => slack.close());
    const virtual = startVirtualCore({ clock });
    closing(() => virtual.stop());
    const { api } = virtual;
    const token = slack.workspace.issueToken({ userId: 'U0ME' });
    const account = await api.call(routes.createAccount, { body: slackSignIn(slack.apiUrl, token) });
    await virtual.pass(MINUTE);
    for (const userId of ['U0ADA', 'U0BEA']) {
      const { id } = await contactOf(api, userId);
      await api.call(routes.createWatch, { body: { contactId: id, to: ['online', 'busy'], repeat: 'always' } });
    }
    // Switched off and on, everybody is looked at for the first time again; Ada came meanwhile.
    const of = { params: { id: account.id } };
    await api.call(routes.patchAccount, { ...of, body: { enabled: false } });
    slack.workspace.setPresence('U0ADA', 'active');
    await api.call(routes.patchAccount, { ...of, body: { enabled: true } });
    await virtual.pass(2 * MINUTE);
    expect((await contactOf(api, 'U0ADA')).status).toBe('online');
    expect((await alertsOf(api)).filter(({ outcome }) => outcome === 'delivered')).toEqual([]);
    slack.workspace.setPresence('U0ADA', 'away');
    await virtual.pass(2 * MINUTE);
    slack.workspace.setPresence('U0ADA', 'active');
    await virtual.pass(2 * MINUTE);
    // A server that was away tells nothing new when it is back.
    await slack.restart();
    await api.call(routes.reconnectAccount, of);
    await virtual.pass(2 * MINUTE);
    expect(told(await alertsOf(api)).filter((line) => line.includes('delivered'))).toEqual([
      'away → online: delivered, matched',
    ]);
    expect(virtual.core.notifications).toHaveLength(1);
  });

  it('does not come from the first snapshot after a start', async () => {
    const { server, virtual, start, watchBob } = await signedIn();
    await watchBob();
    await virtual.stop();
    server.setPresence('bob', 'desk', {});
    const again = start(virtual);
    await again.passUntil(async () => expect((await contactOf(again.api, 'bob@localhost')).status).toBe('online'));
    await again.pass(MINUTE, STRIDING);
    expect(told(await alertsOf(again.api))).toEqual(['unknown → online: suppressed, replayed']);
    expect(again.core.notifications).toEqual([]);
  });

  it('does not come from presence that the server says is old', async () => {
    const { clock, server, virtual, api, watchBob } = await signedIn();
    await watchBob();
    server.setPresence('bob', 'desk', { delayStamp: clock.now() - 10 * MINUTE });
    await shown(virtual, 'online');
    await virtual.pass(MINUTE, STRIDING);
    expect(told(await alertsOf(api))).toEqual(['offline → online: suppressed, replayed']);
    expect(virtual.core.notifications).toEqual([]);
  });

  it('does not come from a reconnect, however the connection broke', { timeout: 30_000 }, async () => {
    const { server, virtual, api, watchBob } = await signedIn();
    await watchBob();
    await watchBob({ to: ['offline', 'away', 'busy', 'idle'] });
    const events = await virtual.events();
    const comeBack = async (breakIt: () => unknown) => {
      const from = events.heard.length;
      await breakIt();
      await virtual.soon(async () => expect((await accountsOf(api))[0]?.state).not.toBe('connected'));
      await virtual.passUntil(async () => expect((await accountsOf(api))[0]?.state).toBe('connected'));
      await events.next('account', (data) => 'state' in data && data.state === 'connected', { from });
      await virtual.pass(20 * SECOND, STRIDING);
    };
    await comeBack(async () => {
      await server.restart(20);
      server.setPresence('bob', 'desk', {});
    });
    await shown(virtual, 'online');
    await comeBack(() => server.faults.dropWithoutClose('me', 'reset'));
    await comeBack(() => server.faults.halfClose('me'));
    await comeBack(() => server.kick('me', 'undefined-condition'));
    await comeBack(() => server.restart(20));
    const alerts = await alertsOf(api);
    expect(alerts.filter(({ outcome }) => outcome === 'delivered')).toEqual([]);
    expect(alerts.length).toBeGreaterThan(0);
    for (const { reason } of alerts) expect(reason).toBe('reconnected');
    expect(virtual.core.notifications).toEqual([]);
  });

  it('does not come of a server that says everybody has left as it closes, but of somebody who has', async () => {
    const { server, virtual, api, watchBob } = await signedIn();
    await watchBob({ to: ['offline'] });
    const leave = async () => {
      server.setPresence('bob', 'desk', {});
      await shown(virtual, 'online');
      await virtual.pass(61 * SECOND, STRIDING);
      server.goOffline('bob', 'desk');
      await shown(virtual, 'offline');
    };
    await leave();
    server.faults.dropWithoutClose('me');
    await virtual.soon(async () => expect((await accountsOf(api))[0]?.state).not.toBe('connected'));
    await virtual.passUntil(async () => expect((await accountsOf(api))[0]?.state).toBe('connected'));
    await virtual.pass(20 * SECOND, STRIDING);
    expect(told(await alertsOf(api))).toEqual(['online → offline: suppressed, reconnected']);
    await leave();
    await virtual.pass(2 * SECOND, BREATHING);
    expect(told(await alertsOf(api)).at(-1)).toBe('online → offline: delivered, matched');
  });

  it('does not come from linking two people', async () => {
    const { server, virtual, api, bob, watchBob } = await signedIn();
    server.setPresence('carol', 'desk', {});
    await shown(virtual, 'online', 'carol@localhost');
    const carol = await contactOf(api, 'carol@localhost');
    await watchBob();
    const one = await api.call(routes.linkContacts, { body: { contactIds: [bob.id, carol.id] } });
    expect(one.status).toBe('online');
    await virtual.pass(MINUTE, STRIDING);
    expect(told(await alertsOf(api))).toEqual(['offline → online: suppressed, linked']);
    const identities = one.identities.filter(({ userId }) => userId.startsWith('carol'));
    await api.call(routes.unlinkContact, {
      params: { id: bob.id },
      body: { identities: identities.map(({ accountId, userId }) => ({ accountId, userId })) },
    });
    await virtual.pass(MINUTE, STRIDING);
    expect(virtual.core.notifications).toEqual([]);
  });

  it('comes once from somebody who comes and goes, the rest is listed as flapping', async () => {
    const { server, virtual, api, watchBob } = await signedIn();
    await watchBob();
    for (let round = 0; round < 5; round += 1) {
      server.setPresence('bob', 'desk', {});
      await shown(virtual, 'online');
      await virtual.pass(3 * SECOND, BREATHING);
      server.goOffline('bob', 'desk');
      await shown(virtual, 'offline');
      await virtual.pass(3 * SECOND, BREATHING);
    }
    await virtual.pass(3 * MINUTE, STRIDING);
    expect(told(await alertsOf(api))).toEqual([
      'offline → online: delivered, matched',
      ...Array.from({ length: 4 }, () => 'offline → online: suppressed, flapping'),
    ]);
    expect(virtual.core.notifications).toHaveLength(1);
  });

  it('is held back with the reason by do not disturb, sleep, preferences and a watch that is off', {
    timeout: 30_000,
  }, async () => {
    const { server, virtual, api, bob, watchBob, tell } = await signedIn();
    const watch = await watchBob();
    const comeAndGo = async () => {
      server.setPresence('bob', 'desk', {});
      await shown(virtual, 'online');
      server.goOffline('bob', 'desk');
      await shown(virtual, 'offline');
      await virtual.pass(61 * SECOND, STRIDING);
      return told(await alertsOf(api)).at(-1);
    };
    await api.call(routes.putDoNotDisturb, { body: {} });
    expect(await comeAndGo()).toBe('offline → online: suppressed, do-not-disturb');
    await api.call(routes.deleteDoNotDisturb);
    tell('suspend');
    expect(await comeAndGo()).toBe('offline → online: suppressed, asleep');
    tell('resume');
    await virtual.pass(MINUTE, STRIDING);
    await api.call(routes.patchSettings, { body: { notifications: false } });
    expect(await comeAndGo()).toBe('offline → online: suppressed, notifications-off');
    await api.call(routes.patchSettings, { body: { notifications: true } });
    await api.call(routes.putWatch, {
      params: { id: watch.id },
      body: { contactId: bob.id, to: ['online'], repeat: 'once', enabled: false },
    });
    expect(await comeAndGo()).toBe('offline → online: suppressed, watch-disabled');
    await api.call(routes.putWatch, {
      params: { id: watch.id },
      body: { contactId: bob.id, to: ['online'], repeat: 'once', enabled: true },
    });
    expect(await comeAndGo()).toBe('offline → online: delivered, matched');
    // Once is once: it switched itself off.
    expect((await api.call(routes.getWatch, { params: { id: watch.id } })).enabled).toBe(false);
    expect(await comeAndGo()).toBe('offline → online: suppressed, watch-disabled');
    const delivered = await api.call(routes.listAlerts, { query: { outcome: 'delivered' } });
    expect(delivered.total).toBe(1);
    expect((await api.call(routes.listAlerts, { query: { outcome: 'suppressed', contact: bob.id } })).total).toBe(5);
    expect(virtual.core.notifications).toHaveLength(1);
  });
});
