import { afterEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/platforms/platform.ts';
import { SlackBench, startSlackBench } from './bench.ts';

let bench: SlackBench;
let connection: Connection;
afterEach(async () => {
  await connection.close();
  expect(bench.clock.pending, 'timers left').toBe(0);
  await bench.until('the sockets to close', () => bench.simulator.events.open === 0);
  bench.abort.abort();
  await bench.simulator.close();
});

const TIMES = { acknowledgeMs: 1_000, retryMs: [0, 300, 1_000], farewellMs: 3_000 };

async function signIn(scopes?: readonly string[]): Promise<void> {
  bench = await startSlackBench({ eventTimes: TIMES });
  bench.timeoutMs = 5_000;
  bench.appToken = bench.simulator.workspace.issueToken({
    userId: 'U0ME',
    kind: 'app',
    ...(scopes === undefined ? {} : { scopes }),
  });
  bench.simulator.workspace.setPresence('U0ADA', 'active');
}

async function withSocket(): Promise<void> {
  await signIn();
  connection = await bench.connect();
  await bench.until('the socket', () => open() === 1);
  await bench.list(connection);
  await bench.look(connection, 'U0ADA');
}

const open = () => bench.simulator.events.open;
const asked = () => bench.simulator.calls.filter(({ method }) => method === 'apps.connections.open').length;
const said = (words: string) => bench.logger.lines.filter((line) => line.includes(words)).length;

async function eventsCome(text: string): Promise<void> {
  bench.simulator.workspace.setStatus('U0ADA', { text });
  await bench.until(text, () => bench.latest('U0ADA')?.message === text);
}

describe('Slack’s event socket', () => {
  it.each(['warning', 'refresh_requested', 'something new'])(
    'is replaced before it ends when Slack says “%s”: there are two for a moment, and no event is missed',
    async (reason) => {
      await withSocket();
      bench.simulator.events.disconnect(reason);
      for (let turn = 0; turn < 40; turn += 1) {
        bench.simulator.workspace.setStatus('U0ADA', { text: `Turn ${turn}` });
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const told = (): number => new Set(bench.observations.map(({ message }) => message).filter(Boolean)).size;
      await bench.until('all of them', () => told() === 40);
      await bench.until('the end of the first', () => open() === 1);
      expect(bench.simulator.events.counts.mostOpen).toBe(2);
      expect(open()).toBe(1);
      expect(asked()).toBe(2);
      expect(bench.simulator.events.counts.lost).toBe(0);
      expect(said('socket is down')).toBe(0);
    },
  );

  it('comes back with back-off after it was cut, and says so once; the account stays signed in', async () => {
    await withSocket();
    bench.simulator.events.cut();
    await bench.until('the loss', () => said('socket is down') === 1);
    expect(open()).toBe(0);
    await bench.until('the new one', () => open() === 1, 100);
    await eventsCome('Back again');
    expect(said('socket is back')).toBe(1);
    expect(bench.lost).toEqual([]);
    expect(connection.notices).toEqual([]);
  });

  it('is replaced after a sleep, in which it may have died unheard, and not whenever somebody checks', async () => {
    await withSocket();
    await bench.clock.advance(10 * 60_000);
    await bench.during(connection.verify(bench.signal));
    expect(asked()).toBe(1);
    bench.clock.jump(8 * 3_600_000);
    await bench.during(connection.verify(bench.signal));
    await bench.until('the new one', () => bench.simulator.events.counts.mostOpen === 2 && open() === 1);
    await bench.during(connection.verify(bench.signal));
    await eventsCome('Good morning');
    expect(asked()).toBe(2);
  });

  it('gets what was not acknowledged in time once more, and takes it once', async () => {
    await withSocket();
    bench.simulator.events.cut();
    bench.simulator.workspace.setStatus('U0ADA', { text: 'In between' });
    await bench.until('the event', () => bench.latest('U0ADA')?.message === 'In between', 100);
    expect(bench.simulator.events.counts.repeated).toBeGreaterThan(0);
    expect(bench.observations.filter(({ message }) => message === 'In between')).toHaveLength(1);
  });

  it('is tried less and less often while Slack is down, never faster than every 15 seconds in the end', async () => {
    await withSocket();
    const undo = bench.simulator.faults.add({ kind: 'http-status', status: 503 }, { method: 'apps.connections.open' });
    const before = asked();
    bench.simulator.events.cut();
    await bench.until('the loss', () => said('socket is down') === 1);
    for (let second = 0; second < 600; second += 1) {
      await bench.clock.advance(1_000);
      while (bench.inFlight > 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(asked() - before).toBeGreaterThan(15);
    expect(asked() - before).toBeLessThan(50);
    expect(said('socket is down')).toBe(1);
    undo();
    await bench.until('the new one', () => open() === 1, 100);
    await eventsCome('Back again');
  });

  it('waits as long as Slack asks', async () => {
    await withSocket();
    bench.simulator.faults.add(
      { kind: 'rate-limited', retryAfterSeconds: 120 },
      { method: 'apps.connections.open', times: 1 },
    );
    const before = asked();
    bench.simulator.events.cut();
    await bench.until('the refusal', () => asked() === before + 1, 100);
    await bench.clock.advance(100_000);
    expect(asked()).toBe(before + 1);
    await bench.until('the next try', () => open() === 1, 500);
  });

  it.each([
    ['not_authed', /does not accept the app-level token/],
    ['invalid_auth', /does not accept the app-level token/],
    ['token_revoked', /does not accept the app-level token/],
    ['account_inactive', /deactivated/],
    ['user_removed_from_team', /deactivated/],
    ['team_disabled', /deactivated/],
    ['not_allowed_token_type', /does not accept the app-level token/],
    ['forbidden_team', /admin/],
  ])('that Slack refuses for good with %s is told as a notice; the account polls on', async (error, words) => {
    await signIn();
    bench.simulator.faults.add({ kind: 'platform-error', error }, { method: 'apps.connections.open' });
    connection = await bench.connect();
    expect(connection.notices).toEqual([expect.stringMatching(words)]);
    expect(connection.notices[0]).toMatch(/asked for every few minutes/);
    await bench.list(connection);
    await bench.look(connection, 'U0ADA');
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'online' });
    expect(bench.lost).toEqual([]);
    const before = asked();
    await bench.during(connection.verify(bench.signal));
    await bench.clock.advance(50 * 60_000);
    expect(asked()).toBe(before);
  });

  it('names the permission that the app-level token lacks, and comes by itself within the hour once it is right', async () => {
    await signIn(['authorizations:read']);
    connection = await bench.connect();
    expect(connection.notices).toEqual([expect.stringContaining('connections:write')]);
    await bench.list(connection);
    await bench.look(connection, 'U0ADA');
    bench.simulator.workspace.setScopes(bench.appToken ?? '', ['connections:write']);
    await bench.until('the socket', () => open() === 1, 10_000);
    expect(connection.notices).toEqual([]);
    await eventsCome('Now');
  });

  it('is not asked for with a token of another kind, which is told', async () => {
    await signIn();
    bench.appToken = bench.token;
    connection = await bench.connect();
    expect(connection.notices).toEqual([expect.stringContaining('xapp-')]);
    expect(asked()).toBe(0);
  });

  it('that the app’s owner switches off is told', async () => {
    await withSocket();
    bench.simulator.events.disconnect('link_disabled');
    await bench.until('the notice', () => connection.notices.length === 1);
    expect(connection.notices[0]).toMatch(/Socket Mode is switched off/);
    await bench.until('its end', () => open() === 0);
    expect(asked()).toBe(1);
  });

  it('that is one too many is tried again later, and polling goes on', async () => {
    await signIn();
    const others: WebSocket[] = [];
    for (let other = 0; other < 10; other += 1) {
      const headers = { authorization: `Bearer ${bench.appToken}` };
      const response = await fetch(`${bench.simulator.apiUrl}apps.connections.open`, { method: 'POST', headers });
      const { url }: { url: string } = await response.json();
      others.push(new WebSocket(url));
    }
    await bench.until('ten others', () => open() === 10);
    connection = await bench.connect();
    await bench.list(connection);
    expect(open()).toBe(10);
    expect(said('rate-limited')).toBe(1);
    others[0]?.close();
    await bench.until('a place', () => open() === 9);
    await bench.until('the socket', () => open() === 10, 200);
    for (const other of others) other.close();
    await bench.until('the others to go', () => open() === 1);
    await bench.look(connection, 'U0ADA');
    await eventsCome('A place at last');
  });

  it('does not hold a sign-in up when Slack is slow with it', async () => {
    await signIn();
    bench.timeoutMs = 30_000;
    bench.simulator.faults.add({ kind: 'hang' }, { method: 'apps.connections.open' });
    let signedIn = false;
    const connecting = connect();
    async function connect(): Promise<void> {
      connection = await (await import('../../../src/platforms/slack/adapter.ts')).slackAdapter.connect(
        bench.context(),
      );
      signedIn = true;
    }
    await bench.until('the sign-in', () => signedIn, 50);
    await connecting;
    expect(bench.clock.now() - Date.parse('2026-03-02T08:00:00Z')).toBeLessThan(20_000);
    expect(connection.notices).toEqual([]);
  });

  it.each([
    { url: 'http://127.0.0.1/', what: 'not a socket’s address' },
    { url: 'ws://example.org/', what: 'not encrypted' },
    { url: 7, what: 'no address at all' },
  ])('does not go to $url ($what)', async ({ url }) => {
    await signIn();
    bench.simulator.faults.add({ kind: 'replaced-values', values: { url } }, { method: 'apps.connections.open' });
    connection = await bench.connect();
    expect(open()).toBe(0);
    expect(said('protocol-error')).toBe(1);
  });

  it('never shows its token or its ticket', async () => {
    await withSocket();
    bench.simulator.events.cut();
    await bench.until('the new one', () => open() === 1, 100);
    expect(bench.logger.lines.join()).not.toMatch(/xapp|ticket|ws:/);
  });
});

describe('An app-level token that two accounts use', () => {
  it('gives each of them a part of the events, and looks bring both the rest', async () => {
    await withSocket();
    const { workspace } = bench.simulator;
    const other = new SlackBench(bench.clock, bench.simulator, workspace.issueToken({ userId: 'U0ADA' }));
    other.appToken = bench.appToken;
    workspace.addUser({ id: 'U0BEN', name: 'ben', realName: 'Ben Okoro' });
    workspace.setPresence('U0BEN', 'active');
    const second = await other.connect();
    const both = [
      [bench, connection],
      [other, second],
    ] as const;
    for (const [one, its] of both) {
      await one.list(its);
      await one.look(its, 'U0BEN');
    }
    await bench.until('both sockets', () => open() === 2);
    const delivered = bench.simulator.events.counts.acknowledged;
    for (let turn = 1; turn <= 5; turn += 1) workspace.setStatus('U0BEN', { text: `Turn ${turn}` });
    const now = bench.clock.now();
    workspace.setDnd('U0BEN', { start: now - 60_000, end: now + 600_000 });
    await bench.until('all events', () => bench.simulator.events.counts.acknowledged === delivered + 11);
    const windows = both.map(([one]) => one.latest('U0BEN')?.doNotDisturb);
    expect(windows.toSorted()).toEqual([false, true]);

    for (const [one, its] of both) {
      await one.list(its);
      await one.lookAtWindows(its, 'U0BEN');
      expect(one.latest('U0BEN')).toMatchObject({ message: 'Turn 5', doNotDisturb: true, status: 'busy' });
      expect(one.lost).toEqual([]);
    }
    await second.close();
    other.abort.abort();
  });
});
