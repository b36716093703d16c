import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Presence } from '../../../src/domain/presence/presence.ts';
import type { Status } from '../../../src/domain/presence/status.ts';
import { addMs } from '../../../src/domain/time.ts';
import { People } from '../../../src/services/contacts/people.ts';
import { Aggregator, type PresenceChange } from '../../../src/services/presence/aggregator.ts';
import { PresenceStore } from '../../../src/services/presence/presence-store.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const counted = vi.hoisted(() => ({ unify: 0 }));
vi.mock('../../../src/domain/presence/unify.ts', async (original) => {
  const real = await original<typeof import('../../../src/domain/presence/unify.ts')>();
  return {
    ...real,
    unify: (...args: Parameters<typeof real.unify>) => {
      counted.unify += 1;
      return real.unify(...args);
    },
  };
});

const MINUTE = 60_000;
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function bench(count = 2) {
  const clock = new FakeClock();
  const people = new People({
    repository: { load: () => ({ contacts: [], identities: [], memberships: [] }), save: () => undefined },
    random: seededRandom(),
  });
  const store = new PresenceStore({
    repository: { all: () => [], save: () => undefined, delete: () => undefined },
    clock,
    plannedIntervalMs: () => 0,
  });
  const aggregator = new Aggregator({ people, store, clock });
  stops.push(() => aggregator.stop());
  const changes: PresenceChange[] = [];
  aggregator.onChange((change) => changes.push(change));
  const roster = (accountId: string, userIds: string[], email: string | null = null) =>
    people.upsert(
      accountId,
      userIds.map((userId) => ({ userId, displayName: userId, email, avatarKey: null, timeZone: null, groups: [] })),
    );
  roster(
    'a',
    Array.from({ length: count }, (_, index) => `p${index}`),
  );
  const see = (accountId: string, userId: string, status: Status, source: 'push' | 'poll' = 'poll') =>
    store.apply(accountId, [
      {
        userId,
        status,
        source,
        doNotDisturb: false,
        rawStatus: null,
        message: null,
        emoji: null,
        activities: [],
        lastSeen: null,
        observedAt: clock.now(),
        replayed: false,
      },
    ]);
  const idOf = (accountId: string, userId: string) =>
    people.book.memberships.get(`${accountId}\u0000${userId}`)?.contactId ?? '';
  const presenceOf = (userId: string): Presence => aggregator.presenceOf(idOf('a', userId));
  store.connected('a', 'first', false);
  changes.length = 0;
  return { clock, people, store, aggregator, changes, roster, see, idOf, presenceOf };
}

describe('the aggregator', () => {
  it('says once that somebody went stale, at the moment at which they did', async () => {
    const { clock, changes, see, presenceOf } = bench();
    see('a', 'p0', 'online');
    const end = addMs(clock.now(), 5 * MINUTE);
    await clock.advance(5 * MINUTE - 1);
    expect(presenceOf('p0')).toMatchObject({ status: 'online', stale: false });
    await clock.advance(1);
    expect(presenceOf('p0')).toMatchObject({ status: 'online', stale: true });
    expect(changes.map(({ cause, at }) => [cause, at])).toEqual([
      ['first-snapshot', end - 5 * MINUTE],
      ['went-stale', end],
    ]);
    expect(clock.pending).toBe(0);
  });

  it('says so as of then also when the timer comes hours later, after sleep', async () => {
    const { clock, changes, see } = bench();
    see('a', 'p0', 'online');
    const end = addMs(clock.now(), 5 * MINUTE);
    clock.jump(8 * 60 * MINUTE);
    await clock.flush();
    expect(changes.slice(1).map(({ cause, at }) => [cause, at])).toEqual([['went-stale', end]]);
  });

  it('says first what ageing did when news come before the timer', () => {
    const { clock, changes, see } = bench();
    see('a', 'p0', 'offline');
    const end = addMs(clock.now(), 5 * MINUTE);
    clock.jump(8 * 60 * MINUTE);
    see('a', 'p0', 'online');
    expect(changes.slice(1).map(({ cause, at, after }) => [cause, at, after.status, after.stale])).toEqual([
      ['went-stale', end, 'offline', true],
      ['observed', clock.now(), 'online', false],
    ]);
  });

  it('lets the higher of two accounts win while it counts, then the other', async () => {
    const { clock, people, roster, see, presenceOf, idOf } = bench();
    roster('b', ['x']);
    people.link([idOf('a', 'p0'), idOf('b', 'x')]);
    see('a', 'p0', 'online');
    await clock.advance(2 * MINUTE);
    see('b', 'x', 'away');
    expect(presenceOf('p0')).toMatchObject({ status: 'online', why: { rule: 'highest-of-fresh' } });
    await clock.advance(3 * MINUTE);
    expect(presenceOf('p0')).toMatchObject({
      status: 'away',
      stale: false,
      why: { rule: 'only-fresh', winner: { accountId: 'b' } },
    });
    await clock.advance(2 * MINUTE);
    expect(presenceOf('p0')).toMatchObject({ status: 'away', stale: true });
  });

  it('does not depend on the order in which accounts report', () => {
    const orders = [
      ['online', 'away'],
      ['away', 'online'],
    ] as const;
    const answers = orders.map((order) => {
      const { people, roster, see, idOf, presenceOf } = bench();
      roster('b', ['x']);
      people.link([idOf('a', 'p0'), idOf('b', 'x')]);
      for (const status of order) see(status === 'online' ? 'a' : 'b', status === 'online' ? 'p0' : 'x', status);
      return presenceOf('p0');
    });
    expect(answers[0]).toEqual(answers[1]);
  });

  it('lets real news not hide behind a snapshot in the same batch', () => {
    const { store, clock, people, roster, changes, idOf } = bench();
    roster('a', ['p1', 'p2']);
    people.link([idOf('a', 'p1'), idOf('a', 'p2')]);
    changes.length = 0;
    const one = (userId: string, replayed: boolean) => ({
      userId,
      status: 'online' as const,
      source: 'push' as const,
      doNotDisturb: false,
      rawStatus: null,
      message: null,
      emoji: null,
      activities: [],
      lastSeen: null,
      observedAt: clock.now(),
      replayed,
    });
    store.apply('a', [one('p1', true), one('p2', false)]);
    expect(changes.map((change) => change.cause)).toEqual(['observed']);
  });

  it('says nothing of somebody opted out, and unify is asked only about who is concerned among 2,000', async () => {
    const { clock, people, see, presenceOf, idOf, store } = bench(2_000);
    counted.unify = 0;
    see('a', 'p7', 'online');
    expect(counted.unify).toBe(1);
    people.edit(idOf('a', 'p7'), { favourite: true });
    expect(counted.unify).toBe(2);
    people.edit(idOf('a', 'p7'), { monitored: false });
    expect(presenceOf('p7')).toMatchObject({ status: 'unknown', why: { rule: 'not-monitored' } });
    for (let index = 10; index < 1_000; index += 1) see('a', `p${index}`, 'away');
    counted.unify = 0;
    await clock.advance(5 * MINUTE);
    // Once as of when each went stale, once to see that nothing else changed.
    expect(counted.unify).toBeLessThanOrEqual(2 * 990);
    counted.unify = 0;
    store.apply('a', []);
    expect(counted.unify).toBe(0);
  });

  it('keeps no timer once it stopped', () => {
    const { clock, see, aggregator, store } = bench();
    see('a', 'p0', 'online');
    aggregator.stop();
    store.flush();
    expect(clock.pending).toBe(0);
  });
});
