import { afterEach, describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../../src/domain/time.ts';
import type { Connection } from '../../../src/platforms/platform.ts';
import { ADA, CLIENT_SECRET, refusal, ZoomBench } from './bench.ts';

let bench: ZoomBench;
afterEach(() => bench.close());

async function started(
  secrets: Readonly<Record<string, string>> = { clientSecret: CLIENT_SECRET },
): Promise<Connection> {
  bench = await ZoomBench.start();
  bench.settings = { ...bench.settings, websocketUrl: bench.simulator.sockets.url };
  bench.secrets = { ...bench.secrets, ...secrets };
  return bench.signedIn();
}

const channel = () => bench.seat.channels.at(-1);
const is = (state: 'up' | 'down', stepMs = 0) =>
  bench.seat.until(`the socket to be ${state}`, () => channel() === state, stepMs);
const renew = (connection: Connection) => connection.presence?.resubscribe?.(bench.seat.signal) ?? Promise.resolve();
const said = () => bench.seat.log.join('\n');

describe('the event socket', () => {
  it('tells changes at once, as long as it is up', async () => {
    await started();
    await is('up');
    bench.simulator.account.setPresence(ADA, 'meeting');
    await bench.seat.until('the event', () => bench.seat.latest(ADA)?.status === 'busy');
    expect(bench.seat.latest(ADA)).toMatchObject({ rawStatus: 'In_Meeting', source: 'push', replayed: false });
  });

  it('is kept alive by heartbeats of its own', async () => {
    await started();
    await is('up');
    const { sockets } = bench.simulator;
    for (let beat = 1; beat <= 4; beat += 1) {
      await bench.seat.clock.advance(30 * SECOND_MS);
      await bench.seat.until('the heartbeat', () => sockets.heartbeats >= beat);
    }
    expect(bench.seat.channels).toEqual(['up']);
    bench.simulator.account.setPresence(ADA, 'busy');
    await bench.seat.until('the event', () => bench.seat.latest(ADA)?.status === 'busy');
  });

  it('is noticed to be dead by its silence, and a new one works', async () => {
    const connection = await started();
    await is('up');
    bench.simulator.sockets.mute = true;
    await is('down', SECOND_MS);
    // Nor does a new one come up while nothing is answered.
    expect(await refusal(bench.seat.settled(renew(connection), SECOND_MS))).toMatchObject({
      code: 'timeout',
      retry: 'later',
    });
    bench.simulator.sockets.mute = false;
    await bench.seat.settled(renew(connection));
    expect(channel()).toBe('up');
    bench.simulator.account.setPresence(ADA, 'available');
    await bench.seat.until('the event', () => bench.seat.latest(ADA)?.status === 'online');
    expect(bench.seat.lost).toEqual([]);
  });

  it('that was dropped is told to be down; what happened meanwhile is left to the polls', async () => {
    const connection = await started();
    await is('up');
    bench.simulator.sockets.drop();
    await is('down');
    bench.simulator.account.setPresence(ADA, 'available');
    await bench.seat.settled(renew(connection));
    expect(bench.seat.channels).toEqual(['up', 'down', 'up']);
    expect(bench.seat.latest(ADA)).toBeUndefined();
    await bench.look(connection);
    expect(bench.seat.latest(ADA)).toMatchObject({ status: 'online', source: 'poll' });
  });

  it('is set up anew on demand, one connection at a time', async () => {
    const connection = await started();
    await is('up');
    await bench.seat.settled(renew(connection));
    expect(bench.seat.channels).toEqual(['up', 'down', 'up']);
    await bench.seat.until('the old one to end', () => bench.simulator.sockets.open === 1);
  });

  it('that is refused ends no account, and says no more than a code', async () => {
    const connection = await started({ clientSecret: 'not-the-secret-of-this-app' });
    await is('down');
    const error = await refusal(bench.seat.settled(renew(connection)));
    expect(error).toMatchObject({ code: 'credentials-refused', retry: 'never' });
    expect(`${said()} ${error.message}`).not.toContain('not-the-secret-of-this-app');
    expect(said()).toContain('credentials-refused');
    await bench.look(connection);
    expect(bench.seat.latest(ADA)).toBeDefined();
    expect(bench.seat.lost).toEqual([]);
  });

  it('of another app is refused for now, and asked for again in five minutes', async () => {
    bench = await ZoomBench.start();
    const websocketUrl = bench.simulator.sockets.url.replace(/subscriptionId=.*/, 'subscriptionId=another');
    bench.settings = { ...bench.settings, websocketUrl };
    bench.secrets = { ...bench.secrets, clientSecret: CLIENT_SECRET };
    const connection = await bench.signedIn();
    await is('down');
    const error = await refusal(bench.seat.settled(renew(connection)));
    expect(error).toMatchObject({ code: 'platform-unavailable', retry: 'later', retryAfterMs: 300_000 });
  });

  it('gives up a renewal that nobody waits for any more', async () => {
    const connection = await started();
    await is('up');
    bench.simulator.sockets.mute = true;
    const abort = new AbortController();
    const renewal = refusal(connection.presence?.resubscribe?.(abort.signal) ?? Promise.resolve());
    abort.abort();
    expect((await renewal).code).toBe('cancelled');
    await bench.seat.until('the sockets to end', () => bench.simulator.sockets.open === 0);
  });

  it('needs the client secret, and the account says so', async () => {
    const connection = await started({});
    expect(connection.notices).toEqual([expect.stringContaining('client secret')]);
    expect(connection.presence?.resubscribe).toBeUndefined();
  });

  it('leaves nothing behind, and no token in the log', async () => {
    const connection = await started();
    await is('up');
    await connection.close();
    await bench.seat.until('the socket to end', () => bench.simulator.sockets.open === 0);
    expect(bench.seat.clock.pending).toBe(0);
    expect(said()).not.toMatch(/access_token|app-\d/);
    expect(said()).not.toContain(CLIENT_SECRET);
  });
});
