import { PRIORITY_WEIGHT, type Priority } from './poll-planner.ts';

/** Somebody whom a push channel could tell about. */
export interface FollowCandidate {
  readonly userId: string;
  readonly priority: Priority;
  /** When they last mattered more than the rest, on any clock that goes on; null: never yet. */
  readonly matteredAt: number | null;
  /** How often their status was seen to change. */
  readonly changes: number;
}

/** Whom the channel is to tell about, and how much depends on it. */
export interface FollowPlan {
  /** Most important first. */
  readonly userIds: readonly string[];
  /**
   * `at-once`: somebody is followed who must not be any more, or nearly nobody is followed yet. `soon`: somebody who matters is not
   * followed, or there is room for more. `someday`: many who are not followed change more often than those who are. `not`: a change
   * would only move people about who matter alike.
   */
  readonly change: 'at-once' | 'soon' | 'someday' | 'not';
}

/** This part of the places has to gain before people are moved about who matter alike. */
const GAIN = 0.1;

/**
 * Chooses the `most` people whom a channel with few places tells about: who matters now, then who mattered last, then who changes
 * most often; of equals those who are followed already. Pure.
 */
export function planFollowing(
  candidates: Iterable<FollowCandidate>,
  followed: ReadonlySet<string>,
  most: number,
): FollowPlan {
  const all = [...candidates];
  const ranked = all.toSorted(
    (a, b) =>
      PRIORITY_WEIGHT[b.priority] - PRIORITY_WEIGHT[a.priority] ||
      (b.matteredAt ?? -1) - (a.matteredAt ?? -1) ||
      b.changes - a.changes ||
      Number(followed.has(b.userId)) - Number(followed.has(a.userId)) ||
      (a.userId < b.userId ? -1 : 1),
  );
  const chosen = ranked.slice(0, most);
  const userIds = chosen.map(({ userId }) => userId);
  const known = new Set(all.map(({ userId }) => userId));
  const gone = [...followed].some((userId) => !known.has(userId));
  if (gone || chosen.length > 2 * followed.size) return { userIds, change: 'at-once' };
  const missing = chosen.filter(({ userId }) => !followed.has(userId));
  const needed = chosen.length > followed.size || missing.some(({ priority }) => priority !== 'rest');
  if (needed) return { userIds, change: 'soon' };
  const livelier = missing.filter(({ changes }) => changes > 0).length;
  return { userIds, change: livelier > 0 && livelier >= most * GAIN ? 'someday' : 'not' };
}
