import { describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { ScriptedAdapter } from './scripted-adapter.ts';
import { down, method, session } from './session-bench.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const limited = (retryAfterMs: number) => new MusterError('rate-limited', 'Slow down.', { retryAfterMs });

describe('an account that heals by itself', () => {
  it('notices within a minute that a silent host is dead, and is back within 30 s of it', async () => {
    const { session: account, adapter, clock } = session();
    account.start();
    await clock.advance(10 * MINUTE);
    const checks = adapter.verified;
    expect(checks).toBeGreaterThan(10);
    adapter.verifies = [down(), down()];
    adapter.connects = Array.from({ length: 8 }, () => down());
    await clock.advance(MINUTE);
    expect(account.health.state).toMatch(/offline|connecting/);
    await clock.advance(10 * MINUTE);
    expect(account.health.state).toBe('connected');
    adapter.verifies = [down(), down()];
    adapter.connects = Array.from({ length: 40 }, () => down());
    await clock.advance(8 * MINUTE);
    expect(account.health.state).toMatch(/offline|connecting/);
    adapter.connects = [];
    await clock.advance(30 * SECOND);
    expect(account.health.state).toBe('connected');
    await account.stop();
    expect(clock.pending).toBe(0);
  });

  it('is not thrown over by one check that failed', async () => {
    const { session: account, adapter, clock, told } = session();
    account.start();
    await clock.advance(MINUTE);
    adapter.verifies = [down()];
    await clock.advance(2 * MINUTE);
    expect(told).not.toContain('lost');
    expect(adapter.connections).toHaveLength(1);
    await account.stop();
  });

  it('asks for no sign of life while others come', async () => {
    const { session: account, adapter, clock } = session();
    account.start();
    await clock.flush();
    for (let second = 0; second < 600; second += 20) {
      adapter.context.report.observations([
        {
          userId: 'ann',
          status: 'online',
          doNotDisturb: false,
          rawStatus: null,
          message: null,
          emoji: null,
          activities: [],
          lastSeen: null,
          observedAt: clock.now(),
          source: 'push',
          replayed: false,
        },
      ]);
      await clock.advance(20 * SECOND);
    }
    expect(adapter.verified).toBe(0);
    await account.stop();
  });

  it('asks nothing at all for the hour that the platform asked for, and goes on within 30 s of its end', async () => {
    const adapter = new ScriptedAdapter();
    const look = method('look', [null, limited(HOUR), null]);
    adapter.poll = [look];
    adapter.refreshSeconds = 600;
    const { session: account, clock } = session(adapter);
    account.start();
    await clock.advance(90 * SECOND);
    expect(look.calls).toHaveLength(2);
    const [verified, listed] = [adapter.verified, adapter.listed];
    await clock.advance(HOUR - 100 * SECOND);
    expect(look.calls).toHaveLength(2);
    expect(adapter.verified).toBe(verified);
    expect(adapter.listed).toBe(listed);
    await clock.advance(100 * SECOND);
    expect(look.calls.length).toBeGreaterThan(2);
    expect(account.health.state).toBe('connected');
    await account.stop();
  });

  it('takes a platform that answers a check with “slow down” for alive', async () => {
    const { session: account, adapter, clock, told } = session();
    account.start();
    await clock.flush();
    adapter.verifies = [limited(HOUR)];
    await clock.advance(30 * MINUTE);
    expect(told).not.toContain('lost');
    expect(adapter.verified).toBe(1);
    await clock.advance(40 * MINUTE);
    expect(adapter.verified).toBeGreaterThan(1);
    await account.stop();
  });

  it('checks at once after eight hours of sleep, looks at everybody anew and lists who is overdue', async () => {
    const adapter = new ScriptedAdapter();
    const look = method('look', [null]);
    adapter.poll = [look];
    adapter.refreshSeconds = HOUR / SECOND;
    const { session: account, clock } = session(adapter, ['ann', 'ben', 'cid']);
    account.start();
    await clock.advance(5 * MINUTE + 5 * SECOND);
    account.suspend();
    const [looked, listed, verified] = [look.calls.length, adapter.listed, adapter.verified];
    await clock.advance(2 * SECOND);
    clock.jump(8 * HOUR);
    account.resume(8 * HOUR);
    await clock.advance(10 * SECOND);
    expect(adapter.verified).toBe(verified + 1);
    expect(look.calls).toHaveLength(looked + 3);
    expect(adapter.listed).toBe(listed + 1);
    await account.stop();
  });

  it('is back within 10 s of waking, also where the network swallows what goes to connections from before', async () => {
    const adapter = new ScriptedAdapter();
    const { session: account, clock, told } = session(adapter);
    account.start();
    await clock.advance(MINUTE);
    account.suspend();
    clock.jump(8 * HOUR);
    adapter.verifies = [new Promise(() => undefined)];
    account.resume(8 * HOUR);
    await clock.advance(10 * SECOND);
    expect(told).toContain('lost');
    expect(account.health.state).toBe('connected');
    await account.stop();
    expect(clock.pending).toBe(0);
  });

  it.each([24 * HOUR, -24 * HOUR])('goes on as before when the clock jumped by %d ms', async (ms) => {
    const adapter = new ScriptedAdapter();
    const look = method('look', [null, null, null, down(), null]);
    adapter.poll = [look];
    adapter.refreshSeconds = 300;
    const { session: account, clock } = session(adapter);
    account.start();
    await clock.advance(2 * MINUTE + 10 * SECOND);
    clock.jump(ms);
    account.resume(ms);
    await clock.advance(10 * SECOND);
    expect(account.health.state).toBe('connected');
    const [looked, listed] = [look.calls.length, adapter.listed];
    await clock.advance(10 * MINUTE);
    expect(look.calls.length).toBeGreaterThanOrEqual(looked + 8);
    expect(adapter.listed).toBeGreaterThanOrEqual(listed + 1);
    adapter.connects = [down(), down()];
    adapter.context.report.lost(down());
    clock.jump(ms);
    account.resume(ms);
    await clock.advance(30 * SECOND);
    expect(account.health.state).toBe('connected');
    await account.stop();
    expect(clock.pending).toBe(0);
  });

  it('keeps to the wait that the server asked for, whatever the clock does', async () => {
    const adapter = new ScriptedAdapter();
    adapter.connects = [limited(HOUR)];
    const { session: account, clock } = session(adapter);
    account.start();
    await clock.advance(10 * MINUTE);
    clock.jump(-24 * HOUR);
    account.resume(-24 * HOUR);
    await clock.advance(49 * MINUTE);
    expect(adapter.contexts).toHaveLength(1);
    await clock.advance(90 * SECOND);
    expect(account.health.state).toBe('connected');
    await account.stop();
  });

  it('closes the sockets of nobody and leaves no timer, however it is stopped', async () => {
    const { session: account, adapter, clock } = session();
    account.start();
    await clock.advance(5 * MINUTE);
    account.suspend();
    account.resume(HOUR);
    await account.stop();
    expect(clock.pending).toBe(0);
    expect(adapter.open).toBe(0);
  });
});
