import type { ScheduleView } from '../../../src/contract/index.ts';

type Exceptions = ScheduleView['exceptions'];

/** What a date can be: nothing of the schedule starts on it, the whole of it is taken, or the week decides. */
export type DayMark = 'off' | 'all' | 'usual';

/** What a date is by a schedule's exceptions. */
export const markOf = (exceptions: Exceptions, date: string): DayMark => {
  const exception = exceptions.find((entry) => entry.date === date);
  if (exception === undefined) return 'usual';
  return exception.active ? 'all' : 'off';
};

/** The exceptions once some dates are marked, in the order of the calendar. */
export const daysWith = (exceptions: Exceptions, dates: readonly string[], mark: DayMark): Exceptions => {
  const changed = new Set(dates);
  const rest = exceptions.filter(({ date }) => !changed.has(date));
  const added = mark === 'usual' ? [] : [...changed].map((date) => ({ date, active: mark === 'all' }));
  return [...rest, ...added].sort((a, b) => (a.date < b.date ? -1 : 1));
};
