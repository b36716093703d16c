import { describe, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { startXmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ApiClient, type Carry } from './support/api-client.ts';
import { commandLines, filesUnder, findCanaries } from './support/canaries.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { accountsOf, allContacts, contactOf, slackSignIn, xmppSignIn } from './support/queries.ts';
import { makeHome, runMuster, serveMuster } from './support/served.ts';
import { BREATHING, startVirtualCore } from './support/virtual-core.ts';

const MINUTE = 60_000;
const closing = closeAfterEach();

/** Secrets that no encoding leaves as they are. */
const CANARIES = {
  'the XMPP password': 'Kana"ri/en+vogel=9 <&Zx\\',
  'the Slack token': 'xoxp-1/CANARY+tok"en=77\\q',
  'a wrong password': 'Wro"ng/vogel+4=8 <&Yy\\',
  'a wrong token': 'xoxp-2/WRONG+tok"en=31\\w',
  'a secret in a wrong place': 'Mis"placed/vogel+6=2 <&Ww\\',
} as const;

/** A Slack workspace and an XMPP server that know the canaries. */
async function servers() {
  const slack = await startSlackSimulator({
    populate: (workspace) => {
      workspace.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' });
      for (const id of ['U0ADA', 'U0BEA']) workspace.addUser({ id, name: id, realName: id });
    },
  });
  closing(() => slack.close());
  slack.workspace.issueToken({ userId: 'U0ME', token: CANARIES['the Slack token'] });
  const xmpp = await startXmppSimulator();
  closing(() => xmpp.close());
  xmpp.addUser('me', { password: CANARIES['the XMPP password'] });
  xmpp.addUser('bob', { password: 'bob' });
  xmpp.befriendAll();
  return { slack, xmpp };
}

describe('a secret', () => {
  it.each(['vault', 'memory'] as const)(
    'is in no place but the secret store (%s), whatever happens',
    { timeout: 60_000 },
    async (store) => {
      const { slack, xmpp } = await servers();
      const { home, remove } = makeHome();
      closing(remove);
      const env = { MUSTER_KEYCHAIN: store, MUSTER_LOG_LEVEL: 'debug' };
      const muster = await serveMuster(home, env);
      closing(() => muster.stop());
      const answers: string[] = [];
      const carry: Carry = async (path, init) => {
        const response = await muster.carry(path, init);
        const text = await response.text();
        answers.push(`${path} ${text} ${JSON.stringify([...response.headers])}`);
        const body = response.status === 204 ? null : text;
        return new Response(body, { status: response.status, headers: response.headers });
      };
      const api = new ApiClient(carry);
      const tail = await muster.events();
      const seen: string[] = [];
      const look = () => {
        for (const { name, text } of filesUnder(home)) seen.push(...findCanaries(name, text, CANARIES));
        for (const { pid, text } of commandLines())
          seen.push(...findCanaries(`the arguments of process ${pid}`, text, CANARIES));
      };
      const command = async (...args: string[]) => {
        const { output } = await runMuster(home, args, { env });
        seen.push(...findCanaries(`muster ${args[0]}`, output, CANARIES));
        return output;
      };

      const onXmpp = (password: string) => xmppSignIn(xmpp.service, xmpp.domain, 'me', password);
      for (const body of [onXmpp(CANARIES['a wrong password']), slackSignIn(slack.apiUrl, CANARIES['a wrong token'])]) {
        const problem = await api.refusal(api.call(routes.createAccount, { body }));
        expect(problem.code).toBe('credentials-refused');
      }
      const misplaced = CANARIES['a secret in a wrong place'];
      const odd = onXmpp('x');
      for (const body of [
        { ...odd, settings: { ...odd.settings, password: misplaced } },
        { ...odd, settings: { ...odd.settings, service: misplaced } },
        { ...odd, secrets: { password: [misplaced] } },
        { ...odd, note: misplaced },
      ])
        expect((await api.raw('post', '/v1/accounts', body)).status).toBe(422);
      look();
      const token = CANARIES['the Slack token'];
      const first = await api.call(routes.createAccount, { body: onXmpp(CANARIES['the XMPP password']) });
      const second = await api.call(routes.createAccount, { body: slackSignIn(slack.apiUrl, token) });
      look();
      const of = (id: string) => ({ params: { id } });
      const patched = api.call(routes.patchAccount, {
        ...of(first.id),
        body: { secrets: { password: CANARIES['a wrong password'] } },
      });
      expect((await api.refusal(patched)).code).toBe('credentials-refused');
      await expect.poll(async () => (await allContacts(api)).length, { timeout: 10_000 }).toBe(3);
      await api.call(routes.putOwnStatus, { body: { status: 'busy', message: 'Focus' } });
      for (const { id } of [first, second]) await api.call(routes.reconnectAccount, of(id));
      const from = tail.heard.length;
      xmpp.faults.malformedNext('me');
      xmpp.setPresence('bob', 'desk', {});
      await slack.restart();
      await tail.next('account', (data) => data.id === first.id && 'state' in data && data.state !== 'connected', {
        from,
      });
      slack.workspace.revokeToken(token);
      await api.call(routes.reconnectAccount, of(second.id));
      await tail.next('account', (data) => 'state' in data && data.state === 'needs-sign-in', { from });
      for (const path of [
        '/v1/accounts',
        '/v1/platforms',
        '/v1/doctor',
        '/v1/secret-store',
        '/v1/health',
        '/openapi.json',
      ])
        expect((await api.raw('get', path)).status).toBe(200);
      await api.call(routes.exportAll);
      await command('doctor', '--json');
      await command('status');
      await command('account', 'list', '--json');
      const exported = await command('export');
      expect(exported).toContain(first.id);
      look();
      // What a kill leaves behind, the write-ahead log among it.
      const names = filesUnder(home).map(({ name }) => name);
      await muster.kill();
      look();
      seen.push(...findCanaries('the answers', answers.join('\n'), CANARIES));
      seen.push(...findCanaries('the events', tail.text, CANARIES));
      seen.push(...findCanaries('the output', muster.process.output(), CANARIES));
      expect([...new Set(seen)]).toEqual([]);
      expect(names).toEqual(expect.arrayContaining(['muster.db', 'muster.db-wal', 'server.json']));
      expect(names.includes('vault.json')).toBe(store === 'vault');
      const log = filesUnder(home).find(({ name }) => name.endsWith('muster.log'))?.text ?? '';
      expect(log.split('\n').length).toBeGreaterThan(5);

      const again = await serveMuster(home, env);
      closing(() => again.stop());
      const wanted = store === 'vault' ? 'connected' : 'needs-sign-in';
      const state = async () => (await accountsOf(again.api)).find(({ id }) => id === first.id)?.state;
      await expect.poll(state, { timeout: 10_000 }).toBe(wanted);
    },
  );

  it('shows nowhere that would hide from this search', () => {
    const [secret] = Object.values(CANARIES);
    const found = (text: string) => findCanaries('it', text, { it: secret ?? '' }).length;
    expect(found(`x${secret}y`)).toBeGreaterThan(0);
    for (const prefix of ['', 'a', 'ab', '\0me\0'])
      expect(found(Buffer.from(`${prefix}${secret}zz`).toString('base64')), prefix).toBeGreaterThan(0);
    expect(found(JSON.stringify({ secret }))).toBeGreaterThan(0);
    expect(found('nothing of it')).toBe(0);
  });
});

describe('somebody who is opted out', () => {
  it('is never asked about, leaves nothing but what undoing needs, and can be let back in', {
    timeout: 60_000,
  }, async () => {
    const clock = new FakeClock();
    const slack = await startSlackSimulator({
      now: () => clock.now(),
      populate: (workspace) => {
        workspace.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' });
        for (let index = 0; index < 10; index += 1)
          workspace.addUser({ id: `U0P${index}`, name: `p${index}`, realName: `Person ${index}` });
        workspace.addUser({
          id: 'U0ADA',
          name: 'ada',
          realName: 'Ada Byron',
          email: 'ada.canary@sim.example',
          tz: 'Europe/Lisbon',
        });
        workspace.setPresence('U0ADA', 'active');
        workspace.setStatus('U0ADA', { text: 'Kanarienvogel words', emoji: ':tea:' });
      },
    });
    closing(() => slack.close());
    const xmpp = await startXmppSimulator({ now: () => clock.now() });
    closing(() => xmpp.close());
    for (const name of ['me', 'bob']) xmpp.addUser(name, { password: `secret-${name}`, name });
    xmpp.befriendAll();
    xmpp.setPresence('bob', 'desk', { status: 'Wellensittich words' });
    const virtual = startVirtualCore({ clock });
    closing(() => virtual.stop());
    const { api, core } = virtual;
    const token = slack.workspace.issueToken({ userId: 'U0ME' });
    await api.call(routes.createAccount, { body: slackSignIn(slack.apiUrl, token) });
    await api.call(routes.createAccount, { body: xmppSignIn(xmpp.service, xmpp.domain, 'me', 'secret-me') });
    await virtual.passUntil(async () => {
      expect((await contactOf(api, 'U0ADA')).message).toBe('Kanarienvogel words');
      expect((await contactOf(api, 'bob@localhost')).message).toBe('Wellensittich words');
    });
    await virtual.pass(MINUTE, BREATHING);
    const traces = () =>
      filesUnder(core.home).flatMap(({ name, text }) =>
        ['Kanarienvogel', 'Wellensittich', 'ada.canary', 'Europe/Lisbon']
          .filter((word) => text.includes(word))
          .map((word) => `${word} in ${name}`),
      );
    expect(traces()).not.toEqual([]);

    const [ada, bob] = [await contactOf(api, 'U0ADA'), await contactOf(api, 'bob@localhost')];
    await api.call(routes.createWatch, { body: { contactId: bob.id, to: ['busy'], repeat: 'always' } });
    const events = await virtual.events();
    for (const { id } of [ada, bob]) {
      const out = await api.call(routes.patchContact, { params: { id }, body: { monitored: false } });
      expect(out).toMatchObject({ monitored: false, status: 'unknown', message: null, email: null, lastSeen: null });
    }
    const from = slack.calls.length;
    xmpp.setPresence('bob', 'desk', { show: 'dnd', status: 'Wellensittich again' });
    await virtual.pass(12 * MINUTE, { stepMs: 1_000, breathMs: 4 });
    const about = slack.calls.slice(from).filter(({ params }) => JSON.stringify(params).includes('U0ADA'));
    expect(about).toEqual([]);
    expect(slack.calls.length - from).toBeGreaterThan(20);
    expect(events.text).not.toMatch(/Kanarienvogel|Wellensittich|ada\.canary/);
    expect(await contactOf(api, 'U0ADA')).toMatchObject({ status: 'unknown', message: null, email: null });
    expect(await contactOf(api, 'bob@localhost')).toMatchObject({ status: 'unknown', message: null });
    expect((await api.call(routes.exportAll)).contacts).not.toMatchObject([{ message: 'Wellensittich again' }]);
    expect(traces()).toEqual([]);
    await virtual.stop();
    expect(traces()).toEqual([]);

    const again = startVirtualCore({ clock, home: core.home, secretStore: core.secretStore });
    closing(() => again.stop());
    await again.pass(MINUTE, BREATHING);
    expect(slack.calls.slice(from).filter(({ params }) => JSON.stringify(params).includes('U0ADA'))).toEqual([]);
    expect((await contactOf(again.api, 'U0ADA')).monitored).toBe(false);
    for (const { id } of [ada, bob])
      await again.api.call(routes.patchContact, { params: { id }, body: { monitored: true } });
    await again.passUntil(
      async () => {
        expect(await contactOf(again.api, 'U0ADA')).toMatchObject({
          id: ada.id,
          status: 'online',
          message: 'Kanarienvogel words',
          email: 'ada.canary@sim.example',
        });
        expect(await contactOf(again.api, 'bob@localhost')).toMatchObject({ id: bob.id, status: 'busy' });
      },
      12 * MINUTE,
      { stepMs: 1_000, breathMs: 4 },
    );
  });
});
