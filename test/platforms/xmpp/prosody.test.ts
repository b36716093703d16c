import { createHash } from 'node:crypto';
import { xml } from '@xmpp/client';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { epochMs } from '../../../src/domain/time.ts';
import type { Connection } from '../../../src/platforms/platform.ts';
import { type FaultProxy, startFaultProxy } from '../../../src/simulator/tcp/fault-proxy.ts';
import { findProsody, type ProsodyServer, startProsody } from '../../support/prosody.ts';
import { describeWith } from '../../support/requirement.ts';
import { type Bench, type Colleague, colleague, eventually, signIn } from './support.ts';

const names = Array.from({ length: 50 }, (_, index) => `c${String(index).padStart(2, '0')}`);
const soon = () => AbortSignal.timeout(8_000);

describeWith(findProsody(), 'XMPP against a real Prosody', ({ prosody }) => {
  let server: ProsodyServer;
  let cable: FaultProxy;
  let throughCable: string;
  const open: { close(): Promise<unknown> }[] = [];

  beforeAll(async () => {
    server = await startProsody(prosody, { team: ['alice', 'bob', ...names], outside: ['dave'] });
    cable = await startFaultProxy({ port: server.port });
    throughCable = `xmpp://127.0.0.1:${cable.port}`;
  });
  afterAll(async () => {
    await cable?.close();
    await server?.dispose();
  });
  afterEach(async () => {
    await cable.heal();
    await Promise.all(open.splice(0).map((one) => one.close()));
  });

  const settings = (username = 'alice', service = server.service) => ({
    service,
    domain: 'localhost',
    username,
    allowInsecureLoopback: true,
  });

  async function login(
    service = server.service,
    prepare?: (bench: Bench) => void,
  ): Promise<Bench & { connection: Connection }> {
    const made = await signIn(settings('alice', service), 'secret-alice', prepare);
    open.push(made.connection);
    return made;
  }

  async function join(username: string, resource = 'desk'): Promise<Colleague> {
    const { service } = server;
    const made = await colleague({ service, domain: 'localhost', username, password: `secret-${username}`, resource });
    open.push({ close: () => made.leave() });
    return made;
  }

  function own(connection: Connection) {
    if (!connection.ownStatus) throw new Error('no own status');
    return connection.ownStatus;
  }

  it('follows 50 contacts through every show value', async () => {
    const { heard } = await login();
    await eventually('everybody is known', () => names.every((name) => heard.latest.has(`${name}@localhost`)));
    expect(heard.observations.every((one) => one.replayed)).toBe(true);
    expect(heard.identities.get('c07@localhost')).toMatchObject({ displayName: 'C07', groups: ['Team'], email: null });
    const people: Colleague[] = [];
    for (let start = 0; start < names.length; start += 10) {
      people.push(...(await Promise.all(names.slice(start, start + 10).map((name) => join(name)))));
    }
    const rounds = [
      [{}, 'online', 'available'],
      [{ show: 'chat' }, 'online', 'chat'],
      [{ show: 'away' }, 'away', 'away'],
      [{ show: 'xa' }, 'away', 'xa'],
      [{ show: 'dnd', status: 'In a meeting 📅' }, 'busy', 'dnd'],
      [{ idleSince: '2026-03-02T07:00:00Z' }, 'idle', 'available'],
    ] as const;
    for (const [presence, status, rawStatus] of rounds) {
      await Promise.all(people.map((one) => one.say(presence)));
      await eventually(`all ${status} (${rawStatus})`, () =>
        names.every((name) => {
          const latest = heard.latest.get(`${name}@localhost`);
          return latest?.status === status && latest.rawStatus === rawStatus;
        }),
      );
      const message = 'status' in presence ? presence.status : null;
      expect(heard.latest.get('c31@localhost')).toMatchObject({ message, source: 'push', doNotDisturb: false });
    }
    expect(heard.latest.get('c31@localhost')?.lastSeen).toBe(Date.parse('2026-03-02T07:00:00Z'));
    await Promise.all(people.map((one) => one.leave()));
    await eventually('all offline', () =>
      names.every((name) => heard.latest.get(`${name}@localhost`)?.status === 'offline'),
    );
    expect(heard.latest.get('c00@localhost')?.lastSeen).not.toBeNull();
  }, 60_000);

  it('folds the clients of one person, and calls them offline only when none is left', async () => {
    const { heard } = await login();
    const latest = () => heard.latest.get('bob@localhost');
    await eventually('bob is offline', () => latest()?.status === 'offline');
    const phone = await join('bob', 'phone');
    await phone.say({ show: 'away', priority: 5 });
    await eventually('away', () => latest()?.status === 'away');
    const desk = await join('bob', 'desk');
    await desk.say({ priority: 1 });
    await desk.say({ show: 'dnd', priority: 5 });
    await eventually('busy outranks away at equal priority', () => latest()?.status === 'busy');
    await desk.leave();
    await eventually('the phone is left', () => latest()?.status === 'away');
    await phone.leave();
    await eventually('nobody is left', () => latest()?.status === 'offline');
    expect(heard.observations.filter((one) => one.userId === 'bob@localhost').map((one) => one.status)).toEqual([
      'offline',
      'away',
      'busy',
      'away',
      'offline',
    ]);
  });

  it('marks what was so before the login, and nothing that changed after it', async () => {
    const bob = await join('bob');
    await bob.say({});
    const { heard } = await login();
    const latest = () => heard.latest.get('bob@localhost');
    await eventually('bob is seen', () => latest()?.status === 'online');
    expect(latest()?.replayed).toBe(true);
    await bob.say({ show: 'away' });
    await eventually('bob is away', () => latest()?.status === 'away');
    expect(latest()?.replayed).toBe(false);
    await bob.leave();
    await eventually('bob is gone', () => latest()?.status === 'offline');
    const again = await join('bob');
    await again.say({});
    await eventually('bob is back', () => latest()?.status === 'online');
    expect(latest()?.replayed).toBe(false);
  });

  it('never sees people who were opted out', async () => {
    const bob = await join('bob');
    await bob.say({});
    const { heard, connection } = await login(server.service, (made) => made.optedOut.add('bob@localhost'));
    await bob.say({ show: 'dnd' });
    await connection.verify(soon());
    for await (const page of connection.roster?.list(soon()) ?? []) {
      expect(page.map((one) => one.userId)).not.toContain('bob@localhost');
    }
    expect([...heard.identities.keys(), ...heard.latest.keys()]).not.toContain('bob@localhost');
    expect(heard.identities.size).toBeGreaterThan(40);
  });

  it('follows the roster: added, renamed, removed, and honest about people who have not agreed', async () => {
    const { heard } = await login();
    const other = await join('alice', 'desk');
    const set = (item: ReturnType<typeof xml>) => other.ask('set', xml('query', { xmlns: 'jabber:iq:roster' }, item));
    await set(xml('item', { jid: 'dave@localhost', name: 'Dave' }, xml('group', {}, 'Friends')));
    await eventually('dave is listed', () => heard.identities.get('dave@localhost')?.displayName === 'Dave');
    expect(heard.identities.get('dave@localhost')?.groups).toEqual(['Friends']);
    expect(heard.latest.get('dave@localhost')).toMatchObject({ status: 'unknown', rawStatus: 'subscription: none' });
    await set(xml('item', { jid: 'dave@localhost', name: 'David' }));
    await eventually('dave is renamed', () => heard.identities.get('dave@localhost')?.displayName === 'David');
    await set(xml('item', { jid: 'dave@localhost', subscription: 'remove' }));
    await eventually('dave is gone', () => heard.removed.includes('dave@localhost'));
  });

  it('draws no message away: one to the address goes to the real client', async () => {
    const { connection, heard } = await login();
    const desk = await join('alice', 'desk');
    await desk.say({ priority: 0 });
    const bob = await join('bob');
    await bob.say({});
    const before = heard.observations.length;
    for (let index = 0; index < 5; index += 1) {
      await bob.sendRaw(
        xml('message', { to: 'alice@localhost', type: 'chat', id: `m${index}` }, xml('body', {}, `hello ${index}`)),
      );
    }
    await eventually('the desk got all five', () => desk.messages.length === 5);
    await connection.verify(soon());
    expect(heard.observations.length).toBeGreaterThanOrEqual(before);
    const seen = await eventually('bob sees Muster', () =>
      bob.presences.find((one) => one.attrs.from?.startsWith('alice@localhost/muster-')),
    );
    expect(Number(seen.getChild('priority')?.text())).toBeLessThan(0);
  });

  it('writes the own status, reads it back, and restores what was', async () => {
    const { connection, heard } = await login();
    const bob = await join('bob');
    await bob.say({});
    const before = await own(connection).read(soon());
    expect(before.status).toMatchObject({ status: 'online', message: null });
    const result = await own(connection).apply(
      {
        status: { kind: 'set', status: 'busy', message: 'Deep <work> & "peace"\u0001', emoji: '🎧', until: null },
        doNotDisturb: null,
      },
      soon(),
    );
    expect(result).toEqual({
      status: { outcome: 'applied', detail: null, expiresBy: 'muster' },
      doNotDisturb: null,
    });
    const read = await own(connection).read(soon());
    expect(read.status).toMatchObject({ status: 'busy', message: '🎧 Deep <work> & "peace"' });
    const seen = await eventually('bob sees it', () => bob.presences.find((one) => one.getChild('show')));
    expect(seen.getChild('show')?.text()).toBe('dnd');
    expect(seen.getChild('status')?.text()).toBe('🎧 Deep <work> & "peace"');
    await own(connection).apply(
      { status: { kind: 'restore', snapshot: before.status.snapshot }, doNotDisturb: null },
      soon(),
    );
    const after = await own(connection).read(soon());
    expect(own(connection).compare('status', before.status.snapshot, after.status.snapshot, epochMs(0))).toBe('same');
    expect(heard.ownChanges).toBeGreaterThan(0);
  });

  it('says that another client of the user is ahead, and what appearing offline means', async () => {
    const { connection } = await login();
    const desk = await join('alice', 'desk');
    await desk.say({ priority: 5 });
    await connection.verify(soon());
    const busy = await own(connection).apply(
      { status: { kind: 'set', status: 'busy', message: null, emoji: ':party:', until: null }, doNotDisturb: null },
      soon(),
    );
    expect(busy.status?.outcome).toBe('partial');
    expect(busy.status?.detail).toContain('“desk”');
    expect(busy.status?.detail).toContain('custom emoji');
    await desk.leave();
    const offline = await own(connection).apply(
      {
        status: { kind: 'set', status: 'offline', message: null, emoji: null, until: null },
        doNotDisturb: { kind: 'set', active: false, until: null },
      },
      soon(),
    );
    expect(offline.status).toMatchObject({ outcome: 'partial', expiresBy: 'muster' });
    expect(offline.status?.detail).toContain('extended away');
    expect((await own(connection).read(soon())).status.status).toBe('away');
  });

  it('resumes after the cable was pulled, and reports what happened meanwhile as changes', async () => {
    const bob = await join('bob');
    await bob.say({});
    const { connection, heard } = await login(throughCable);
    const latest = () => heard.latest.get('bob@localhost');
    await eventually('bob is online', () => latest()?.status === 'online');
    // A delay stamp has whole seconds, and within the first five nothing can be told from the first snapshot.
    await new Promise((resolve) => setTimeout(resolve, 6_500));
    await cable.refuse();
    cable.reset();
    await eventually('the loss is reported', () => heard.lost.length === 1);
    expect(heard.lost[0]).toMatchObject({ code: 'platform-unreachable', retry: 'later' });
    await bob.say({ show: 'dnd', status: 'while you were away' });
    await expect(connection.reconnect?.(soon())).rejects.toMatchObject({ code: 'platform-unreachable' });
    await cable.heal();
    const identities = heard.identities.size;
    expect(await connection.reconnect?.(soon())).toBe('resumed');
    await eventually('the change arrives', () => latest()?.status === 'busy');
    expect(latest()).toMatchObject({ replayed: false, message: 'while you were away' });
    await bob.say({ show: 'away' });
    await eventually('and the next', () => latest()?.status === 'away');
    expect(heard.identities.size).toBe(identities);
    expect(heard.lost).toHaveLength(1);
    for (let round = 0; round < 3; round += 1) {
      await cable.refuse();
      cable.reset();
      await eventually('lost again', () => heard.lost.length === round + 2);
      await cable.heal();
      expect(await connection.reconnect?.(soon())).toBe('resumed');
      await connection.verify(soon());
    }
  }, 40_000);

  it('comes back after a restart of the server with its last status, and takes nothing for a change', async () => {
    const bob = await join('bob');
    await bob.say({});
    const { connection, heard } = await login();
    await eventually('bob is online', () => heard.latest.get('bob@localhost')?.status === 'online');
    await own(connection).apply(
      { status: { kind: 'set', status: 'busy', message: 'still', emoji: null, until: null }, doNotDisturb: null },
      soon(),
    );
    await server.stop();
    await eventually('the loss is reported', () => heard.lost.length === 1);
    expect(heard.lost[0]).toMatchObject({ retry: 'later' });
    await expect(connection.reconnect?.(soon())).rejects.toMatchObject({ code: 'platform-unreachable' });
    await server.start();
    const before = heard.observations.length;
    const [again] = await Promise.all([
      join('bob'),
      connection.reconnect?.(soon()).then((how) => expect(how).toBe('fresh')),
    ]);
    await again?.say({ show: 'dnd' });
    await eventually('bob is busy', () => heard.latest.get('bob@localhost')?.status === 'busy');
    expect((await own(connection).read(soon())).status).toMatchObject({ status: 'busy', message: 'still' });
    const statuses = heard.observations.slice(before).filter((one) => one.status === 'online');
    expect(statuses).toEqual([]);
  });

  it('tells a wrong password, a wrong domain, no server and no encryption apart', async () => {
    const refused = (over: object, password = 'wrong') => expect(signIn({ ...settings(), ...over }, password)).rejects;
    await refused({}).toMatchObject({ code: 'credentials-refused', retry: 'reauth' });
    await refused({}, '').toMatchObject({ code: 'credentials-refused' });
    await refused({ domain: 'nowhere.example' }).toMatchObject({ code: 'invalid-settings', retry: 'never' });
    await refused({ service: 'xmpp://127.0.0.1:1' }).toMatchObject({ code: 'platform-unreachable', retry: 'later' });
    await refused({ allowInsecureLoopback: false }).toMatchObject({ code: 'insecure-connection', retry: 'never' });
  });

  it('signs in where passwords are kept for SCRAM-SHA-256 only', async () => {
    const strict = await startProsody(prosody, { team: ['alice'], extra: 'password_hash = "SHA-256"' });
    open.push({ close: () => strict.dispose() });
    const made = await signIn(settings('alice', strict.service), 'secret-alice');
    await made.connection.verify(soon());
    await made.connection.close();
    await expect(signIn(settings('alice', strict.service), 'wrong')).rejects.toMatchObject({
      code: 'credentials-refused',
    });
  });

  it('gives way when the same address and client name signs in elsewhere', async () => {
    const first = await login();
    await login();
    await eventually('the first is told', () => first.heard.lost.length === 1);
    expect(first.heard.lost[0]).toMatchObject({ code: 'replaced-by-another-session', retry: 'never' });
  });

  it('reads nicks, pictures and activities that people publish, and checks them', async () => {
    const { connection, heard } = await login();
    const bob = await join('bob');
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const hash = createHash('sha1').update(png).digest('hex');
    const publish = (node: string, id: string, payload: ReturnType<typeof xml>) =>
      bob.ask(
        'set',
        xml(
          'pubsub',
          { xmlns: 'http://jabber.org/protocol/pubsub' },
          xml('publish', { node }, xml('item', { id }, payload)),
        ),
      );
    await bob.say({});
    await publish('urn:xmpp:avatar:data', hash, xml('data', { xmlns: 'urn:xmpp:avatar:data' }, png.toString('base64')));
    const info = { bytes: String(png.length), id: hash, type: 'image/png' };
    await publish(
      'urn:xmpp:avatar:metadata',
      hash,
      xml('metadata', { xmlns: 'urn:xmpp:avatar:metadata' }, xml('info', info)),
    );
    const key = await eventually('a picture is announced', () => heard.identities.get('bob@localhost')?.avatarKey);
    expect(key).toBe(`pep:${hash}:bob@localhost`);
    const picture = await connection.avatars?.load(key, soon());
    expect(picture?.mediaType).toBe('image/png');
    expect(Buffer.from(picture?.bytes ?? []).equals(png)).toBe(true);
    expect(await connection.avatars?.load(`pep:${'0'.repeat(40)}:bob@localhost`, soon())).toBeNull();
    expect(await connection.avatars?.load('nonsense', soon())).toBeNull();
    const node = 'http://jabber.org/protocol/activity';
    const meeting = xml('working', {}, xml('in_a_meeting'));
    await publish(node, 'current', xml('activity', { xmlns: node }, meeting, xml('text', {}, 'Review')));
    const doing = () => heard.latest.get('bob@localhost')?.activities[0];
    expect(await eventually('what Bob does', doing)).toEqual({ kind: 'in-a-meeting', detail: 'in a meeting · Review' });
    await publish(node, 'current', xml('activity', { xmlns: node }));
    await eventually('the end of it', () => doing() === undefined);
  });

  it('closes without leaving a socket or a timer', async () => {
    const counted = () => process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLS|Timeout/.test(kind)).length;
    const before = counted();
    const made = await signIn(settings('alice', throughCable), 'secret-alice');
    await made.connection.close();
    await eventually('the cable is free', () => cable.openConnections() === 0);
    await eventually('nothing is left', () => counted() <= before + 1, 3_000);
    expect(made.heard.lost).toEqual([]);
  });

  it('says goodbye when the account is closed while it works', async () => {
    const bob = await join('bob');
    await bob.say({});
    const made = await signIn(settings('alice', throughCable), 'secret-alice');
    await eventually('bob sees us', () => bob.presences.some((one) => one.attrs.from?.includes('/muster-')));
    made.end();
    await eventually('bob sees us go', () =>
      bob.presences.some((one) => one.attrs.from?.includes('/muster-') && one.attrs.type === 'unavailable'),
    );
    await eventually('the cable is free', () => cable.openConnections() === 0);
  });
});
