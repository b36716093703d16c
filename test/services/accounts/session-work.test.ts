import { describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { deferred, ScriptedAdapter } from './scripted-adapter.ts';
import { down, method, person, session } from './session-bench.ts';

describe('the work of an account’s session', () => {
  it('does not poll while the machine sleeps, not even on a connection that came up meanwhile', async () => {
    const adapter = new ScriptedAdapter();
    const look = method('look', [null]);
    adapter.poll = [look];
    const { session: account, clock } = session(adapter);
    account.suspend();
    account.start();
    await clock.advance(300_000);
    expect(look.calls).toHaveLength(0);
    account.resume();
    await clock.advance(60_000);
    expect(look.calls.length).toBeGreaterThan(0);
    await account.stop();
  });

  it('is degraded after three failed looks in a row, and connected again after one that worked', async () => {
    const adapter = new ScriptedAdapter();
    const answers = [down(), down(), down(), null];
    adapter.poll = [method('look', answers)];
    const { session: account, clock, states, healths } = session(adapter);
    account.start();
    await clock.advance(60_000);
    expect(states()).toEqual(['connected', 'degraded', 'connected']);
    const degraded = healths[1];
    expect(degraded?.reason).toBe('The server cannot be reached. Muster tries again by itself.');
    expect(degraded?.retryAt).toBeGreaterThan(degraded?.since ?? 0);
    await account.stop();
  });

  it('stays degraded while one kind of look keeps failing, and goes on with the others', async () => {
    const adapter = new ScriptedAdapter();
    const works = method('presence', [null]);
    const fails = method('details', [down()]);
    adapter.poll = [works, fails];
    const { session: account, clock, states } = session(adapter, ['ann', 'ben', 'cid', 'dan', 'eve']);
    account.start();
    await clock.advance(600_000);
    expect(states()).toEqual(expect.arrayContaining(['degraded']));
    expect(account.health.state).toBe('degraded');
    // Five people, each at most once a minute, for ten minutes: the failing kind takes nothing away.
    expect(works.calls.length).toBeGreaterThanOrEqual(45);
    expect(fails.calls.length).toBeLessThan(60);
    await account.stop();
  });

  it('needs signing in when a look says that the token is gone', async () => {
    const adapter = new ScriptedAdapter();
    adapter.poll = [method('look', [new MusterError('token-revoked', 'Revoked.')])];
    const { session: account, clock, told } = session(adapter);
    account.start();
    await clock.advance(60_000);
    expect(account.health.state).toBe('needs-sign-in');
    expect(told).toContain('lost');
    expect(clock.pending).toBe(0);
  });

  it('lists the roster again after a failure, later each time, and tells who is complete only then', async () => {
    const adapter = new ScriptedAdapter();
    const ann = [person('ann')];
    adapter.rosters = [
      { pages: [ann], error: down() },
      { pages: [], error: down() },
      { pages: [], error: down() },
      { pages: [ann, [person('ben')]] },
    ];
    const { session: account, clock, told, states } = session(adapter);
    account.start();
    await clock.flush();
    expect(told).toEqual(['first', 'people:ann']);
    await clock.advance(2_000);
    expect(adapter.listed).toBe(1);
    await clock.advance(3_100);
    expect(adapter.listed).toBe(2);
    await clock.advance(2_300);
    expect(adapter.listed).toBe(2);
    await clock.advance(60_000);
    expect(adapter.listed).toBe(4);
    expect(told).toEqual(['first', 'people:ann', 'people:ann', 'people:ben', 'complete:ann,ben']);
    expect(states()).toEqual(['connected', 'degraded', 'connected']);
    await account.stop();
  });

  it('lists again when it is time, by one chain only, also after reconnects', async () => {
    const adapter = new ScriptedAdapter();
    adapter.refreshSeconds = 600;
    adapter.reconnects = [Promise.resolve('fresh'), Promise.resolve('fresh'), Promise.resolve('fresh')];
    const { session: account, clock } = session(adapter);
    account.start();
    await clock.flush();
    for (let loss = 0; loss < 3; loss += 1) {
      adapter.context.report.lost(down());
      await clock.advance(1_100);
    }
    const before = adapter.listed;
    await clock.advance(3_600_000);
    expect(adapter.listed - before).toBe(6);
    await account.stop();
  });

  it('lets a listing that a loss interrupted end, and believes only the new one', async () => {
    const adapter = new ScriptedAdapter();
    const slow = deferred<void>();
    adapter.reconnects = [Promise.resolve('fresh')];
    adapter.rosters = [
      { pages: [[person('old')], [person('older')]], wait: slow.promise },
      { pages: [[person('new')]] },
    ];
    const { session: account, clock, told } = session(adapter);
    account.start();
    await clock.flush();
    expect(account.syncPeople).toBe(1);
    adapter.context.report.lost(down());
    expect(account.syncPeople).toBeNull();
    await clock.advance(1_100);
    slow.resolve();
    await clock.flush();
    expect(told).toEqual(['first', 'people:old', 'lost', 'fresh', 'people:new', 'complete:new']);
    await account.stop();
  });

  it('obeys what the server asked for also with the roster', async () => {
    const adapter = new ScriptedAdapter();
    adapter.refreshSeconds = 30;
    adapter.poll = [method('look', [down(300_000), null])];
    const { session: account, clock } = session(adapter);
    account.start();
    await clock.advance(299_000);
    expect(adapter.listed).toBe(1);
    await clock.advance(5_000);
    expect(adapter.listed).toBe(2);
    await account.stop();
  });

  it('plans how long polled people count by how many there are', async () => {
    const adapter = new ScriptedAdapter();
    adapter.poll = [{ ...method('look', [null]), limits: 60 }];
    const { session: account, clock } = session(
      adapter,
      Array.from({ length: 300 }, (_, index) => `p${index}`),
    );
    expect(account.plannedIntervalMs()).toBe(0);
    account.start();
    await clock.flush();
    expect(account.plannedIntervalMs()).toBeCloseTo((300 / 51) * 60_000, 6);
    expect(account.budgets.map((budget) => budget.name)).toEqual(['look']);
    await account.stop();
  });
});
