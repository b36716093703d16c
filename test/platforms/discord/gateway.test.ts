import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeErrorOf } from '../../../src/platforms/discord/errors.ts';
import { ADA, DiscordBench } from './bench.ts';

const IDENTIFY = 2;
const RESUME = 6;
const HEARTBEAT = 1;

let bench: DiscordBench;
beforeEach(async () => {
  bench = new DiscordBench();
  await bench.start();
});
afterEach(() => bench.close());

const sent = (op: number): number => bench.simulator.received.filter((one) => one.op === op).length;
const loss = (stepMs = 0): Promise<void> => bench.until('the loss', () => bench.lost.length > 0, stepMs);

describe('resuming', () => {
  it('takes the session up again after op 7, without a new sign-in, and gets what happened meanwhile', async () => {
    await bench.signIn();
    bench.simulator.gateway.askToReconnect();
    await loss();
    expect(bench.lost).toMatchObject([{ code: 'platform-unavailable', retry: 'later' }]);
    bench.world.setStatus(ADA, 'dnd');
    expect(await bench.reconnect()).toBe('resumed');
    await bench.until('the missed event', () => bench.latest(ADA)?.status === 'busy');
    expect(bench.latest(ADA)).toMatchObject({ doNotDisturb: true, replayed: true });
    expect([sent(IDENTIFY), sent(RESUME)]).toEqual([1, 1]);
    bench.world.setStatus(ADA, 'online');
    await bench.until('a new event', () => bench.latest(ADA)?.status === 'online');
    expect(bench.latest(ADA)?.replayed).toBe(false);
  });

  it('hears nothing twice', async () => {
    await bench.signIn();
    for (const status of ['idle', 'online']) {
      bench.world.setStatus(ADA, status);
      await bench.until('the event', () => bench.latest(ADA)?.status === status);
    }
    await bench.arrived();
    bench.observations.length = 0;
    bench.simulator.gateway.askToReconnect();
    await loss();
    expect(await bench.reconnect()).toBe('resumed');
    await bench.arrived();
    expect(bench.observations).toEqual([]);
  });

  it('gets an event again that could not be read', async () => {
    await bench.signIn();
    bench.simulator.faults.add({ kind: 'malformed-json' }, { method: 'PRESENCE_UPDATE', times: 1 });
    bench.world.setStatus(ADA, 'idle');
    await loss();
    expect(bench.lost).toMatchObject([{ code: 'protocol-error' }]);
    expect(await bench.reconnect()).toBe('resumed');
    await bench.until('the event', () => bench.latest(ADA)?.status === 'idle');
  });

  for (const code of [4007, 4009, 4003]) {
    it(`signs in anew after close code ${code}, since the session is gone`, async () => {
      await bench.signIn();
      bench.simulator.gateway.close(code);
      await loss();
      await bench.clock.advance(6_000);
      expect(await bench.reconnect()).toBe('fresh');
      expect([sent(IDENTIFY), sent(RESUME)]).toEqual([2, 0]);
    });
  }

  it('signs in anew when the session is not known any more, after one to five seconds', async () => {
    bench.world.setStatus(ADA, 'online');
    await bench.signIn();
    bench.simulator.gateway.invalidateSessions(false);
    await loss();
    expect(await bench.reconnect()).toBe('fresh');

    bench.simulator.gateway.close(4000);
    await bench.until('the second loss', () => bench.lost.length === 2);
    bench.simulator.sessions.endAll();
    bench.observations.length = 0;
    const before = bench.clock.now();
    expect(await bench.reconnect()).toBe('fresh');
    expect(bench.clock.now() - before).toBeGreaterThanOrEqual(1_000);
    await bench.until('the snapshot', () => bench.latest(ADA) !== undefined);
    expect(bench.latest(ADA)).toMatchObject({ status: 'online', replayed: true });
    expect([sent(IDENTIFY), sent(RESUME)]).toEqual([3, 1]);
  });

  it('resumes after op 9 that says the session can be', async () => {
    await bench.signIn();
    bench.simulator.gateway.invalidateSessions(true);
    await loss();
    expect(await bench.reconnect()).toBe('resumed');
  });

  it('gives a session up whose address cannot be reached', async () => {
    await bench.signIn();
    bench.simulator.gateway.close(4000);
    await loss();
    const thaw = bench.simulator.gateway.freeze();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await bench.failure(bench.reconnect())).toMatchObject({ code: 'timeout' });
    }
    thaw();
    await bench.clock.advance(6_000);
    expect(await bench.reconnect()).toBe('fresh');
  });
});

describe('keeping alive', () => {
  it('beats as often as the gateway asks, and when it asks', async () => {
    await bench.signIn();
    const before = sent(HEARTBEAT);
    for (let beat = 0; beat < 5; beat += 1) {
      await bench.clock.advance(41_250);
      await bench.arrived();
    }
    expect(sent(HEARTBEAT) - before).toBe(5);
    bench.simulator.gateway.askForHeartbeat();
    await bench.until('the beat', () => sent(HEARTBEAT) - before === 6);
    expect(bench.lost).toEqual([]);
  });

  it('tells a connection that no longer acknowledges as lost, although events still come', async () => {
    await bench.signIn();
    bench.simulator.gateway.stopAcknowledging();
    bench.world.setStatus(ADA, 'online');
    await bench.until('the event', () => bench.latest(ADA)?.status === 'online');
    await loss(500);
    expect(bench.lost).toMatchObject([{ code: 'timeout', retry: 'later' }]);
    expect(await bench.reconnect()).toBe('resumed');
  });
});

describe('signing in on the gateway', () => {
  it('sends nothing when no sign-ins are left, and says how long to wait', async () => {
    bench.simulator.sessions.remainingOverride = 0;
    const error = await bench.failure(bench.connect());
    expect(error).toMatchObject({ code: 'rate-limited', retry: 'later' });
    expect(error.retryAfterMs).toBe(86_400_000);
    expect(sent(IDENTIFY)).toBe(0);
    expect(bench.world.token).toBe(bench.token);
  });

  it('sends nothing either when its own count of the day is used up, whatever Discord says', async () => {
    const hour = 3_600_000;
    bench.earlier.set('identify', [[bench.clock.now() - hour, 1_000]]);
    const error = await bench.failure(bench.connect());
    expect(error).toMatchObject({ code: 'rate-limited', retry: 'later' });
    expect(error.retryAfterMs).toBeGreaterThan(22 * hour);
    expect(sent(IDENTIFY)).toBe(0);
  });

  it('keeps five seconds between two sign-ins', async () => {
    await bench.signIn();
    for (let round = 0; round < 3; round += 1) {
      bench.simulator.gateway.close(4009);
      await bench.until('the loss', () => bench.lost.length === round + 1);
      expect(await bench.reconnect()).toBe('fresh');
    }
    const { identifies } = bench.simulator.sessions;
    expect(identifies).toHaveLength(4);
    for (const [index, at] of identifies.entries()) {
      expect(at - (identifies[index - 1] ?? 0)).toBeGreaterThanOrEqual(5_000);
    }
  });

  it('waits and tries once more when something else has just signed in with the same bot', async () => {
    bench.simulator.sessions.identify();
    const before = bench.clock.now();
    await bench.connect();
    expect(bench.clock.now() - before).toBeGreaterThanOrEqual(5_000);
    expect(sent(IDENTIFY)).toBe(2);
    expect(bench.lost).toEqual([]);
  });

  for (const [intent, toggle, other] of [
    ['GUILD_PRESENCES', '“Presence Intent”', '“Server Members Intent”'],
    ['GUILD_MEMBERS', '“Server Members Intent”', '“Presence Intent”'],
  ] as const) {
    it(`names the toggle when ${intent} is off (4014)`, async () => {
      bench.world.intents[intent] = false;
      const error = await bench.failure(bench.connect());
      expect(error).toMatchObject({ code: 'missing-scope', retry: 'reauth', params: { scopes: intent } });
      expect(error.message).toContain(toggle);
      expect(error.message).not.toContain(other);
      expect(error.message).toContain('Bot → Privileged Gateway Intents');
    });
  }

  it('names both toggles when Discord does not say which one is off', async () => {
    bench.world.intents.GUILD_MEMBERS = false;
    bench.simulator.faults.add({ kind: 'http-status', status: 500 }, { method: '/applications/@me' });
    expect((await bench.failure(bench.connect())).params.scopes).toBe('GUILD_PRESENCES,GUILD_MEMBERS');
  });

  it('asks for all intents later when one was switched off meanwhile', async () => {
    await bench.signIn();
    bench.world.intents.GUILD_PRESENCES = false;
    bench.simulator.gateway.close(4014);
    await loss();
    expect(bench.lost).toMatchObject([{ code: 'missing-scope', retry: 'reauth' }]);
  });

  for (const [fault, expected] of [
    [
      { kind: 'rate-limited', retryAfterSeconds: 12.5 },
      { code: 'rate-limited', retryAfterMs: 12_500 },
    ],
    [{ kind: 'http-status', status: 503 }, { code: 'platform-unavailable' }],
    [{ kind: 'html-page' }, { code: 'protocol-error' }],
    [{ kind: 'malformed-json' }, { code: 'protocol-error' }],
    [{ kind: 'hang' }, { code: 'timeout' }],
    [{ kind: 'reset-connection' }, { code: 'platform-unreachable' }],
    [{ kind: 'replaced-values', values: { url: 'ws://gateway.example' } }, { code: 'protocol-error' }],
  ] as const) {
    it(`tells ${fault.kind} of the REST API as ${expected.code}`, async () => {
      bench.simulator.faults.add(fault, { method: '/gateway/bot', times: 1 });
      expect(await bench.failure(bench.connect())).toMatchObject({ retry: 'later', ...expected });
      expect(sent(IDENTIFY)).toBe(0);
      await bench.connect();
    });
  }
});

describe('close codes', () => {
  it('mean what Discord documents', () => {
    const table: Record<number, [string, string]> = {
      1006: ['platform-unreachable', 'later'],
      4000: ['platform-unavailable', 'later'],
      4001: ['protocol-error', 'later'],
      4002: ['protocol-error', 'later'],
      4003: ['protocol-error', 'later'],
      4004: ['credentials-refused', 'reauth'],
      4005: ['protocol-error', 'later'],
      4007: ['platform-unavailable', 'later'],
      4008: ['rate-limited', 'later'],
      4009: ['platform-unavailable', 'later'],
      4010: ['protocol-error', 'never'],
      4011: ['unsupported', 'never'],
      4012: ['unsupported', 'never'],
      4013: ['protocol-error', 'never'],
      4014: ['missing-scope', 'reauth'],
      4999: ['platform-unavailable', 'later'],
    };
    for (const [closeCode, [code, retry]] of Object.entries(table)) {
      expect(closeErrorOf(Number(closeCode)), closeCode).toMatchObject({ code, retry });
    }
  });
});
