import { afterEach, describe, expect, it } from 'vitest';
import { addMs, MINUTE_MS, SECOND_MS } from '../../../src/domain/time.ts';
import type { Connection } from '../../../src/platforms/platform.ts';
import { limitsPassed } from '../../../src/simulator/zoom/call-log.ts';
import { ME, refusal, ZoomBench } from './bench.ts';

let bench: ZoomBench;
afterEach(() => bench.close());

async function started(options: Parameters<typeof ZoomBench.start>[0] = {}): Promise<Connection> {
  bench = await ZoomBench.start(options);
  return bench.signedIn();
}

const to = (status: 'online' | 'away' | 'busy' | 'offline') => ({
  status: { kind: 'set', status, message: null, emoji: null, until: null } as const,
});
const disturb = (minutes: number | null) => ({
  doNotDisturb: {
    kind: 'set',
    active: true,
    until: minutes === null ? null : addMs(bench.seat.clock.now(), minutes * MINUTE_MS),
  } as const,
});
const me = () => bench.simulator.account.user(ME);

describe('one’s own status on Zoom', () => {
  it('is set at once, and a second time only when the minute is over', async () => {
    const connection = await started();
    const { clock } = bench.seat;
    const start = clock.now();
    await bench.apply(connection, to('busy'));
    expect(clock.now() - start).toBeLessThan(20 * SECOND_MS);
    expect(me().presence).toBe('busy');
    await bench.apply(connection, to('away'));
    expect(clock.now() - start).toBeGreaterThanOrEqual(MINUTE_MS);
    expect(clock.now() - start).toBeLessThan(75 * SECOND_MS);
    expect(me().presence).toBe('away');
    expect(limitsPassed(bench.simulator.calls, 'pro')).toEqual([]);
  });

  it('is not written when Zoom shows it already, and then uses up no minute', async () => {
    const connection = await started();
    expect((await bench.apply(connection, to('online'))).status).toMatchObject({ outcome: 'applied' });
    expect(bench.calls('update')).toBe(0);
    await bench.apply(connection, to('busy'));
    expect(me().presence).toBe('busy');
  });

  it('says in words that no Zoom app is signed in, and when it is tried again', async () => {
    const connection = await started();
    me().signedIn = false;
    const error = await refusal(bench.apply(connection, to('busy')));
    expect(error).toMatchObject({
      code: 'not-permitted',
      retry: 'later',
      retryAfterMs: 5 * MINUTE_MS,
      params: { error: 5301 },
    });
    expect(error.message).toContain('signed in to a Zoom app');
    me().signedIn = true;
    await bench.apply(connection, to('busy'));
    expect(me().presence).toBe('busy');
    expect(bench.seat.lost).toEqual([]);
  });

  it('says in words that the account’s settings forbid it, and is not tried again', async () => {
    const connection = await started();
    bench.simulator.behaviour.mayUpdate = false;
    expect(await refusal(bench.apply(connection, to('busy')))).toMatchObject({
      code: 'not-permitted',
      retry: 'never',
      params: { error: 5411 },
    });
  });

  it('waits a minute when Zoom says that there were too many', async () => {
    const connection = await started();
    bench.simulator.faults.add({ kind: 'http-status', status: 429 }, { method: 'update', times: 1 });
    expect(await refusal(bench.apply(connection, to('busy')))).toMatchObject({
      code: 'rate-limited',
      retryAfterMs: MINUTE_MS,
    });
  });

  it('ends with the connection while it waits for its minute', async () => {
    const connection = await started();
    await bench.apply(connection, to('busy'));
    const waiting = refusal(bench.apply(connection, to('away')));
    bench.seat.abort.abort();
    expect((await waiting).code).toBe('cancelled');
    expect(bench.calls('update')).toBe(1);
  });

  it('is read anew when an event says that it changed, at most every five minutes else on the free plan', async () => {
    const connection = await started({ plan: 'free', webhook: true });
    expect((await bench.read(connection)).status.status).toBe('online');
    const asked = bench.calls('presence');
    for (let watch = 0; watch < 14; watch += 1) {
      await bench.seat.clock.advance(20 * SECOND_MS);
      await bench.read(connection);
    }
    expect(bench.calls('presence')).toBe(asked);
    await bench.happens((account) => account.setPresence(ME, 'away'));
    expect((await bench.read(connection)).status.status).toBe('away');
    expect(bench.calls('presence')).toBe(asked + 1);
    await bench.seat.clock.advance(5 * MINUTE_MS);
    await bench.read(connection);
    expect(bench.calls('presence')).toBe(asked + 2);
  });
});

describe('one’s own do-not-disturb on Zoom', () => {
  it('lasts as long as wished, is read back with its end, and Zoom ends it', async () => {
    const connection = await started();
    const until = addMs(bench.seat.clock.now(), 25 * MINUTE_MS);
    const { doNotDisturb } = await bench.apply(connection, disturb(25));
    expect(doNotDisturb).toEqual({ outcome: 'applied', detail: null, expiresBy: 'platform' });
    const reading = await bench.read(connection);
    expect(reading).toMatchObject({ status: { status: 'busy' }, doNotDisturb: { active: true } });
    expect(Math.abs((reading.doNotDisturb.until ?? 0) - until)).toBeLessThan(MINUTE_MS);
    await bench.seat.clock.advance(26 * MINUTE_MS);
    expect((await bench.read(connection)).doNotDisturb).toMatchObject({ active: false, until: null });
  });

  it('without an end is a day, after which it is asked for again', async () => {
    const connection = await started();
    await bench.apply(connection, disturb(null));
    const left = ((me().disturbAt ?? 0) - bench.seat.clock.now()) / MINUTE_MS;
    expect(left).toBeGreaterThan(1_430);
    expect(left).toBeLessThanOrEqual(1_440);
    const written = (await bench.read(connection)).doNotDisturb.snapshot;
    await bench.seat.clock.advance(1_441 * MINUTE_MS);
    const now = (await bench.read(connection)).doNotDisturb.snapshot;
    expect(connection.ownStatus?.compare('doNotDisturb', written, now, bench.seat.clock.now())).toBe('expired');
  });

  it('uncovers at its end what was there before, also after a restart', async () => {
    await started();
    bench.simulator.account.setPresence(ME, 'out-of-office');
    let connection = await bench.signedIn();
    const before = await bench.read(connection);
    await bench.apply(connection, disturb(60));
    expect(me().presence).toBe('do-not-disturb');
    await connection.close();
    connection = await bench.signedIn();
    const snapshot = JSON.parse(JSON.stringify(before.doNotDisturb.snapshot));
    await bench.apply(connection, { doNotDisturb: { kind: 'restore', snapshot } });
    expect(me().presence).toBe('out-of-office');
  });

  it('uncovers the status that was wished meanwhile', async () => {
    const connection = await started();
    await bench.apply(connection, disturb(60));
    const { status } = await bench.apply(connection, { ...to('away'), ...disturb(60) });
    expect(status).toMatchObject({ outcome: 'partial', detail: expect.stringContaining('Do-not-disturb') });
    expect(me().presence).toBe('do-not-disturb');
    await bench.apply(connection, { doNotDisturb: { kind: 'set', active: false, until: null } });
    expect(me().presence).toBe('away');
  });

  it('is spelt as this Zoom wants it, which is remembered', async () => {
    const connection = await started();
    bench.simulator.behaviour.doNotDisturb = 'Do_No_Disturb';
    await bench.apply(connection, disturb(60));
    expect(me().presence).toBe('do-not-disturb');
    const refused = () =>
      bench.simulator.calls.filter(({ method, status }) => method === 'update' && status === 400).length;
    expect(refused()).toBe(1);
    await bench.apply(connection, disturb(180));
    expect(refused()).toBe(1);
    bench.simulator.behaviour.doNotDisturb = 'Do_Not_Disturb';
    await bench.apply(connection, disturb(300));
    expect(me().presence).toBe('do-not-disturb');
    expect(limitsPassed(bench.simulator.calls, 'pro')).toEqual([]);
  });
});
