import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/platforms/platform.ts';
import type { Fault } from '../../../src/simulator/faults/fault.ts';
import { type SlackBench, startSlackBench } from './bench.ts';

let bench: SlackBench;
let connection: Connection;
beforeEach(async () => {
  bench = await startSlackBench();
  bench.simulator.workspace.setPresence('U0ADA', 'active');
  connection = await bench.connect();
});
afterEach(async () => {
  bench.abort.abort();
  await bench.simulator.close();
});

const FAULTS: readonly (readonly [string, Fault, object])[] = [
  [
    '429 with Retry-After',
    { kind: 'rate-limited', retryAfterSeconds: 7 },
    { code: 'rate-limited', retryAfterMs: 7_000 },
  ],
  ['500', { kind: 'http-status', status: 500 }, { code: 'platform-unavailable', params: { status: 500 } }],
  [
    '503 with Retry-After',
    { kind: 'http-status', status: 503, retryAfterSeconds: 3 },
    { code: 'platform-unavailable', retryAfterMs: 3_000 },
  ],
  ['a redirect', { kind: 'http-status', status: 302 }, {}],
  ['Slack’s own trouble', { kind: 'platform-error', error: 'fatal_error' }, { code: 'platform-unavailable' }],
  ['Slack’s own rate refusal', { kind: 'platform-error', error: 'ratelimited' }, { code: 'rate-limited' }],
  [
    'an unknown refusal',
    { kind: 'platform-error', error: 'brand_new_error' },
    { code: 'protocol-error', params: { error: 'brand_new_error' } },
  ],
  ['silence', { kind: 'hang' }, { code: 'timeout' }],
  ['half an answer and silence', { kind: 'stalled-body' }, { code: 'timeout' }],
  ['a connection that is half closed', { kind: 'half-closed' }, { code: 'platform-unreachable' }],
  ['a truncated body', { kind: 'truncated-body' }, { code: 'platform-unreachable' }],
  ['malformed JSON', { kind: 'malformed-json' }, { code: 'protocol-error' }],
  ['a captive portal’s page', { kind: 'html-page' }, { code: 'protocol-error' }],
  ['a wrong type', { kind: 'replaced-values', values: { presence: 7 } }, { code: 'protocol-error' }],
  ['an absent value', { kind: 'replaced-values', values: { presence: undefined } }, { code: 'protocol-error' }],
  ['a reset connection', { kind: 'reset-connection' }, { code: 'platform-unreachable' }],
];

/** Only waiting shows these. */
const SILENT: ReadonlySet<string> = new Set(['hang', 'stalled-body', 'half-closed']);

describe('what goes wrong under way', () => {
  it.each(FAULTS)(
    'survives %s: told by its code, tried once, and the next look works',
    async (_what, fault, expected) => {
      bench.simulator.faults.add(fault, { method: 'users.getPresence', times: 1 });
      const before = bench.simulator.calls.length;
      const patience = bench.timeoutMs;
      if (SILENT.has(fault.kind)) bench.timeoutMs = 300;
      await expect(bench.look(connection, 'U0ADA')).rejects.toMatchObject({ retry: 'later', ...expected });
      bench.timeoutMs = patience;
      expect(bench.simulator.calls.length - before).toBe(1);
      expect(bench.observations).toEqual([]);
      expect(bench.lost).toEqual([]);
      await bench.look(connection, 'U0ADA');
      expect(bench.latest('U0ADA')).toMatchObject({ status: 'online' });
      expect(bench.logger.lines.join()).not.toMatch(/xox|Ada/);
    },
  );

  it.each([
    ['token_revoked', 'token-revoked'],
    ['token_expired', 'token-expired'],
    ['account_inactive', 'account-disabled'],
    ['invalid_auth', 'credentials-refused'],
  ])('ends in signing in again when Slack says %s in mid-flight, told once', async (error, code) => {
    bench.simulator.faults.add({ kind: 'platform-error', error });
    await expect(bench.look(connection, 'U0ADA')).rejects.toMatchObject({ code, retry: 'reauth' });
    await expect(connection.verify(bench.signal)).rejects.toMatchObject({ code });
    expect(bench.lost.map((lost) => lost.code)).toEqual([code]);
  });

  it('does not give up the account because one optional permission is gone', async () => {
    bench.simulator.faults.add({
      kind: 'platform-error',
      error: 'missing_scope',
      extra: { needed: 'emoji:read', provided: '' },
    });
    await expect(connection.emoji?.load('x', bench.signal)).rejects.toMatchObject({
      code: 'missing-scope',
      params: { scopes: 'emoji:read' },
    });
    expect(bench.lost).toEqual([]);
  });

  it('goes on after the server was restarted', async () => {
    await bench.look(connection, 'U0ADA');
    await bench.simulator.restart();
    await bench.look(connection, 'U0ADA').catch(() => bench.look(connection, 'U0ADA'));
    await connection.verify(bench.signal);
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'online', replayed: false });
  });

  it('is not moved by one answer with an odd date', async () => {
    const now = bench.clock.now();
    bench.simulator.workspace.setDnd('U0ADA', { start: now - 60_000, end: now + 60_000 });
    bench.simulator.faults.add({ kind: 'clock-skew', offsetMs: 7_200_000 }, { method: 'users.getPresence', times: 1 });
    await bench.look(connection, 'U0ADA');
    await bench.lookAtWindows(connection, 'U0ADA');
    expect(bench.latest('U0ADA')).toMatchObject({ doNotDisturb: true, observedAt: now });
  });

  it('ends a call that is under way when the account is closed', async () => {
    bench.simulator.faults.add({ kind: 'hang' }, { method: 'users.getPresence' });
    const look = bench.look(connection, 'U0ADA');
    const ended = expect(look).rejects.toMatchObject({ code: 'cancelled' });
    while (bench.inFlight === 0) await new Promise((resolve) => setImmediate(resolve));
    await connection.close();
    await ended;
    expect(bench.inFlight).toBe(0);
    expect(bench.clock.pending).toBe(0);
    await expect(bench.look(connection, 'U0ADA')).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends a wait for a place in the budget when it is no longer wanted', async () => {
    bench.timeoutMs = 20_000;
    const stop = new AbortController();
    const poll = connection.presence?.poll[0];
    const looks = Array.from({ length: 52 }, () => poll?.poll(['U0ADA'], stop.signal));
    const settled = Promise.allSettled(looks);
    const done = (): boolean => bench.observations.length === 50;
    while (!done()) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    const results = await settled;
    const ended = results.filter(({ status }) => status === 'rejected');
    expect(ended).toHaveLength(2);
    expect(ended[0]).toMatchObject({ reason: { code: 'cancelled' } });
  });
});
