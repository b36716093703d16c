import { describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { deferred, ScriptedAdapter } from './scripted-adapter.ts';
import { down, method, person, session } from './session-bench.ts';

const refused = () => new MusterError('credentials-refused', 'The password is wrong.');
const forbidden = () => new MusterError('insecure-connection', 'The server offers no TLS.');

describe('an account’s session', () => {
  it('says when it tries again after a failed first connect, waits longer each time, at most 30 s', async () => {
    const adapter = new ScriptedAdapter();
    adapter.connects = Array.from({ length: 12 }, () => down());
    const { session: account, clock, healths } = session(adapter);
    account.start();
    await clock.flush();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      const { state, reason, retryAt } = account.health;
      expect({ state, reason }).toEqual({
        state: 'offline',
        reason: 'The server cannot be reached. Muster tries again by itself.',
      });
      expect(account.connection).toBeNull();
      const wait = (retryAt ?? 0) - clock.now();
      waits.push(wait);
      await clock.advance(wait - 1);
      expect(adapter.contexts).toHaveLength(attempt);
      await clock.advance(2);
      expect(adapter.contexts).toHaveLength(attempt + 1);
    }
    expect(waits[0]).toBeLessThanOrEqual(1_000);
    expect(waits[3]).toBeGreaterThan(3_900);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
    expect(waits.slice(6).every((wait) => wait >= 15_000)).toBe(true);
    expect(new Set(waits.slice(6)).size).toBeGreaterThan(1);
    expect(account.health.state).toBe('connected');
    expect(healths.at(-1)?.retryAt).toBeNull();
    await account.stop();
  });

  it('has been away since it was lost, however often it was tried', async () => {
    const { session: account, adapter, clock, healths } = session();
    adapter.connects = [down(), down(), down(), down()];
    account.start();
    await clock.advance(0);
    const since = account.health.since;
    await clock.advance(5_000);
    expect(new Set(healths.slice(1).map(({ state }) => state))).toEqual(new Set(['offline', 'connecting']));
    expect(account.health).toMatchObject({ state: expect.stringMatching(/offline|connecting/), since });
    await clock.advance(60_000);
    expect(account.health.state).toBe('connected');
    expect(account.health.since).toBeGreaterThan(since);
    await account.stop();
  });

  it('waits as long as the server asks, also beyond 30 s', async () => {
    const adapter = new ScriptedAdapter();
    adapter.connects = [down(120_000)];
    const { session: account, clock } = session(adapter);
    account.start();
    await clock.advance(119_000);
    expect(adapter.contexts).toHaveLength(1);
    await clock.advance(2_000);
    expect(account.health.state).toBe('connected');
    await account.stop();
  });

  it.each([
    ['needs-sign-in', refused()],
    ['offline', forbidden()],
  ] as const)('ends in %s and tries no more when only a person can help', async (state, error) => {
    const adapter = new ScriptedAdapter();
    adapter.connects = [error];
    const { session: account, clock } = session(adapter);
    account.start();
    await clock.advance(24 * 3_600_000);
    expect(account.health).toMatchObject({ state, reason: error.message, retryAt: null });
    expect(adapter.contexts).toHaveLength(1);
    expect(clock.pending).toBe(0);
    account.retryNow();
    await clock.flush();
    expect(account.health.state).toBe('connected');
    await account.stop();
  });

  it('closes the connection whose token was revoked in mid-flight, and tries no more', async () => {
    const { session: account, adapter, clock, told } = session();
    account.start();
    await clock.flush();
    adapter.context.report.lost(new MusterError('token-revoked', 'The token was revoked.'));
    await clock.advance(3_600_000);
    expect(account.health).toMatchObject({ state: 'needs-sign-in', reason: 'The token was revoked.', retryAt: null });
    expect(told).toEqual(['first', 'complete:', 'lost']);
    expect(adapter.closings).toEqual([1]);
    expect(clock.pending).toBe(0);
  });

  it('gives up connecting after 30 s, and closes what still comes of it', async () => {
    const adapter = new ScriptedAdapter();
    const slow = deferred<void>();
    adapter.connects = [slow.promise];
    const { session: account, clock } = session(adapter);
    account.start();
    await clock.advance(29_900);
    expect(account.health.state).toBe('connecting');
    await clock.advance(200);
    expect(account.health.state).toBe('offline');
    expect(adapter.contexts[0]?.signal.aborted).toBe(true);
    await clock.advance(2_000);
    expect(account.health.state).toBe('connected');
    const live = account.connection;
    slow.resolve();
    await clock.flush();
    expect(account.connection).toBe(live);
    expect(adapter.connections).toHaveLength(2);
    expect(adapter.open).toBe(1);
    await account.stop();
    expect(adapter.open).toBe(0);
  });

  it('never lets a slow older try replace a newer connection, in whatever order they end', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const adapter = new ScriptedAdapter();
      const tries = [deferred<void>(), deferred<void>(), deferred<void>()];
      adapter.connects = tries.map((one) => one.promise);
      const { session: account, clock, told } = session(adapter);
      account.start();
      await clock.flush();
      account.retryNow();
      await clock.flush();
      account.retryNow();
      await clock.flush();
      for (const index of order) {
        tries[index]?.resolve();
        await clock.flush();
      }
      expect(adapter.contexts).toHaveLength(3);
      // The newest try is the one whose context still lives.
      expect(adapter.contexts.map((context) => context.signal.aborted)).toEqual([true, true, false]);
      expect(told.filter((what) => what === 'first' || what === 'fresh')).toEqual(['first']);
      expect(adapter.open).toBe(1);
      expect(adapter.closings.every((count) => count <= 1)).toBe(true);
      await account.stop();
      expect(adapter.open).toBe(0);
      expect(clock.pending).toBe(0);
    }
  });

  it('survives two tries asked for at once', async () => {
    const { session: account, adapter, clock } = session();
    account.start();
    account.retryNow();
    account.retryNow();
    await clock.flush();
    expect(account.health.state).toBe('connected');
    expect(adapter.open).toBe(1);
    await account.stop();
    expect(adapter.open).toBe(0);
  });

  it('leaves nothing open and no timer when it is stopped while it connects', async () => {
    const adapter = new ScriptedAdapter();
    const slow = deferred<void>();
    adapter.connects = [slow.promise];
    const { session: account, clock, told } = session(adapter);
    account.start();
    await clock.flush();
    await account.stop();
    expect(clock.pending).toBe(0);
    expect(adapter.context.signal.aborted).toBe(true);
    slow.resolve();
    await clock.flush();
    expect(adapter.open).toBe(0);
    expect(told).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it.each(['connected', 'offline', 'reconnecting', 'listing'])(
    'leaves no timer when it is stopped while %s',
    async (when) => {
      const adapter = new ScriptedAdapter();
      adapter.refreshSeconds = 60;
      adapter.poll = [method('look', [null])];
      if (when === 'offline') adapter.connects = [down()];
      if (when === 'reconnecting') adapter.reconnects = [new Promise(() => undefined)];
      if (when === 'listing') adapter.rosters = [{ pages: [[person('ann')]], wait: new Promise(() => undefined) }];
      const { session: account, clock } = session(adapter);
      account.start();
      await clock.flush();
      if (when === 'reconnecting') {
        adapter.context.report.lost(down());
        await clock.advance(1_500);
        expect(account.health.state).toBe('connecting');
      }
      await account.stop();
      expect(clock.pending).toBe(0);
      expect(adapter.open).toBe(0);
      await clock.advance(600_000);
      expect(clock.pending).toBe(0);
      expect(adapter.contexts).toHaveLength(1);
    },
  );

  it('takes no report any more once it is being stopped, not even from signing out', async () => {
    const { session: account, adapter, clock, told, seen } = session();
    account.start();
    await clock.flush();
    const { report } = adapter.context;
    const hanging = deferred<void>();
    adapter.closes = hanging.promise;
    const stopping = account.stop();
    report.lost(down());
    report.removed(['ann']);
    report.ownChanged();
    hanging.resolve();
    await stopping;
    expect(told).toEqual(['first', 'complete:']);
    expect(seen.observations).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('does not wait longer than 3 s for a sign-out that hangs', async () => {
    const { session: account, adapter, clock } = session();
    adapter.closes = new Promise(() => undefined);
    account.start();
    await clock.flush();
    let stopped = false;
    void account.stop().then(() => {
      stopped = true;
    });
    await clock.advance(2_900);
    expect(stopped).toBe(false);
    await clock.advance(200);
    expect(stopped).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it.each(['resumed', 'fresh'] as const)(
    'comes back %s after a loss, and lists the roster only when something was missed',
    async (how) => {
      const adapter = new ScriptedAdapter();
      adapter.reconnects = [Promise.resolve(how)];
      const { session: account, clock, told, states } = session(adapter);
      account.start();
      await clock.flush();
      adapter.context.report.lost(down());
      expect(account.health.state).toBe('offline');
      await clock.advance(1_100);
      expect(told).toEqual(['first', 'complete:', 'lost', how, ...(how === 'fresh' ? ['complete:'] : [])]);
      expect(states()).toEqual(['connected', 'offline', 'connecting', 'connected']);
      expect(adapter.contexts).toHaveLength(1);
      expect(adapter.closings).toEqual([0]);
      await account.stop();
    },
  );

  it('connects anew where there is no way to reconnect, closing the old connection', async () => {
    const { session: account, adapter, clock, told } = session();
    account.start();
    await clock.flush();
    adapter.context.report.lost(down());
    await clock.advance(1_100);
    expect(told).toEqual(['first', 'complete:', 'lost', 'fresh', 'complete:']);
    expect(adapter.closings).toEqual([1, 0]);
    // What the old connection still says is not heard.
    adapter.contexts[0]?.report.lost(down());
    expect(account.health.state).toBe('connected');
    await account.stop();
  });

  it('gives up on a reconnect that hangs and connects anew', async () => {
    const adapter = new ScriptedAdapter();
    adapter.reconnects = [new Promise(() => undefined)];
    const { session: account, clock, told } = session(adapter);
    account.start();
    await clock.flush();
    adapter.context.report.lost(down());
    await clock.advance(1_100);
    await clock.advance(30_000);
    expect(account.health.state).toBe('offline');
    expect(adapter.closings).toEqual([1]);
    await clock.advance(4_000);
    expect(told.at(-2)).toBe('fresh');
    expect(adapter.open).toBe(1);
    await account.stop();
  });

  it('is known to be gone before anybody is told of the loss', async () => {
    const { session: account, adapter, clock, seen, healths } = session();
    account.start();
    await clock.advance(60_000);
    adapter.context.report.lost(down());
    expect(seen.lostWhileConnected).toBe(false);
    expect(healths.at(-1)).toMatchObject({ state: 'offline', since: clock.now() });
    await account.stop();
  });

  it('writes one line on a loss and one on the way back, however many tries lie between', async () => {
    const adapter = new ScriptedAdapter();
    const { session: account, clock, logger } = session(adapter);
    account.start();
    await clock.flush();
    adapter.connects = [down(), down(), down()];
    adapter.context.report.lost(down());
    await clock.advance(120_000);
    expect(logger.lines.map((line) => `${line.level}: ${line.message}`)).toEqual([
      'info: account connected',
      'warn: account lost',
      'info: account is back',
    ]);
    adapter.connects = [down()];
    adapter.context.report.lost(down());
    account.retryNow();
    await clock.advance(30_000);
    expect(logger.lines.slice(3).map((line) => line.message)).toEqual(['account lost', 'account is back']);
    await account.stop();
  });

  it('writes one line when it cannot connect at first', async () => {
    const adapter = new ScriptedAdapter();
    adapter.connects = [down(), down(), down()];
    const { session: account, clock, logger } = session(adapter);
    account.start();
    await clock.advance(60_000);
    expect(logger.lines.map((line) => line.message)).toEqual(['account could not connect', 'account connected']);
    await account.stop();
  });

  it('checks a connection after sleep before it believes it', async () => {
    const adapter = new ScriptedAdapter();
    adapter.verifies = [Promise.resolve(), down()];
    const { session: account, clock, told } = session(adapter);
    account.start();
    await clock.flush();
    account.suspend();
    clock.jump(3_600_000);
    account.resume();
    await clock.flush();
    expect(account.health.state).toBe('connected');
    account.suspend();
    clock.jump(3_600_000);
    account.resume();
    await clock.flush();
    expect(adapter.verified).toBe(2);
    expect(told.at(-1)).toBe('lost');
    await clock.advance(1_100);
    expect(account.health.state).toBe('connected');
    await account.stop();
  });

  it('counts a check that does not answer within 10 s as a loss', async () => {
    const adapter = new ScriptedAdapter();
    adapter.verifies = [new Promise(() => undefined)];
    const { session: account, clock, told } = session(adapter);
    account.start();
    await clock.flush();
    account.retryNow();
    await clock.advance(9_900);
    expect(told).not.toContain('lost');
    await clock.advance(200);
    expect(told).toContain('lost');
    await account.stop();
    expect(clock.pending).toBe(0);
  });

  it('tries at once after sleep when it was offline', async () => {
    const adapter = new ScriptedAdapter();
    adapter.connects = [down(600_000)];
    const { session: account, clock } = session(adapter);
    account.start();
    await clock.flush();
    account.suspend();
    account.resume();
    await clock.flush();
    expect(account.health.state).toBe('connected');
    await account.stop();
  });
});
