import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFresh } from '../../../src/domain/presence/freshness.ts';
import { STATUS_RANK } from '../../../src/domain/presence/status.ts';
import { nextChangeAt, type UnifyInput, unify } from '../../../src/domain/presence/unify.ts';
import { epochMs } from '../../../src/domain/time.ts';
import { inputs, NOW, observation } from './arbitraries.ts';

const later = (ms: number) => epochMs(NOW + ms);
const first = { now: NOW, previous: null, monitored: true };
const fresh = (part: Parameters<typeof observation>[0]): UnifyInput => ({
  observation: observation(part),
  freshUntil: later(1000),
});
const stale = (part: Parameters<typeof observation>[0], since = -1000): UnifyInput => ({
  observation: observation(part),
  freshUntil: later(since),
});

describe('unify: what decides', () => {
  it('takes the highest status among fresh observations and says which one won', () => {
    const presence = unify(
      [fresh({ status: 'away', accountId: 'x' }), fresh({ status: 'idle', userId: 'slack' })],
      first,
    );
    expect(presence).toMatchObject({
      status: 'idle',
      available: true,
      stale: false,
      why: {
        rule: 'highest-of-fresh',
        winner: { accountId: 'a', userId: 'slack' },
        observedAt: observation().observedAt,
      },
    });
  });

  it('leaves a higher but stale observation out and says that only one was fresh', () => {
    const presence = unify(
      [stale({ status: 'online', accountId: 'x' }), fresh({ status: 'away', userId: 'y' })],
      first,
    );
    expect(presence).toMatchObject({
      status: 'away',
      stale: false,
      why: { rule: 'only-fresh', winner: { userId: 'y' } },
    });
  });

  it('lets a fresh "unknown" stand rather than a stale "online"', () => {
    const presence = unify([stale({ status: 'online' }), fresh({ status: 'unknown', accountId: 'x' })], first);
    expect(presence.status).toBe('unknown');
  });

  it('keeps the answer of the last fresh moment when all are stale, not the highest that there ever was', () => {
    const presence = unify(
      [stale({ status: 'online', accountId: 'x' }, -2000), stale({ status: 'away', doNotDisturb: true }, -1000)],
      first,
    );
    expect(presence).toMatchObject({
      status: 'away',
      doNotDisturb: true,
      stale: true,
      why: { rule: 'last-known-all-stale', winner: { accountId: 'a' } },
    });
  });

  it('does not make someone available who was not to be disturbed when last looked at', () => {
    expect(unify([stale({ status: 'online', doNotDisturb: true })], first).available).toBe(false);
  });

  it('says unknown when nothing was observed, and nothing at all about someone opted out', () => {
    expect(unify([], first)).toMatchObject({
      status: 'unknown',
      since: null,
      why: { rule: 'nothing-observed', winner: null },
    });
    expect(unify([fresh({ message: 'secret', lastSeen: NOW })], { ...first, monitored: false })).toMatchObject({
      status: 'unknown',
      message: null,
      lastSeen: null,
      why: { rule: 'not-monitored', winner: null },
    });
  });

  it('prefers the newer of two equal statuses, and a fixed one of two equally new', () => {
    const older = fresh({ userId: '1', observedAt: later(-20) });
    const newer = fresh({ userId: '2', observedAt: later(-10) });
    const twin = fresh({ userId: '3', observedAt: later(-10) });
    expect(unify([older, newer], first).why.winner?.userId).toBe('2');
    expect(unify([twin, older, newer], first).why.winner?.userId).toBe('2');
  });
});

describe('unify: what goes beside the status', () => {
  it('is do-not-disturb when any fresh observation says so, and then not available', () => {
    const presence = unify([fresh({}), fresh({ status: 'offline', doNotDisturb: true, accountId: 'x' })], first);
    expect(presence).toMatchObject({ status: 'online', doNotDisturb: true, available: false });
    expect(unify([fresh({}), stale({ doNotDisturb: true, accountId: 'x' })], first).doNotDisturb).toBe(false);
  });

  it('is available when online or idle only', () => {
    const available = (['online', 'idle', 'busy', 'away', 'offline', 'unknown'] as const).map(
      (status) => unify([fresh({ status })], first).available,
    );
    expect(available).toEqual([true, true, false, false, false, false]);
  });

  it('shows the winner’s words, else the newest fresh ones, never half of each', () => {
    const silent = fresh({ userId: '1' });
    const spoken = fresh({ userId: '2', status: 'away', message: 'Lunch', observedAt: later(-9) });
    const older = fresh({ userId: '3', status: 'away', message: 'Tea', emoji: '🍵', observedAt: later(-99) });
    const gone = stale({ userId: '4', message: 'Gone', observedAt: later(-1) });
    expect(unify([silent, older, spoken, gone], first)).toMatchObject({ message: 'Lunch', emoji: null });
    expect(unify([{ ...silent, observation: { ...silent.observation, emoji: '🧮' } }, spoken], first)).toMatchObject({
      message: null,
      emoji: '🧮',
    });
  });

  it('unites the activities of the fresh and takes the latest last-seen of all', () => {
    const call = { kind: 'in-a-call', detail: null } as const;
    const chess = { kind: 'playing', detail: 'chess' } as const;
    const presence = unify(
      [
        fresh({ activities: [chess, call], userId: '1' }),
        fresh({ activities: [call], userId: '2', lastSeen: later(-500) }),
        stale({ activities: [{ kind: 'watching', detail: null }], userId: '3', lastSeen: later(-100) }),
      ],
      first,
    );
    expect(presence.activities).toEqual([call, chess]);
    expect(presence.lastSeen).toBe(later(-100));
  });
});

describe('unify: since when', () => {
  it('starts with the winner’s observation and stays while the status does', () => {
    const before = unify([fresh({ observedAt: later(-500) })], first);
    expect(before.since).toBe(later(-500));
    const after = unify([fresh({ observedAt: NOW, message: 'new' })], { ...first, previous: before });
    expect(after.since).toBe(later(-500));
  });

  it('is the moment when the higher observation went stale, not when the lower one was looked at', () => {
    const high: UnifyInput = { observation: observation({ accountId: 'x' }), freshUntil: later(100) };
    const low: UnifyInput = { observation: observation({ status: 'away' }), freshUntil: 'while-up' };
    const before = unify([high, low], first);
    const after = unify([high, low], { now: later(250), previous: before, monitored: true });
    expect(after).toMatchObject({ status: 'away', since: later(100) });
  });

  it('is when the higher account said otherwise, not when the remaining one was looked at', () => {
    const low = fresh({ status: 'away', observedAt: later(-500) });
    const before = unify([fresh({ accountId: 'x' }), low], first);
    const after = unify([fresh({ accountId: 'x', status: 'offline', observedAt: later(-5) }), low], {
      ...first,
      previous: before,
    });
    expect(after).toMatchObject({ status: 'away', since: later(-5) });
  });

  it('does not change by going stale', () => {
    const before = unify([fresh({})], first);
    const after = unify([fresh({})], { now: later(5000), previous: before, monitored: true });
    expect(after).toMatchObject({ stale: true, status: 'online', since: before.since });
  });
});

describe('unify: properties', () => {
  const previouses = fc.option(inputs.map((some) => unify(some, { ...first, now: later(-5) })));

  it('does not depend on the order in which observations came', () => {
    fc.assert(
      fc.property(
        inputs.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
        previouses,
        ([some, shuffled], previous) => {
          expect(unify(shuffled, { ...first, previous })).toEqual(unify(some, { ...first, previous }));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is idempotent: its own answer as the previous one changes nothing', () => {
    fc.assert(
      fc.property(inputs, previouses, (some, previous) => {
        const once = unify(some, { ...first, previous });
        expect(unify(some, { ...first, previous: once })).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it('never lets a stale observation raise the status while anything is fresh, nor speak at all', () => {
    fc.assert(
      fc.property(inputs, (some) => {
        const onlyFresh = some.filter((input) => isFresh(input.freshUntil, NOW));
        fc.pre(onlyFresh.length > 0);
        const all = unify(some, first);
        const best = Math.max(...onlyFresh.map((input) => STATUS_RANK[input.observation.status]));
        expect(STATUS_RANK[all.status]).toBe(best);
        const { why, lastSeen: _, ...rest } = all;
        const { why: freshWhy, lastSeen: __, ...freshRest } = unify(onlyFresh, first);
        expect(rest).toEqual(freshRest);
        expect(why.winner).toEqual(freshWhy.winner);
      }),
      { numRuns: 500 },
    );
  });

  it('never raises the status by time alone', () => {
    fc.assert(
      fc.property(inputs, fc.nat(60), fc.nat(60), (some, start, wait) => {
        const at = (ms: number) => unify(some, { ...first, now: later(ms - 40) });
        expect(STATUS_RANK[at(start + wait).status]).toBeLessThanOrEqual(STATUS_RANK[at(start).status]);
      }),
      { numRuns: 500 },
    );
  });

  it('tells when it may next change: never before that', () => {
    fc.assert(
      fc.property(inputs, (some) => {
        const next = nextChangeAt(some, NOW) ?? later(100);
        const now = unify(some, first);
        for (let at = NOW; at < next; at = epochMs(at + 1)) expect(unify(some, { ...first, now: at })).toEqual(now);
      }),
      { numRuns: 200 },
    );
  });

  it('has nothing to wait for when all are stale or held up by their stream', () => {
    expect(nextChangeAt([{ freshUntil: NOW }, { freshUntil: 'while-up' }], NOW)).toBeNull();
    expect(nextChangeAt([{ freshUntil: later(9) }, { freshUntil: later(3) }], NOW)).toBe(later(3));
  });
});
