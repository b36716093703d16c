import type { OwnStatusRequest } from '../../../src/contract/index.ts';
import { nextWallTime, tomorrowOf } from '../../selectors/own-status.ts';

/** How long a status is to hold. */
export const durations = ['keep', '30', '60', '240', 'tomorrow', 'time'] as const;

/** One of `durations`: minutes, until cleared, until tomorrow, or until a wall time. */
export type Duration = (typeof durations)[number];

/** The end of a status as the contract wants it; null when the wall time is not a time. `now` in epoch milliseconds. */
export const endOf = (
  duration: Duration,
  wallTime: string,
  now: number,
): Pick<OwnStatusRequest, 'until' | 'forSeconds'> | null => {
  switch (duration) {
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
