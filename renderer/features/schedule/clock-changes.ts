import { offsetMinutes } from '../../selectors/time-zone.ts';
import { instantOfDate, wallTimeIn } from './week-dates.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** A day on which the clocks of a zone jump: at `from` (minutes of the day, as shown before) they show `to`. */
export type ClockChange = { readonly date: string; readonly from: number; readonly to: number };

/** The first minute at which the offset of a zone differs from that at `before`, known to have changed by `after`. */
const momentOfChange = (timeZone: string, before: number, after: number): number => {
  const offset = offsetMinutes(timeZone, before);
  let low = before;
  let high = after;
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (offsetMinutes(timeZone, middle) === offset) low = middle;
    else high = middle;
  }
  return high;
};

/** The clock changes of a zone on some consecutive dates: forward (`to` later than `from`) or back. */
export const clockChanges = (timeZone: string, dates: readonly string[]): readonly ClockChange[] => {
  const first = dates[0];
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return [];
  const changes: ClockChange[] = [];
  const end = instantOfDate(last) + 38 * hourMs;
  for (let at = instantOfDate(first) - 14 * hourMs; at < end; at += 6 * hourMs) {
    const before = offsetMinutes(timeZone, at);
    const after = offsetMinutes(timeZone, at + 6 * hourMs);
    if (before === null || after === null || before === after) continue;
    const moment = momentOfChange(timeZone, at, at + 6 * hourMs);
    const shown = wallTimeIn(timeZone, moment);
    const from = shown.minute - (after - before);
    if (dates.includes(shown.date) && from >= 0) changes.push({ date: shown.date, from, to: shown.minute });
  }
  return changes;
};
