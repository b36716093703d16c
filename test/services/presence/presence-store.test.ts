import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/domain/presence/observation.ts';
import { STATUSES } from '../../../src/domain/presence/status.ts';
import { addMs, epochMs } from '../../../src/domain/time.ts';
import type { ObservationReport } from '../../../src/platforms/platform.ts';
import { PresenceStore } from '../../../src/services/presence/presence-store.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const MINUTE = 60_000;

/** A store on a repository in memory that counts its writes. */
function bench(kept: Observation[] = [], intervalMs = 0) {
  const clock = new FakeClock();
  const saves: Observation[][] = [];
  const deleted: string[] = [];
  const changes: string[] = [];
  const planned = { intervalMs };
  const store = new PresenceStore({
    repository: {
      all: () => kept,
      save: (observations) => void saves.push([...observations]),
      delete: (keys) => void deleted.push(...keys.map((key) => key.userId)),
    },
    clock,
    plannedIntervalMs: () => planned.intervalMs,
  });
  store.onChange((all) => changes.push(...all.map(({ key, cause }) => `${key.userId}:${cause}`)));
  const report = (userId: string, over: Partial<ObservationReport> = {}): ObservationReport => ({
    userId,
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
    ...over,
  });
  const countsFor = (userId: string) => {
    const observation = store.get({ accountId: 'a', userId });
    const until = observation && store.freshUntil(observation);
    return typeof until === 'number' ? until - clock.now() : until;
  };
  return { clock, store, saves, deleted, changes, report, countsFor, planned };
}

describe('the presence store', () => {
  it('ends with the newest observation of each identity, in whatever order they come', () => {
    const reports = fc.uniqueArray(
      fc.record({
        at: fc.integer({ min: 1, max: 1_000 }),
        who: fc.constantFrom('ann', 'ben', 'cid'),
        status: fc.constantFrom(...STATUSES),
      }),
      { selector: (one) => one.at, minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(
        reports.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          const state = (order: typeof list) => {
            const { store, report } = bench();
            for (const { at, who, status } of order)
              store.apply('a', [report(who, { status, observedAt: epochMs(at) })]);
            return ['ann', 'ben', 'cid'].map((userId) => store.get({ accountId: 'a', userId }));
          };
          expect(state(shuffled)).toEqual(state([...list].sort((x, y) => x.at - y.at)));
        },
      ),
    );
  });

  it('tells nobody about an older observation, and does not keep it', () => {
    const { clock, store, report, changes } = bench();
    store.apply('a', [report('ann')]);
    changes.length = 0;
    store.apply('a', [report('ann', { status: 'away', observedAt: addMs(clock.now(), -1) })]);
    expect(changes).toEqual([]);
    expect(store.get({ accountId: 'a', userId: 'ann' })?.status).toBe('online');
  });

  it('counts what was polled for 5 min, or twice the interval that was planned when it came', () => {
    const { store, report, countsFor, planned } = bench();
    store.apply('a', [report('ann', { source: 'poll' })]);
    expect(countsFor('ann')).toBe(5 * MINUTE);
    planned.intervalMs = 6 * MINUTE;
    expect(countsFor('ann')).toBe(5 * MINUTE);
    store.apply('a', [report('ben', { source: 'poll' })]);
    planned.intervalMs = 0;
    expect(countsFor('ben')).toBe(12 * MINUTE);
    // Another look at details adds to what was seen then; it is no newer for that.
    store.apply('a', [report('ben', { source: 'poll', doNotDisturb: true })]);
    expect(countsFor('ben')).toBe(12 * MINUTE);
  });

  it('counts what was pushed while the stream is up, 5 min after a loss, and again after one that missed nothing', async () => {
    const { clock, store, report, countsFor, changes } = bench();
    store.connected('a', 'first', true);
    store.apply('a', [report('ann')]);
    expect(countsFor('ann')).toBe('while-up');
    await clock.advance(60 * MINUTE);
    changes.length = 0;
    store.lost('a', clock.now());
    expect(changes).toEqual(['ann:freshness']);
    expect(countsFor('ann')).toBe(5 * MINUTE);
    store.connected('a', 'resumed', true);
    expect(countsFor('ann')).toBe('while-up');
    store.lost('a', clock.now());
    await clock.advance(MINUTE);
    store.connected('a', 'fresh', true);
    expect(countsFor('ann')).toBe(4 * MINUTE);
    store.apply('a', [report('ann')]);
    expect(countsFor('ann')).toBe('while-up');
  });

  it('takes what is on the disk as old news that counts 5 min from when it was seen', () => {
    const { report, clock } = bench();
    const kept: Observation[] = [
      { ...report('ann', { source: 'push', observedAt: addMs(clock.now(), -4 * MINUTE) }), accountId: 'a' },
    ];
    const { store, countsFor, changes } = bench(kept);
    store.connected('a', 'first', true);
    expect(store.get({ accountId: 'a', userId: 'ann' })).toMatchObject({ source: 'cache', replayed: true });
    expect(countsFor('ann')).toBe(MINUTE);
    store.apply('a', [report('ann', { source: 'poll' })]);
    expect(changes.at(-1)).toBe('ann:first-snapshot');
  });

  it('knows how old things are when the clock went a day before and is set right, also meanwhile', async () => {
    const { clock, store, report, countsFor, saves, changes } = bench();
    const DAY = 24 * 60 * MINUTE;
    store.connected('a', 'first', true);
    store.apply('a', [report('old', { source: 'poll' })]);
    clock.jump(DAY);
    store.apply('a', [report('ann', { source: 'poll', lastSeen: clock.now() }), report('ben')]);
    store.lost('a', clock.now());
    await clock.advance(3 * MINUTE);
    const kept = [...(saves.at(-1) ?? [])];
    clock.jump(-DAY);
    changes.length = 0;
    store.clockSetBack(DAY);
    expect([countsFor('old'), countsFor('ann'), countsFor('ben')]).toEqual([2 * MINUTE, 2 * MINUTE, 2 * MINUTE]);
    expect(store.get({ accountId: 'a', userId: 'ann' })?.lastSeen).toBe(clock.now() - 3 * MINUTE);
    expect(changes).toEqual(['old:freshness', 'ann:freshness', 'ben:freshness']);
    await clock.advance(MINUTE);
    expect(saves.at(-1)?.every(({ observedAt }) => observedAt <= clock.now())).toBe(true);
    const next = bench(kept);
    expect(next.countsFor('ann')).toBe(0);
  });

  it('tells real news from snapshots, replays and what is found after a reconnect', () => {
    const { store, report, changes } = bench();
    store.connected('a', 'first', false);
    store.apply('a', [report('ann', { source: 'poll' })]);
    store.apply('a', [report('ann', { source: 'poll' })]);
    store.apply('a', [report('ben', { replayed: true })]);
    store.apply('a', [report('ben')]);
    store.connected('a', 'fresh', false);
    store.apply('a', [report('ann', { source: 'poll' })]);
    store.apply('a', [report('ben', { replayed: true })]);
    store.connected('a', 'resumed', false);
    store.apply('a', [report('ann', { source: 'poll' })]);
    expect(changes).toEqual([
      'ann:first-snapshot',
      'ann:observed',
      'ben:replayed',
      'ben:observed',
      'ann:reconnected',
      'ben:reconnected',
      'ann:observed',
    ]);
  });

  it('writes in batches, what is left when it stops, and nothing of who was forgotten', async () => {
    const { clock, store, report, saves, deleted } = bench();
    for (let index = 0; index < 2_000; index += 1) store.apply('a', [report(`p${index}`)]);
    expect(saves).toHaveLength(0);
    await clock.advance(2_000);
    expect(saves.map((batch) => batch.length)).toEqual([2_000]);
    store.apply('a', [report('ann'), report('ben')]);
    store.forget([{ accountId: 'a', userId: 'ben' }]);
    expect(deleted).toEqual(['ben']);
    store.flush();
    store.stop();
    expect(saves.at(-1)?.map((one) => one.userId)).toEqual(['ann']);
    expect(clock.pending).toBe(0);
    await clock.advance(10_000);
    expect(saves).toHaveLength(2);
  });

  it('forgets an account with all that it said', () => {
    const { store, report, deleted } = bench();
    store.connected('a', 'first', true);
    store.apply('a', [report('ann')]);
    store.apply('b', [report('ann')]);
    store.forgetAccount('a');
    expect(deleted).toEqual(['ann']);
    expect(store.get({ accountId: 'a', userId: 'ann' })).toBeNull();
    expect(store.get({ accountId: 'b', userId: 'ann' })).not.toBeNull();
  });
});
