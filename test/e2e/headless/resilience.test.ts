import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { startFaultProxy } from '../../../src/simulator/tcp/fault-proxy.ts';
import { startXmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import type { ApiClient } from './support/api-client.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { nonsenseBodies, nonsensePaths } from './support/nonsense.ts';
import { accountsOf, allContacts, slackSignIn, xmppSignIn } from './support/queries.ts';
import { makeHome, runMuster, type ServedMuster, serveMuster } from './support/served.ts';
import { BREATHING, startVirtualCore } from './support/virtual-core.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const closing = closeAfterEach();

function newHome(): string {
  const { home, remove } = makeHome();
  closing(remove);
  return home;
}

async function start(home: string, env?: NodeJS.ProcessEnv): Promise<ServedMuster> {
  const muster = await serveMuster(home, env);
  closing(() => muster.stop());
  return muster;
}

/** Slack and XMPP with some people, on a clock of their own if wished. */
async function servers(now?: () => number) {
  const clock = now ? { now } : {};
  const slack = await startSlackSimulator({
    ...clock,
    populate: (workspace) => {
      workspace.addUser({ id: 'U0ME', name: 'grace', realName: 'Grace Hopper' });
      workspace.setPresence('U0ME', 'active');
      workspace.setStatus('U0ME', { text: 'On a train', emoji: ':train:' });
      for (let index = 0; index < 8; index += 1) {
        workspace.addUser({ id: `U0P${index}`, name: `p${index}`, realName: `Person ${index}` });
        workspace.setPresence(`U0P${index}`, 'active');
      }
    },
  });
  closing(() => slack.close());
  const xmpp = await startXmppSimulator({ ...clock, resumeWithinMs: 100 });
  closing(() => xmpp.close());
  for (const name of ['me', 'bob', 'carol']) xmpp.addUser(name, { password: `secret-${name}`, name });
  xmpp.befriendAll();
  for (const name of ['bob', 'carol']) xmpp.setPresence(name, 'desk', {});
  const token = slack.workspace.issueToken({ userId: 'U0ME' });
  return { slack, xmpp, token };
}

describe('kill -9', () => {
  it('at ten random moments loses nothing that was answered, and leaves nothing half', {
    timeout: 200_000,
  }, async () => {
    const { slack, xmpp, token } = await servers();
    const home = newHome();
    const random = seededRandom(7);
    let muster = await start(home);
    await muster.api.call(routes.createAccount, { body: slackSignIn(slack.apiUrl, token) });
    await muster.api.call(routes.createAccount, { body: xmppSignIn(xmpp.service, xmpp.domain, 'me', 'secret-me') });
    await expect.poll(async () => (await allContacts(muster.api)).length, { timeout: 10_000 }).toBe(10);
    const people = await allContacts(muster.api);
    const watches = new Set<string>();
    let favourites = new Map<string, boolean>();
    let lastEvent = 0;
    /** Everything at once, until the process is gone; what was answered is remembered. */
    const work = async (api: ApiClient, kill: number) => {
      for (let round = 0; ; round += 1) {
        const person = people[Math.floor(random.next() * people.length)];
        const id = person?.id ?? '';
        const favourite = random.next() < 0.5;
        // While it is not answered, either may be true.
        const unsure = new Map(favourites);
        unsure.delete(id);
        favourites = unsure;
        await api.call(routes.patchContact, { params: { id }, body: { favourite } });
        favourites = new Map(favourites).set(id, favourite);
        const watch = await api.call(routes.createWatch, { body: { contactId: id, to: ['online'], repeat: 'always' } });
        watches.add(watch.id);
        const status = (['busy', 'away', 'online'] as const)[kill % 3] ?? 'busy';
        // Slack takes twenty of these a minute, over restarts too: once in a life, and not in each.
        if (round === 0 && kill % 2 === 0)
          void api.call(routes.putOwnStatus, { body: { status, message: `Life ${kill}` } }).catch(() => undefined);
        xmpp.setPresence('bob', 'desk', { status: `words ${random.next()}` });
      }
    };
    for (let kill = 0; kill < 10; kill += 1) {
      const tail = await muster.events();
      const busy = work(muster.api, kill).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 30 + 300 * random.next()));
      await muster.kill();
      await busy;
      const ids = tail.heard.map(({ id }) => id);
      expect(Math.min(...ids, Number.POSITIVE_INFINITY)).toBeGreaterThan(lastEvent);
      lastEvent = Math.max(lastEvent, ...ids);
      muster = await start(home);
      expect((await muster.api.call(routes.listContacts)).sequence).toBeGreaterThan(lastEvent);
    }
    const { api } = muster;
    expect(muster.process.output()).not.toMatch(/damaged|corrupt/i);
    expect(readdirSync(home).filter((name) => /corrupt|\.tmp$/.test(name))).toEqual([]);
    const kept = (await api.call(routes.listWatches, { query: { limit: 500 } })).items.map(({ id }) => id);
    expect([...watches].filter((id) => !kept.includes(id))).toEqual([]);
    const now = new Map((await allContacts(api)).map((person) => [person.id, person.favourite]));
    expect([...now.keys()].sort()).toEqual(people.map(({ id }) => id).sort());
    for (const [id, favourite] of favourites) expect(now.get(id)).toBe(favourite);
    await expect
      .poll(async () => (await accountsOf(api)).map(({ state }) => state), { timeout: 20_000 })
      .toEqual(['connected', 'connected']);
    // What was there before the first status of ours comes back, ten kills later.
    await expect
      .poll(async () => (await api.call(routes.getOwnStatus)).results.map(({ outcome }) => outcome), {
        timeout: 90_000,
      })
      .toEqual(['applied', 'applied']);
    await api.call(routes.deleteOwnStatus);
    const mine = () => xmpp.sessions('me').map(({ show, status }) => ({ show, status }));
    await expect.poll(mine, { timeout: 20_000 }).toEqual([{ show: undefined, status: undefined }]);
    await expect
      .poll(() => slack.workspace.user('U0ME').status, { timeout: 20_000 })
      .toEqual({ text: 'On a train', emoji: ':train:', expiresAt: null });
    await expect.poll(() => slack.workspace.user('U0ME').manualAway, { timeout: 20_000 }).toBe(false);
    const database = new Database(join(home, 'muster.db'), { readonly: true });
    closing(() => database.close());
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
  });
});

describe('a network that is cut', () => {
  it('is said with its reason, makes people stale and nobody offline, and is forgotten when it heals', {
    timeout: 60_000,
  }, async () => {
    const clock = new FakeClock();
    const { slack, xmpp, token } = await servers(() => clock.now());
    const toXmpp = await startFaultProxy({ port: xmpp.port });
    const toSlack = await startFaultProxy({ port: Number(new URL(slack.apiUrl).port) });
    closing(() => Promise.all([toXmpp.close(), toSlack.close()]));
    const virtual = startVirtualCore({ clock });
    closing(() => virtual.stop());
    const { api } = virtual;
    await api.call(routes.createAccount, { body: slackSignIn(`http://127.0.0.1:${toSlack.port}/api/`, token) });
    const service = `xmpp://127.0.0.1:${toXmpp.port}`;
    await api.call(routes.createAccount, { body: xmppSignIn(service, xmpp.domain, 'me', 'secret-me') });
    const wellAndOnline = async () => {
      const people = await allContacts(api);
      expect(people).toHaveLength(10);
      for (const person of people) expect(person).toMatchObject({ status: 'online', stale: false });
      expect((await accountsOf(api)).map(({ state }) => state)).toEqual(['connected', 'connected']);
    };
    await virtual.passUntil(wellAndOnline);
    await virtual.pass(MINUTE, BREATHING);
    const events = await virtual.events();
    await Promise.all([toXmpp.cut(), toSlack.cut()]);
    const dead = { stepMs: 5_000, breathMs: 1 };
    await virtual.pass(2 * MINUTE, dead);
    for (const account of await accountsOf(api)) {
      expect(account, account.platform).toMatchObject({
        state: expect.stringMatching(/^(offline|degraded|connecting)$/),
        stateReason: expect.stringMatching(/\w+ \w+/),
      });
    }
    const health = await api.call(routes.getHealth);
    expect(health.status).toBe('degraded');
    // Seen within five minutes: still worth something.
    for (const person of await allContacts(api)) expect(person.status, person.name).toBe('online');
    await virtual.pass(22 * MINUTE, { stepMs: 20_000, breathMs: 1 });
    for (const person of await allContacts(api)) {
      expect(person, person.name).toMatchObject({ status: 'online', stale: true });
      expect(Date.parse(person.why.observedAt ?? '')).toBeLessThan(clock.now() - 5 * MINUTE);
    }
    const said = events.of('contact').flatMap((data) => ('status' in data ? [data.status] : []));
    expect(said).not.toContain('offline');
    expect(said).not.toContain('unknown');
    await Promise.all([toXmpp.heal(), toSlack.heal()]);
    const healedAt = clock.now();
    const next = (await accountsOf(api)).map(({ retryAt }) => (retryAt === null ? 0 : Date.parse(retryAt) - healedAt));
    expect(Math.max(...next)).toBeLessThanOrEqual(30 * SECOND);
    await virtual.pass(Math.max(0, ...next), BREATHING);
    await virtual.passUntil(wellAndOnline);
    expect((await api.call(routes.getHealth)).status).toBe('ok');
  });
});

describe('nonsense', () => {
  it('on any route is a client’s mistake, never a server’s', { timeout: 60_000 }, async () => {
    const muster = await start(newHome());
    const random = seededRandom(3);
    const wrong: string[] = [];
    const seen = new Map<number, number>();
    const send = async (method: string, path: string, init: RequestInit & { duplex?: 'half' } = {}) => {
      const response = await muster.carry(path, { ...init, method: method.toUpperCase() });
      if (path.startsWith('/v1/events') && response.ok) await response.body?.cancel();
      else await response.arrayBuffer();
      seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
      if (response.status >= 500) wrong.push(`${response.status} ${method} ${path} ${String(init.body).slice(0, 200)}`);
    };
    for (const route of Object.values(routes)) {
      for (const path of nonsensePaths(route.path, random)) await send(route.method, path, bodyFor(route.method, '{}'));
      if (route.method === 'get') continue;
      const path = route.path.replace('{id}', 'c_1');
      for (const body of nonsenseBodies(random)) await send(route.method, path, bodyFor(route.method, body));
      for (const type of ['text/plain', 'application/json; charset=utf-16', 'multipart/form-data', ';;;'])
        await send(route.method, path, { body: '{}', headers: { 'content-type': type } });
    }
    expect(wrong).toEqual([]);
    expect([...seen.keys()]).toEqual(expect.arrayContaining([400, 404, 413, 415, 422]));
    expect((await muster.api.call(routes.listAccounts)).total).toBe(0);
    expect((await muster.api.call(routes.listSchedules)).total).toBe(0);
    expect((await muster.api.call(routes.getHealth)).status).toBe('ok');
  });

  it('in headers and on the wire ends in an answer or a closed connection', { timeout: 20_000 }, async () => {
    const muster = await start(newHome());
    const { port, token } = muster.server;
    const heads = [
      'GET / HTTP/9.9\r\n\r\n',
      '\0\0\0\0\r\n\r\n',
      `GET /v1/accounts HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${'x'.repeat(60_000)}\r\n\r\n`,
      `GET /v1/accounts HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: \xff\xfe\r\nCookie: \x7f=;;;=\r\n\r\n`,
      `GET //v1//../%2e%2e/%00 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      `GET http://[::1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      `POST /v1/watches HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n{}`,
      `POST /v1/watches HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n`,
      `GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nLast-Event-ID: -1e999\r\nConnection: close\r\n\r\n`,
      `GET /v1/stream HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: ???\r\nSec-WebSocket-Version: 99\r\n\r\n`,
    ];
    for (const head of heads) {
      const status = await statusLineOf(port, head);
      expect(status, JSON.stringify(head.slice(0, 80))).not.toMatch(/^HTTP\/1\.1 5\d\d/);
    }
    expect((await muster.api.call(routes.getHealth)).status).toBe('ok');
    expect(await muster.stop()).toBe(0);
  });
});

function bodyFor(method: string, body: string | Uint8Array<ArrayBuffer>): RequestInit {
  return method === 'get' ? {} : { body, headers: { 'content-type': 'application/json' } };
}

/** The first line of the answer; empty when the connection was closed without one. */
function statusLineOf(port: number, head: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(head, 'latin1')));
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(text.split('\r\n')[0] ?? '');
    };
    const timer = setTimeout(finish, 3_000);
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      if (text.includes('\r\n')) finish();
    });
    socket.on('close', finish);
    socket.on('error', finish);
  });
}

describe('a home', () => {
  async function usedHome(): Promise<string> {
    const home = newHome();
    const muster = await serveMuster(home);
    await muster.api.call(routes.patchSettings, { body: { theme: 'dark' } });
    expect(await muster.stop()).toBe(0);
    expect(readdirSync(home)).not.toContain('server.json');
    return home;
  }

  it('of a newer version is refused with a clear line, and left as it is', { timeout: 30_000 }, async () => {
    const home = await usedHome();
    const file = join(home, 'muster.db');
    const database = new Database(file);
    database.pragma('user_version = 999');
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    const before = readFileSync(file);
    const { code, output } = await runMuster(home, ['serve', '--port', '0']);
    expect(code).toBe(1);
    expect(output).toMatch(/newer Muster/);
    expect(output).not.toMatch(/\n\s+at /);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(home)).not.toContain('server.json');
  });

  it('whose preferences are newer is refused with a clear line, and left as it is', { timeout: 30_000 }, async () => {
    const home = await usedHome();
    const file = join(home, 'preferences.json');
    const newer = JSON.stringify({ version: 999, theme: 'dark', moods: true });
    writeFileSync(file, newer);
    const { code, output } = await runMuster(home, ['serve', '--port', '0']);
    expect(code).toBe(1);
    expect(output).toMatch(/newer Muster/);
    expect(readFileSync(file, 'utf8')).toBe(newer);
  });

  it('whose files are damaged starts with new ones, keeps the old and says so', { timeout: 30_000 }, async () => {
    const home = await usedHome();
    const garbage = Buffer.from('this was a database once\n'.repeat(400));
    writeFileSync(join(home, 'muster.db'), garbage);
    writeFileSync(join(home, 'preferences.json'), '{"version": 1, "theme": ');
    const muster = await start(home);
    const names = readdirSync(home);
    const database = names.find((name) => /^muster\.corrupt-.*\.db$/.test(name));
    const preferences = names.find((name) => /^preferences\.corrupt-.*\.json$/.test(name));
    expect(readFileSync(join(home, database ?? '?')).equals(garbage)).toBe(true);
    expect(readFileSync(join(home, preferences ?? '?'), 'utf8')).toBe('{"version": 1, "theme": ');
    expect(await muster.api.call(routes.getSettings)).toMatchObject({ theme: 'system' });
    expect(muster.process.output()).toContain(database ?? '?');
    const { findings } = await muster.api.call(routes.getDoctor);
    const told = findings.filter(({ level }) => level !== 'ok').map(({ detail, title }) => `${title} ${detail}`);
    expect(told.join('\n')).toContain(database ?? '?');
    expect(told.join('\n')).toContain(preferences ?? '?');
  });
});
