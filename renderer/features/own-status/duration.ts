import type { OwnStatusRequest } from '../../../src/contract/index.ts';
import { nextWallTime, tomorrowOf } from '../../selectors/own-status.ts';

/** How long a status is to hold; `as-set`: as long as the one in force. */
export const durations = ['as-set', 'keep', '30', '60', '240', 'tomorrow', 'time'] as const;

/** One of `durations`: minutes, until cleared, until tomorrow, until a wall time, or as it is. */
export type Duration = (typeof durations)[number];

/**
 * The end of a status as the contract wants it; null when the wall time is not a time. `now` in epoch milliseconds; `asSet` is the
 * end of the status in force, null where it has none. An end that has passed meanwhile is none any more.
 */
export const endOf = (
  duration: Duration,
  wallTime: string,
  now: number,
  asSet: string | null = null,
): Pick<OwnStatusRequest, 'until' | 'forSeconds'> | null => {
  switch (duration) {
    case 'as-set':
      return asSet === null || Date.parse(asSet) <= now ? {} : { until: asSet };
    case 'keep':
      return {};
    case '30':
    case '60':
    case '240':
      return { forSeconds: Number(duration) * 60 };
    case 'tomorrow':
      return { until: new Date(tomorrowOf(now)).toISOString() };
    case 'time': {
      const at = nextWallTime(wallTime, now);
      return at === null ? null : { until: new Date(at).toISOString() };
    }
  }
};
