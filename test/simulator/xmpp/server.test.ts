import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { type XmlElement, xml } from '@xmpp/client';
import { afterEach, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../../src/simulator/tcp/fault-proxy.ts';
import {
  startXmppSimulator,
  type XmppSimulator,
  type XmppSimulatorOptions,
} from '../../../src/simulator/xmpp/server.ts';
import { makeCertificate } from '../../support/prosody.ts';
import { startXmppSession, type XmppSession } from '../../support/xmpp-session.ts';

const running: { close(): Promise<void> }[] = [];
const sessions: XmppSession[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((one) => one.stop()));
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function server(options: XmppSimulatorOptions = {}): Promise<XmppSimulator> {
  const simulator = await startXmppSimulator({ iterations: 16, ...options });
  running.push(simulator);
  for (const name of ['alice', 'bob', 'carol'])
    simulator.addUser(name, { password: `secret-${name}`, groups: ['Team'] });
  simulator.befriendAll();
  return simulator;
}

async function signIn(simulator: { readonly service: string }, username = 'alice'): Promise<XmppSession> {
  const session = await startXmppSession({ service: simulator.service, username });
  sessions.push(session);
  return session;
}

async function rawStream(port: number, ...writes: string[]): Promise<() => string> {
  const socket = connect({ port, host: '127.0.0.1' });
  sockets.push(socket);
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString();
  });
  socket.on('error', () => undefined);
  for (const write of writes) socket.write(write);
  return () => text;
}

const header = (to: string) =>
  `<?xml version='1.0'?><stream:stream to='${to}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`;
const show = (value: string) => (stanza: XmlElement) => stanza.getChild('show')?.text() === value;

describe('the XMPP simulator is strict', () => {
  it.each([
    ['an unknown host', [header('elsewhere')], 'host-unknown'],
    ['bad XML', [header('localhost'), '<iq><a></b>'], 'not-well-formed'],
    ['a comment', [header('localhost'), '<!-- x -->'], 'restricted-xml'],
    ['a stanza before the login', [header('localhost'), '<presence/>'], 'not-authorized'],
    ['another root', ["<html xmlns='x'>"], 'invalid-namespace'],
  ])('answers %s with a stream error and closes', async (_what, writes, condition) => {
    const simulator = await server();
    const text = await rawStream(simulator.port, ...writes);
    await expect.poll(text).toContain(`<stream:error><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>`);
    await expect.poll(text).toContain('</stream:stream>');
    await expect.poll(() => simulator.openSockets()).toBe(0);
  });

  it('offers PLAIN only when told, and accepts it', async () => {
    const plain = (name: string) => Buffer.from(`\0${name}\0secret-alice`).toString('base64');
    const auth = (name: string) =>
      `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${plain(name)}</auth>`;
    const without = await rawStream((await server()).port, header('localhost'), auth('alice'));
    await expect.poll(without).toContain('<invalid-mechanism/>');
    const { port } = await server({ mechanisms: ['PLAIN'] });
    const right = await rawStream(port, header('localhost'), auth('alice'));
    await expect.poll(right).toContain('<success');
    const wrong = await rawStream(port, header('localhost'), auth('bob'));
    await expect.poll(wrong).toContain('<not-authorized/>');
  });

  it('says why a login fails: disabled, temporary, changed password', async () => {
    const simulator = await server();
    simulator.faults.temporaryAuthFailures(1);
    await expect(signIn(simulator)).rejects.toMatchObject({ condition: 'temporary-auth-failure' });
    await signIn(simulator, 'bob');
    simulator.disableUser('alice');
    await expect(signIn(simulator)).rejects.toMatchObject({ condition: 'account-disabled' });
    simulator.changePassword('carol', 'other');
    await expect(signIn(simulator, 'carol')).rejects.toMatchObject({ condition: 'not-authorized' });
  });

  it('changes to TLS with the given certificate, and demands it when told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-cert-'));
    const files = makeCertificate(folder, 'localhost');
    const [key, cert] = [readFileSync(files.keyFile, 'utf8'), readFileSync(files.certFile, 'utf8')];
    rmSync(folder, { recursive: true });
    const { port } = await server({ tls: { key, cert }, requireTls: true });
    const text = await rawStream(port, header('localhost'));
    await expect.poll(text).toContain('<required/>');
    expect(text()).not.toContain('mechanisms');
    const socket = sockets.at(-1);
    socket?.write("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    await expect.poll(text).toContain('<proceed');
    socket?.removeAllListeners('data');
    const secure = connectTls({ socket, ca: cert, servername: 'localhost' });
    let inside = '';
    secure.on('data', (bytes) => {
      inside += bytes.toString();
    });
    secure.write(header('localhost'));
    await expect.poll(() => inside).toContain('SCRAM-SHA-1');
    expect(secure.authorized).toBe(true);
  });
});

describe('the XMPP simulator plays other people', () => {
  it('passes idle, unknown shows, wrong priorities, delays and presence errors through', async () => {
    const simulator = await server();
    const alice = await signIn(simulator);
    await alice.presence({ priority: -1 });
    simulator.setPresence('bob', 'desk', { show: 'away', idleSince: Date.UTC(2026, 0, 5, 9) });
    const idle = (await alice.next(show('away'))).getChild('idle', 'urn:xmpp:idle:1');
    expect(idle?.attrs.since).toBe('2026-01-05T09:00:00Z');
    simulator.setPresence('bob', 'desk', { show: 'sleepy', priority: 'high', delayStamp: Date.UTC(2026, 0, 5, 8) });
    const odd = await alice.next(show('sleepy'));
    expect(odd.getChild('priority')?.text()).toBe('high');
    expect(odd.getChild('delay')?.attrs.stamp).toBe('2026-01-05T08:00:00Z');
    simulator.faults.presenceError('carol', 'alice');
    await alice.next((stanza) => stanza.attrs.type === 'error' && stanza.attrs.from === 'carol@localhost');
    expect(simulator.sessions('alice')).toMatchObject([{ resource: 'test', priority: -1, available: true }]);
  });

  it('tells last activity of offline contacts, or refuses', async () => {
    let now = Date.UTC(2026, 0, 5, 9);
    const simulator = await server({ now: () => now });
    const alice = await signIn(simulator);
    const ask = () => alice.request('get', xml('query', { xmlns: 'jabber:iq:last' }), 'bob@localhost');
    simulator.setPresence('bob', 'desk');
    expect((await ask()).getChild('query')?.attrs.seconds).toBe('0');
    simulator.goOffline('bob', 'desk', 'home');
    now += 90_000;
    const answer = (await ask()).getChild('query');
    expect([answer?.attrs.seconds, answer?.text()]).toEqual(['90', 'home']);
    simulator.setLastActivity('bob', 'service-unavailable');
    expect((await ask()).getChild('error')?.getChild('service-unavailable')).toBeDefined();
  });

  it('notifies of avatars and nicks by caps, serves their data, and vCards', async () => {
    const simulator = await server();
    const id = simulator.setAvatar('bob', Buffer.from('picture'));
    simulator.setVCard('carol', { nickname: 'Caz', photo: Buffer.from('photo') });
    const alice = await signIn(simulator);
    alice.entity.iqCallee.get('http://jabber.org/protocol/disco#info', 'query', () => {
      const features = ['urn:xmpp:avatar:metadata+notify', 'http://jabber.org/protocol/nick+notify'];
      const listed = features.map((name) => xml('feature', { var: name }));
      return xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' }, ...listed);
    });
    await alice.send(
      xml('presence', {}, xml('c', { xmlns: 'http://jabber.org/protocol/caps', hash: 'sha-1', node: 'x', ver: 'y' })),
    );
    const told = await alice.next((stanza) => stanza.toString().includes('avatar:metadata'));
    expect([told.name, told.attrs.from, told.toString().includes(id)]).toEqual(['message', 'bob@localhost', true]);
    simulator.setNick('carol', 'Caro');
    await alice.next((stanza) => stanza.toString().includes('>Caro</nick>'));
    const wanted = xml('items', { node: 'urn:xmpp:avatar:data' }, xml('item', { id }));
    const data = await alice.request(
      'get',
      xml('pubsub', { xmlns: 'http://jabber.org/protocol/pubsub' }, wanted),
      'bob@localhost',
    );
    expect(data.toString()).toContain(Buffer.from('picture').toString('base64'));
    const card = await alice.request('get', xml('vCard', { xmlns: 'vcard-temp' }), 'carol@localhost');
    expect(card.getChild('vCard')?.getChild('NICKNAME')?.text()).toBe('Caz');
  });

  it('never hands a message to a negative priority, and keeps what was handed', async () => {
    const simulator = await server();
    const alice = await signIn(simulator);
    await alice.presence({ priority: -1 });
    await alice.next((stanza) => stanza.attrs.from === 'alice@localhost/test');
    expect(simulator.sendMessage('bob', 'alice@localhost', 'lost')).toBe(false);
    simulator.setPresence('alice', 'phone', { priority: 0 });
    expect(simulator.sendMessage('bob', 'alice@localhost', 'hi')).toBe(true);
    expect(simulator.messagesTo('alice', 'phone')).toMatchObject([{ body: 'hi' }]);
    expect(simulator.messagesTo('alice', 'test')).toEqual([]);
  });
});

describe('the XMPP simulator breaks', () => {
  async function throughProxy(simulator: XmppSimulator): Promise<{ proxy: FaultProxy; alice: XmppSession }> {
    const proxy = await startFaultProxy({ port: simulator.port });
    running.push(proxy);
    const alice = await signIn({ service: `xmpp://127.0.0.1:${proxy.port}` });
    await alice.presence({ priority: -1 });
    await alice.next((stanza) => stanza.attrs.from === 'alice@localhost/test');
    return { proxy, alice };
  }

  it('resumes a session that was cut, and sends what was missed', async () => {
    const simulator = await server();
    const { proxy, alice } = await throughProxy(simulator);
    const resumed = new Promise<void>((resolve) => alice.entity.streamManagement.once('resumed', resolve));
    proxy.reset();
    await expect.poll(() => simulator.sessions('alice')).toMatchObject([{ connected: false, available: true }]);
    simulator.setPresence('bob', 'desk', { show: 'dnd' });
    await resumed;
    await alice.next(show('dnd'));
    expect(simulator.sessions('alice')).toMatchObject([{ connected: true, priority: -1 }]);
  });

  it('tells others when nobody resumes', async () => {
    const simulator = await server({ resumeWithinMs: 50 });
    const bob = await signIn(simulator, 'bob');
    await bob.presence({});
    const { proxy, alice } = await throughProxy(simulator);
    alice.entity.reconnect.stop();
    proxy.reset();
    await bob.next((stanza) => stanza.attrs.from === 'alice@localhost/test' && stanza.attrs.type === 'unavailable');
    expect(simulator.sessions('alice')).toEqual([]);
  });

  it('kicks, restarts on the same port and forgets its sessions', async () => {
    const simulator = await server();
    const alice = await signIn(simulator);
    const errors: unknown[] = [];
    alice.entity.on('error', (error) => errors.push(error));
    await simulator.restart();
    await expect.poll(() => errors[0]).toMatchObject({ condition: 'system-shutdown' });
    await expect.poll(() => simulator.sessions('alice').length, { timeout: 4_000 }).toBe(1);
    simulator.kick('alice', 'policy-violation');
    await expect.poll(() => errors.at(-1)).toMatchObject({ condition: 'policy-violation' });
  });

  it('writes bytes that are no XML, refuses requests and stays silent on demand', async () => {
    const simulator = await server();
    const alice = await signIn(simulator);
    alice.entity.reconnect.stop();
    simulator.faults.iq('jabber:iq:roster', { answer: 'error', condition: 'internal-server-error' });
    const refused = await alice.request('get', xml('query', { xmlns: 'jabber:iq:roster' }));
    expect(refused.getChild('error')?.attrs.type).toBe('wait');
    const errors: unknown[] = [];
    alice.entity.on('error', (error) => errors.push(error));
    simulator.faults.malformedNext('alice');
    await alice.presence({});
    await expect.poll(() => simulator.openSockets(), { timeout: 4_000 }).toBe(0);
  });

  it.each(['dropWithoutClose', 'halfClose'] as const)('keeps the session for a resumption after %s', async (fault) => {
    const simulator = await server();
    const alice = await signIn(simulator);
    await alice.presence({});
    await alice.next((stanza) => stanza.attrs.from === 'alice@localhost/test');
    alice.entity.reconnect.stop();
    simulator.faults[fault]('alice');
    await expect.poll(() => simulator.sessions('alice')).toMatchObject([{ connected: false, available: true }]);
    expect(simulator.openSockets()).toBe(0);
  });

  it('freezes, and delays what it writes', async () => {
    const simulator = await server();
    const alice = await signIn(simulator);
    const ping = () => alice.request('get', xml('ping', { xmlns: 'urn:xmpp:ping' }), 'localhost');
    simulator.faults.delay(80);
    const started = performance.now();
    await ping();
    expect(performance.now() - started).toBeGreaterThanOrEqual(75);
    simulator.faults.freeze();
    await alice.presence({});
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect([simulator.openSockets(), simulator.sessions('alice')[0]?.available]).toEqual([1, false]);
    simulator.faults.heal();
  });
});
