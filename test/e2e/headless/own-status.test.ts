import { describe, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { startXmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import type { ApiClient } from './support/api-client.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { accountsOf, slackSignIn, xmppSignIn } from './support/queries.ts';
import { makeHome, runMuster, type ServedMuster, serveMuster } from './support/served.ts';
import { BREATHING, startVirtualCore } from './support/virtual-core.ts';

const closing = closeAfterEach();
/** Long enough for a busy machine. */
const SOON = { timeout: 10_000 } as const;
const NOTHING = { show: undefined, status: undefined };

/** A Slack workspace and an XMPP server on which I have a status already, and what they hold of me now. */
async function servers(now?: () => number) {
  const clock = now ? { now } : {};
  const slack = await startSlackSimulator({
    ...clock,
    populate: (workspace) => {
      workspace.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' });
      workspace.setPresence('U0ME', 'active');
      workspace.setStatus('U0ME', { text: 'On a train', emoji: ':train:' });
    },
  });
  closing(() => slack.close());
  // A client that was killed is gone at once; a real server waits a little.
  const xmpp = await startXmppSimulator({ ...clock, resumeWithinMs: 100 });
  closing(() => xmpp.close());
  for (const name of ['me', 'bob']) xmpp.addUser(name, { password: `secret-${name}`, name });
  xmpp.befriendAll();
  const token = slack.workspace.issueToken({ userId: 'U0ME' });
  const signIn = async (api: ApiClient) => [
    await api.call(routes.createAccount, { body: slackSignIn(slack.apiUrl, token) }),
    await api.call(routes.createAccount, { body: xmppSignIn(xmpp.service, xmpp.domain, 'me', 'secret-me') }),
  ];
  const onSlack = () => {
    const { status, snoozeUntil, manualAway } = slack.workspace.user('U0ME');
    return {
      text: status.text,
      emoji: status.emoji,
      ends: status.expiresAt,
      snoozed: snoozeUntil !== null && snoozeUntil > slack.workspace.now(),
      manualAway,
    };
  };
  const onXmpp = () => {
    const mine = xmpp.sessions('me').find(({ resource, available }) => resource.startsWith('muster-') && available);
    return mine && { show: mine.show, status: mine.status };
  };
  return { slack, xmpp, signIn, onSlack, onXmpp };
}

/** Both accounts connected in a `muster serve`. */
async function signedIn() {
  const both = await servers();
  const { home, remove } = makeHome();
  closing(remove);
  const start = async (): Promise<ServedMuster> => {
    const muster = await serveMuster(home);
    closing(() => muster.stop());
    return muster;
  };
  const muster = await start();
  const tail = await muster.events();
  await both.signIn(muster.api);
  await allConnected(muster.api);
  await expect.poll(both.onXmpp).toEqual(NOTHING);
  return { ...both, home, start, muster, api: muster.api, tail, before: both.onSlack() };
}

async function allConnected(api: ApiClient): Promise<void> {
  const connected = async () => (await accountsOf(api)).filter(({ state }) => state === 'connected').length;
  await expect.poll(connected, { timeout: 10_000, interval: 50 }).toBe(2);
}

const outcomes = (results: readonly { platform: string; outcome: string }[]) =>
  Object.fromEntries(results.map(({ platform, outcome }) => [platform, outcome]));

const FOCUS = { status: 'busy', message: 'Deep <work> & tea', emoji: '🎧' } as const;

describe('busy, with words and an emoji, for twenty seconds', () => {
  it('is held by both servers, and then is what it was', { timeout: 45_000 }, async () => {
    const { home, api, tail, onSlack, onXmpp, before } = await signedIn();
    const { message, emoji } = FOCUS;
    const args = ['set', 'busy', '--message', message, '--emoji', emoji, '--for', '20s', '--json'];
    const { code, output } = await runMuster(home, args);
    expect(code, output).toBe(0);
    expect(outcomes(JSON.parse(output).results)).toEqual({ slack: 'applied', xmpp: 'applied' });
    expect(onSlack()).toMatchObject({ text: message, emoji: ':headphones:', snoozed: true, manualAway: false });
    expect(onXmpp()).toEqual({ show: 'dnd', status: `${emoji} ${message}` });
    const me = await api.call(routes.getOwnStatus);
    expect(me).toMatchObject({ status: 'busy', intent: { layer: 'manual', message, emoji } });
    const observed = new Map(me.results.map((result) => [result.platform, result.observed]));
    expect(observed.get('slack')).toMatchObject({ status: 'busy', message, emoji, doNotDisturb: true });
    // XMPP has one line of text: the emoji leads it.
    expect(observed.get('xmpp')).toMatchObject({ status: 'busy', message: `${emoji} ${message}`, emoji: null });
    expect(me.layers).toMatchObject([{ layer: 'manual', won: true, status: 'busy' }]);
    const end = Date.parse(me.intent?.until ?? '');
    expect(end - Date.parse(me.intent?.createdAt ?? '')).toBe(20_000);
    // Slack, whose times have whole seconds, ends it by itself should Muster not be there.
    expect(Math.abs((onSlack().ends ?? 0) - end)).toBeLessThanOrEqual(2_000);
    const over = await tail.next('me', (data) => data.intent === null, {
      from: tail.heard.findIndex((event) => event.event === 'me' && event.data.intent !== null),
      withinMs: 30_000,
    });
    expect(Math.abs(over.at - end)).toBeLessThan(2_000);
    await expect.poll(onXmpp, SOON).toEqual(NOTHING);
    await expect.poll(onSlack, SOON).toEqual(before);
  });

  it('is cleared by hand: both are what they were at once', async () => {
    const { home, api, onSlack, onXmpp, before } = await signedIn();
    await api.call(routes.putOwnStatus, { body: { ...FOCUS, forSeconds: 3_600 } });
    expect(onXmpp()).toMatchObject({ show: 'dnd' });
    const { code, output } = await runMuster(home, ['clear', '--json']);
    expect(code, output).toBe(0);
    expect(outcomes(JSON.parse(output).results)).toEqual({ slack: 'applied', xmpp: 'applied' });
    expect(onSlack()).toEqual(before);
    expect(onXmpp()).toEqual(NOTHING);
    expect(await api.call(routes.getOwnStatus)).toMatchObject({ intent: null, doNotDisturb: { active: false } });
  });

  it('goes on after a kill -9 and a new start before its end, and ends on time', { timeout: 60_000 }, async () => {
    const { start, muster, api, onSlack, onXmpp, before } = await signedIn();
    const { intent } = await api.call(routes.putOwnStatus, { body: { ...FOCUS, forSeconds: 15 } });
    await muster.kill();
    expect(onSlack()).toMatchObject({ text: FOCUS.message });
    await expect.poll(onXmpp, SOON).toBeUndefined();
    const again = await start();
    await expect.poll(onXmpp, { timeout: 13_000 }).toEqual({ show: 'dnd', status: '🎧 Deep <work> & tea' });
    expect((await again.api.call(routes.getOwnStatus)).intent).toMatchObject({ id: intent?.id, until: intent?.until });
    await expect.poll(onSlack, { timeout: 25_000 }).toEqual(before);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(intent?.until ?? ''));
    await expect.poll(onXmpp, SOON).toEqual(NOTHING);
    expect((await again.api.call(routes.getOwnStatus)).intent).toBeNull();
  });

  it('is given back by a new start after its end, when it was killed before it', { timeout: 30_000 }, async () => {
    const { start, muster, api, onSlack, onXmpp, before } = await signedIn();
    await api.call(routes.putOwnStatus, { body: { ...FOCUS, forSeconds: 2 } });
    await muster.kill();
    // Slack ends what it was told the end of; what was there before is Muster's to give back.
    await expect.poll(() => onSlack().text, { timeout: 4_000 }).toBe('');
    const again = await start();
    await expect.poll(onSlack, { timeout: 10_000 }).toEqual(before);
    await expect.poll(onXmpp, { timeout: 10_000 }).toEqual(NOTHING);
    expect(await again.api.call(routes.getOwnStatus)).toMatchObject({ intent: null, doNotDisturb: { active: false } });
  });

  it('answers within two seconds while an account hangs, which finishes by an event', { timeout: 30_000 }, async () => {
    const { slack, api, tail, onSlack } = await signedIn();
    slack.faults.add({ kind: 'slow', delayMs: 4_000 }, { method: 'users.profile.set', times: 1 });
    const askedAt = performance.now();
    const { results } = await api.call(routes.putOwnStatus, { body: { ...FOCUS, forSeconds: 60 } });
    expect(performance.now() - askedAt).toBeLessThan(2_000);
    expect(outcomes(results)).toEqual({ slack: 'pending', xmpp: 'applied' });
    const from = tail.heard.length;
    const done = await tail.next('me', (data) => outcomes(data.results).slack === 'applied', { from });
    expect(outcomes(done.data.results)).toEqual({ slack: 'applied', xmpp: 'applied' });
    expect(onSlack()).toMatchObject({ text: FOCUS.message, snoozed: true });
  });

  it('is left to the user once they change it in Slack, and theirs stays after the end', {
    timeout: 30_000,
  }, async () => {
    const clock = new FakeClock();
    const { slack, signIn, onSlack, onXmpp } = await servers(() => clock.now());
    const virtual = startVirtualCore({ clock });
    closing(() => virtual.stop());
    const { api } = virtual;
    await signIn(api);
    await virtual.passUntil(async () =>
      expect((await accountsOf(api)).map(({ state }) => state)).toEqual(['connected', 'connected']),
    );
    await api.call(routes.putOwnStatus, { body: { ...FOCUS, forSeconds: 120 } });
    await virtual.soon(() => expect(onXmpp()).toMatchObject({ show: 'dnd' }));
    slack.workspace.setStatus('U0ME', { text: 'My own words', emoji: ':tea:' });
    await virtual.pass(25_000, BREATHING);
    await virtual.soon(async () =>
      expect(outcomes((await api.call(routes.getOwnStatus)).results)).toEqual({ slack: 'overridden', xmpp: 'applied' }),
    );
    const writes = () => slack.calls.filter(({ method }) => method === 'users.profile.set').length;
    const written = writes();
    await virtual.pass(60_000, BREATHING);
    expect(writes()).toBe(written);
    await api.call(routes.deleteOwnStatus);
    await virtual.soon(() => expect(onXmpp()).toEqual(NOTHING));
    await virtual.pass(30_000, BREATHING);
    expect(onSlack()).toMatchObject({ text: 'My own words', emoji: ':tea:' });
    // The snooze was Muster's and was never touched by the user: it ends.
    expect(onSlack().snoozed).toBe(false);
    const { results } = await api.call(routes.putOwnStatus, { body: { status: 'away', message: 'New wish' } });
    expect(outcomes(results).slack).toBe('applied');
    expect(onSlack()).toMatchObject({ text: 'New wish', manualAway: true });
    await api.call(routes.deleteOwnStatus);
    expect(onSlack()).toMatchObject({ text: 'My own words', emoji: ':tea:', manualAway: false });
  });
});
