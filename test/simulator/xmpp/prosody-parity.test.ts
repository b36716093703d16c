import { type XmlElement, xml } from '@xmpp/client';
import { afterEach, describe, expect, it } from 'vitest';
import { startXmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { findProsody, startProsody } from '../../support/prosody.ts';
import { describeWith } from '../../support/requirement.ts';
import { startXmppSession, type XmppSession } from '../../support/xmpp-session.ts';

type Running = { readonly service: string; stop(): Promise<void> };

const TEAM = ['alice', 'bob', 'carol'] as const;
const sessions: XmppSession[] = [];

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((one) => one.stop()));
});

/** The same scenario for every server; what differs between them would be a wrong simulator. */
function scenario(start: () => Promise<Running>): void {
  async function withServer(run: (signIn: (name: string, resource?: string) => Promise<XmppSession>) => Promise<void>) {
    const server = await start();
    try {
      await run(async (username, resource = 'test') => {
        const session = await startXmppSession({ service: server.service, username, resource });
        sessions.push(session);
        return session;
      });
      await Promise.all(sessions.splice(0).map((one) => one.stop()));
    } finally {
      await server.stop();
    }
  }
  const from = (address: string, type?: string) => (stanza: XmlElement) =>
    stanza.name === 'presence' && stanza.attrs.from === address && stanza.attrs.type === type;

  it('refuses a wrong password with not-authorized', async () => {
    const server = await start();
    const login = startXmppSession({ service: server.service, username: 'alice', password: 'wrong' });
    await expect(login).rejects.toMatchObject({ name: 'SASLError', condition: 'not-authorized' });
    await server.stop();
  });

  it('lists the roster with names, groups and subscriptions', () =>
    withServer(async (signIn) => {
      const alice = await signIn('alice');
      const answer = await alice.request('get', xml('query', { xmlns: 'jabber:iq:roster' }));
      const items = answer.getChild('query')?.getChildren('item') ?? [];
      const seen = items.map((item) => [
        item.attrs.jid,
        item.attrs.name,
        item.attrs.subscription,
        item.getChild('group')?.text(),
      ]);
      expect(seen.sort()).toEqual([
        ['bob@localhost', 'Bob', 'both', 'Team'],
        ['carol@localhost', 'Carol', 'both', 'Team'],
      ]);
    }));

  it('replays who is there with the time it was said, tells who is not, and passes changes live', () =>
    withServer(async (signIn) => {
      const bob = await signIn('bob', 'desk');
      await bob.presence({ show: 'dnd', status: 'busy & bee', priority: 5 });
      await bob.next(from('bob@localhost/desk'));
      const alice = await signIn('alice');
      await alice.presence({ priority: -1 });
      const replayed = await alice.next(from('bob@localhost/desk'));
      expect(replayed.getChild('show')?.text()).toBe('dnd');
      expect(replayed.getChild('status')?.text()).toBe('busy & bee');
      expect(replayed.getChild('priority')?.text()).toBe('5');
      const delay = replayed.getChild('delay', 'urn:xmpp:delay');
      expect(delay?.attrs.stamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(delay?.attrs.from).toBe('localhost');
      await alice.next(from('carol@localhost', 'unavailable'));
      await bob.presence({ show: 'xa' });
      const live = await alice.next((stanza) => stanza.getChild('show')?.text() === 'xa');
      expect(live.getChild('delay')).toBeUndefined();
      await bob.stop();
      await alice.next(from('bob@localhost/desk', 'unavailable'));
    }));

  it('hands messages to the client with a priority of zero or more, never to a negative one', () =>
    withServer(async (signIn) => {
      const [phone, muster, alice] = [
        await signIn('bob', 'phone'),
        await signIn('bob', 'muster'),
        await signIn('alice'),
      ];
      await phone.presence({ priority: 0 });
      await muster.presence({ priority: -1 });
      await alice.presence({});
      await alice.next(from('bob@localhost/phone'));
      await alice.send(xml('message', { to: 'bob@localhost', type: 'chat', id: 'm1' }, xml('body', {}, 'hello')));
      await phone.next((stanza) => stanza.getChild('body')?.text() === 'hello');
      await phone.stop();
      await alice.next(from('bob@localhost/phone', 'unavailable'));
      await alice.send(xml('message', { to: 'bob@localhost', type: 'chat', id: 'm2' }, xml('body', {}, 'again')));
      const refused = await alice.next((stanza) => stanza.attrs.id === 'm2' && stanza.attrs.type === 'error');
      expect(refused.getChild('error')?.getChild('service-unavailable')).toBeDefined();
      expect(muster.received.some((stanza) => stanza.name === 'message')).toBe(false);
    }));

  it('asks for a subscription, approves it, and cancels it', () =>
    withServer(async (signIn) => {
      const [alice, dave] = [await signIn('alice'), await signIn('dave')];
      await alice.request('get', xml('query', { xmlns: 'jabber:iq:roster' }));
      await alice.presence({});
      await dave.presence({ show: 'away' });
      await dave.next(from('dave@localhost/test'));
      await alice.send(xml('presence', { to: 'dave@localhost', type: 'subscribe' }));
      await dave.next(from('alice@localhost', 'subscribe'));
      await dave.send(xml('presence', { to: 'alice@localhost', type: 'subscribed' }));
      await alice.next(from('alice@localhost/test'));
      await alice.next(from('dave@localhost', 'subscribed'));
      expect((await alice.next(from('dave@localhost/test'))).getChild('show')?.text()).toBe('away');
      await alice.next((stanza) => {
        const item = stanza.getChild('query', 'jabber:iq:roster')?.getChild('item');
        return stanza.attrs.type === 'set' && item?.attrs.subscription === 'to';
      });
      await dave.send(xml('presence', { to: 'alice@localhost', type: 'unsubscribed' }));
      await alice.next(from('dave@localhost', 'unsubscribed'));
      await alice.next(from('dave@localhost/test', 'unavailable'));
    }));

  it('answers ping, and refuses what it does not know and strangers’ last activity', () =>
    withServer(async (signIn) => {
      const alice = await signIn('alice');
      expect((await alice.request('get', xml('ping', { xmlns: 'urn:xmpp:ping' }), 'localhost')).attrs.type).toBe(
        'result',
      );
      const unknown = await alice.request('get', xml('query', { xmlns: 'urn:example:nothing' }), 'localhost');
      expect(unknown.getChild('error')?.getChild('service-unavailable')).toBeDefined();
      const last = await alice.request('get', xml('query', { xmlns: 'jabber:iq:last' }), 'dave@localhost');
      expect(last.getChild('error')?.getChild('forbidden')).toBeDefined();
    }));

  it('ends the older of two streams with the same resource', () =>
    withServer(async (signIn) => {
      const first = await signIn('alice', 'same');
      first.entity.reconnect.stop();
      const errors: unknown[] = [];
      first.entity.on('error', (error) => errors.push(error));
      await signIn('alice', 'same');
      // A reset may follow it: the first is what the server said.
      await expect.poll(() => errors[0]).toMatchObject({ condition: 'conflict' });
    }));
}

describe('the XMPP simulator, as Prosody is', () => {
  scenario(async () => {
    const simulator = await startXmppSimulator();
    for (const name of [...TEAM, 'dave']) {
      const shown = name.charAt(0).toUpperCase() + name.slice(1);
      simulator.addUser(name, { password: `secret-${name}`, name: shown, groups: ['Team'] });
    }
    simulator.befriendAll(TEAM);
    return { service: simulator.service, stop: () => simulator.close() };
  });
});

describeWith(findProsody(), 'Prosody itself', ({ prosody }) => {
  scenario(async () => {
    const server = await startProsody(prosody, { team: TEAM, outside: ['dave'] });
    return { service: server.service, stop: () => server.dispose() };
  });
});
