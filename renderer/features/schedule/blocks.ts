import type { ScheduleView } from '../../../src/contract/index.ts';
import { offsetMinutes } from '../../selectors/time-zone.ts';
import { effectiveOn } from './rules.ts';
import { deviceZone, zoneOf } from './use-schedules.ts';
import { addDays, instantOfDate, weekdayOf } from './week-dates.ts';
import { maskOf, onDay, type Span } from './week-mask.ts';

/** A stretch of one day that a schedule takes; `continues` and `continued` where it goes on over midnight. */
export type Block = {
  readonly key: string;
  readonly schedule: ScheduleView;
  readonly selected: boolean;
  readonly span: Span;
  readonly continued: boolean;
  readonly continues: boolean;
};

const exceptionsOf = (schedule: ScheduleView): ReadonlyMap<string, boolean> =>
  new Map(schedule.exceptions.map(({ date, active }) => [date, active]));

/** How far the clock of the grid is ahead of a schedule's own, in minutes. */
const ahead = (schedule: ScheduleView, gridZone: string, date: string): number => {
  const noon = instantOfDate(date) + 43_200_000;
  const own = offsetMinutes(zoneOf(schedule) ?? deviceZone(), noon);
  const grid = offsetMinutes(gridZone, noon);
  return own === null || grid === null ? 0 : grid - own;
};

const spansOn = (schedule: ScheduleView, date: string): readonly Span[] =>
  effectiveOn(schedule.rules, exceptionsOf(schedule), date, addDays(date, -1), weekdayOf(date));

/** What a schedule takes of a date on the grid's clock; hours of another zone are moved to it. */
const shownOn = (schedule: ScheduleView, date: string, gridZone: string): readonly Span[] => {
  const minutes = ahead(schedule, gridZone, date);
  if (minutes === 0) return spansOn(schedule, date);
  const around = [-1, 0, 1].flatMap((offset) =>
    spansOn(schedule, addDays(date, offset)).map(([from, to]): Span => {
      // The middle day of an imagined week, so that nothing wraps around its ends.
      const start = (3 + offset) * 1_440 + minutes;
      return [start + from, start + to];
    }),
  );
  return onDay(maskOf(around), 3);
};

/** The blocks of one date: every schedule that is switched on, and the selected one in any case, drawn last. */
export const blocksOn = (
  schedules: readonly ScheduleView[],
  selectedId: string | null,
  date: string,
  gridZone: string,
): readonly Block[] =>
  schedules
    .filter(({ enabled, id }) => enabled || id === selectedId)
    .sort((a, b) => Number(a.id === selectedId) - Number(b.id === selectedId))
    .flatMap((schedule) =>
      shownOn(schedule, date, gridZone).map((span) => ({
        key: `${schedule.id} ${span[0]}`,
        schedule,
        selected: schedule.id === selectedId,
        span,
        continued: span[0] === 0,
        continues: span[1] === 1_440,
      })),
    );
