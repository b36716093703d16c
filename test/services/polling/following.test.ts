import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import type { Connection } from '../../../src/platforms/platform.ts';
import { Following } from '../../../src/services/polling/following.ts';
import { ATTENDED_PACE, type Priority } from '../../../src/services/polling/poll-planner.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { quietLogger } from '../../support/quiet-logger.ts';

const SECOND = 1_000;
const MINUTE = 60_000;

let made: Following | null = null;
afterEach(() => made?.ended());

/** A channel with so many places, and the account's people. */
function channel(most: number, names: readonly string[]) {
  const clock = new FakeClock();
  const people = new Map<string, Priority>(names.map((name) => [name, 'rest']));
  const followed: (readonly string[])[] = [];
  const at: number[] = [];
  const failures: (MusterError | null)[] = [];
  let changes = 0;
  const following = new Following({
    clock,
    logger: quietLogger(),
    subjects: {
      people: () => [...people].map(([userId, priority]) => ({ userId, priority, status: 'online' as const })),
      pace: () => ATTENDED_PACE,
    },
    changed: () => {
      changes += 1;
    },
  });
  made = following;
  const connection = (over: Partial<NonNullable<Connection['presence']>> = {}): Connection => ({
    self: { userId: 'me', displayName: 'Me' },
    notices: [],
    presence: {
      push: false,
      poll: [],
      following: {
        most,
        follow: async (userIds) => {
          followed.push(userIds);
          at.push(clock.monotonicMs());
          const failure = failures.shift();
          if (failure) throw failure;
        },
      },
      ...over,
    },
    chatUrl: () => null,
    verify: async () => undefined,
    close: async () => undefined,
  });
  const up = (): void => following.connected(connection(), new AbortController().signal);
  const become = (name: string, priority: Priority): void => {
    people.set(name, priority);
    following.replan();
  };
  const gaps = (): number[] => at.slice(1).map((time, index) => time - (at[index] ?? 0));
  return { clock, people, following, connection, followed, failures, up, become, gaps, changes: () => changes };
}

const crowd = (count: number): string[] => Array.from({ length: count }, (_, index) => `p${1_000 + index}`);

describe('choosing whom a channel with few places tells about', () => {
  it('waits until the pages of a roster have come, and then chooses once', async () => {
    const { clock, following, people, followed, up } = channel(3, []);
    up();
    for (const name of crowd(6)) {
      people.set(name, 'rest');
      following.replan();
      await clock.advance(2 * SECOND);
    }
    expect(followed).toEqual([]);
    await clock.advance(5 * SECOND);
    expect(followed).toEqual([['p1000', 'p1001', 'p1002']]);
    await clock.advance(60 * MINUTE);
    expect(followed).toHaveLength(1);
  });

  it('chooses after half a minute although there is no quiet', async () => {
    const { clock, following, followed, up } = channel(3, crowd(2));
    up();
    for (let second = 0; second < 31; second += 1) {
      following.replan();
      await clock.advance(SECOND);
    }
    expect(followed).toHaveLength(1);
  });

  it('takes somebody in who becomes a favourite, ten minutes after the change before', async () => {
    const { clock, followed, up, become, following, changes } = channel(3, crowd(6));
    up();
    await clock.advance(MINUTE);
    become('p1005', 'favourite');
    await clock.advance(8 * MINUTE);
    expect(followed).toHaveLength(1);
    expect(following.includes('p1005')).toBe(false);
    await clock.advance(2 * MINUTE);
    expect(followed[1]).toEqual(['p1005', 'p1000', 'p1001']);
    expect([following.includes('p1005'), following.includes('p1002')]).toEqual([true, false]);
    expect(changes()).toBe(2);
  });

  it('does not change for whoever is followed already, nor when somebody matters less again', async () => {
    const { clock, followed, up, become } = channel(3, crowd(6));
    up();
    await clock.advance(MINUTE);
    become('p1001', 'watched');
    await clock.advance(20 * MINUTE);
    become('p1001', 'rest');
    await clock.advance(20 * MINUTE);
    expect(followed).toHaveLength(1);
  });

  it('changes at most every ten minutes while somebody scrolls through everybody, and keeps whom they saw', async () => {
    const names = crowd(400);
    const { clock, followed, up, become, gaps } = channel(120, names);
    up();
    await clock.advance(MINUTE);
    for (let minute = 0; minute < 180; minute += 1) {
      const seen = (index: number): string => names[index % names.length] ?? '';
      for (let row = 0; row < 10; row += 1) {
        become(seen(minute * 10 - 10 + row + names.length), 'rest');
        become(seen(minute * 10 + row), 'on-screen');
      }
      await clock.advance(MINUTE);
    }
    await clock.advance(10 * MINUTE);
    expect(followed.length).toBeGreaterThan(10);
    expect(followed.length).toBeLessThanOrEqual(20);
    for (const gap of gaps()) expect(gap).toBeGreaterThanOrEqual(10 * MINUTE);
    const last = new Set(followed.at(-1));
    const seenLately = Array.from({ length: 110 }, (_, back) => names[(1_799 - back) % names.length] ?? '');
    expect(seenLately.filter((name) => !last.has(name))).toEqual([]);
  });

  it('lets somebody go within a minute who must not be read any more, and forgets them', async () => {
    const { clock, people, following, followed, up } = channel(3, crowd(4));
    up();
    await clock.advance(10 * SECOND);
    people.delete('p1000');
    following.replan();
    await clock.advance(MINUTE);
    expect(followed[1]).toEqual(['p1001', 'p1002', 'p1003']);
  });

  it('takes up those who change most after six hours, although nobody matters', async () => {
    const names = crowd(40);
    const { clock, following, followed, up } = channel(20, names);
    up();
    await clock.advance(MINUTE);
    for (const name of names.slice(30)) for (let time = 0; time < 3; time += 1) following.noted(name);
    following.replan();
    await clock.advance(5 * 60 * MINUTE);
    expect(followed).toHaveLength(1);
    await clock.advance(61 * MINUTE);
    expect(followed).toHaveLength(2);
    expect(names.slice(30).filter((name) => !followed[1]?.includes(name))).toEqual([]);
  });

  it('prefers whoever was seen to change when it has to choose anyway', async () => {
    const { clock, following, followed, up, become } = channel(3, crowd(6));
    up();
    await clock.advance(MINUTE);
    following.noted('p1004');
    following.noted('p1004');
    following.noted('p1002');
    become('p1005', 'watched');
    await clock.advance(11 * MINUTE);
    expect(followed[1]).toEqual(['p1005', 'p1004', 'p1002']);
  });

  it('starts anew with a new connection, also while the one before is still being asked', async () => {
    const { clock, connection, following, followed, up } = channel(3, crowd(6));
    let answer: () => void = () => {};
    const slow = connection({
      following: {
        most: 3,
        follow: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      },
    });
    following.connected(slow, new AbortController().signal);
    await clock.advance(10 * SECOND);
    up();
    await clock.advance(10 * SECOND);
    expect(followed).toEqual([]);
    answer();
    await clock.advance(10 * SECOND);
    expect(followed).toHaveLength(1);
  });

  it('survives a channel that fails, and does not hurry', async () => {
    const { clock, failures, followed, up, become } = channel(3, crowd(6));
    failures.push(new MusterError('timeout', 'Late.'));
    up();
    await clock.advance(9 * MINUTE);
    become('p1005', 'watched');
    await clock.advance(2 * MINUTE);
    expect(followed).toHaveLength(2);
  });

  it('of a channel without a choice leaves nobody out, and plans nothing', async () => {
    const { clock, connection, following } = channel(3, crowd(6));
    const { following: _none, ...presence } = connection().presence ?? { push: true, poll: [] };
    following.connected({ ...connection(), presence }, new AbortController().signal);
    following.replan();
    await clock.advance(MINUTE);
    expect(following.includes('p1005')).toBe(true);
    expect(clock.pending).toBe(0);
  });
});
