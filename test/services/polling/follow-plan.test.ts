import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FollowCandidate, planFollowing } from '../../../src/services/polling/follow-plan.ts';

const someone = (userId: string, over: Partial<FollowCandidate> = {}): FollowCandidate => ({
  userId,
  priority: 'rest',
  matteredAt: null,
  changes: 0,
  ...over,
});
const plan = (candidates: FollowCandidate[], followed: string[], most: number) =>
  planFollowing(candidates, new Set(followed), most);

describe('whom a channel with few places tells about', () => {
  it('is who matters now, then who mattered last, then who changes most, then who is followed already', () => {
    const people = [
      someone('followed'),
      someone('quiet'),
      someone('lively', { changes: 9 }),
      someone('yesterday', { matteredAt: 100 }),
      someone('today', { matteredAt: 200 }),
      someone('favourite', { priority: 'favourite', matteredAt: 300 }),
      someone('watched', { priority: 'watched', matteredAt: 300 }),
      someone('visible', { priority: 'on-screen', matteredAt: 300 }),
    ];
    expect(plan(people, ['followed'], 99).userIds).toEqual([
      'visible',
      'watched',
      'favourite',
      'today',
      'yesterday',
      'lively',
      'followed',
      'quiet',
    ]);
    expect(plan(people, [], 2).userIds).toEqual(['visible', 'watched']);
  });

  it('changes at once for somebody who must not be followed any more, and when nearly nobody is yet', () => {
    expect(plan([someone('a'), someone('b')], ['a', 'gone'], 2).change).toBe('at-once');
    expect(plan([someone('a')], [], 2).change).toBe('at-once');
    expect(plan([someone('a'), someone('b'), someone('c')], ['a'], 3).change).toBe('at-once');
  });

  it('changes soon for somebody who matters, or when there is room', () => {
    const full = [someone('a'), someone('b')];
    expect(plan([...full, someone('c', { priority: 'favourite' })], ['a', 'b'], 2)).toMatchObject({
      userIds: ['c', 'a'],
      change: 'soon',
    });
    expect(plan([...full, someone('c')], ['a', 'b'], 3).change).toBe('soon');
  });

  it('does not change for people who matter no more than those who are followed', () => {
    expect(plan([someone('a'), someone('b'), someone('c')], ['b', 'c'], 2).change).toBe('not');
    expect(plan([someone('a', { priority: 'watched' }), someone('b')], ['a'], 1).change).toBe('not');
    expect(plan([], [], 5).change).toBe('not');
  });

  it('changes someday when many change more often than those who are followed, and not for a few', () => {
    const followed = Array.from({ length: 50 }, (_, index) => someone(`a${index}`));
    const others = Array.from({ length: 50 }, (_, index) => someone(`b${index}`));
    const ids = followed.map(({ userId }) => userId);
    const lively = (count: number) => others.map((one, index) => (index < count ? { ...one, changes: 3 } : one));
    expect(plan([...followed, ...lively(4)], ids, 50).change).toBe('not');
    expect(plan([...followed, ...lively(5)], ids, 50).change).toBe('someday');
    expect(plan([...followed.map((one) => ({ ...one, changes: 4 })), ...lively(50)], ids, 50).change).toBe('not');
  });

  it('never has more than there are places, nor somebody less important than one who is left out', () => {
    const person = fc.record({
      userId: fc.integer({ min: 0, max: 40 }).map(String),
      priority: fc.constantFrom('on-screen', 'watched', 'favourite', 'rest'),
      matteredAt: fc.option(fc.nat(100)),
      changes: fc.nat(9),
    });
    const people = fc.uniqueArray(person, { selector: ({ userId }) => userId, maxLength: 40 });
    const weight = { 'on-screen': 3, watched: 2, favourite: 1, rest: 0 };
    fc.assert(
      fc.property(
        people,
        fc.subarray(Array.from({ length: 40 }, (_, index) => String(index))),
        fc.nat(20),
        (all, followed, most) => {
          const { userIds, change } = plan(all, followed, most);
          expect(userIds).toHaveLength(Math.min(most, all.length));
          const inside = all.filter(({ userId }) => userIds.includes(userId));
          const outside = all.filter(({ userId }) => !userIds.includes(userId));
          const least = Math.min(...inside.map(({ priority }) => weight[priority]));
          for (const { priority } of outside) expect(weight[priority]).toBeLessThanOrEqual(least);
          // What was just changed is not changed again.
          if (change !== 'not') expect(plan(all, [...userIds], most).change).toBe('not');
        },
      ),
    );
  });
});
