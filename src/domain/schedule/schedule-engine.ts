/**
 * When a weekly schedule is in force. The one definition, from which everything here follows: a minute is active if and only
 * if what the clock on the wall of the schedule's zone shows during it (date and time) lies in a rule or an exception.
 *
 * - Clocks put forward: times that are skipped are never shown, so they are never active; a rule that starts within the gap
 *   starts when the clock has jumped.
 * - Clocks put back: times that are shown twice are active twice; 02:30 to 08:00 starts, stops when the clock goes back to
 *   02:00, and starts again.
 * - A rule that ends on the following day belongs to the day that it starts on, by the calendar.
 * - An exception that is not active removes what would start on its date; one that is active makes its whole date active and
 *   takes nothing away: what starts on that date by a rule still goes on into the next.
 */
import { addMs, DAY_MS, type EpochMs, epochMs, MINUTE_MS } from '../time.ts';
import { type Schedule, WEEKDAYS } from './schedule.ts';
import { minutesOfDay } from './validate.ts';
import { offsetSpanAt } from './zone-offsets.ts';

/** A stretch of time, its end exclusive. */
export interface Interval {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** What the engine reads of a schedule. */
export type Timetable = Pick<Schedule, 'enabled' | 'timeZone' | 'rules' | 'exceptions'>;

/** Without exceptions, what did not change for this long does not change any more: each minute of the week came five times. */
const QUIET_DAYS = 36;

/** Whether the schedule is in force at `instant`. `deviceZone` is the zone that the computer is in then. */
export function activeAt(schedule: Timetable, instant: EpochMs, deviceZone: string): boolean {
  if (!schedule.enabled) return false;
  const wall = instant + offsetSpanAt(zoneOf(schedule, deviceZone), instant).offsetMs;
  const day = Math.floor(wall / DAY_MS);
  const minute = (wall - day * DAY_MS) / MINUTE_MS;
  return activeOnDay(compile(schedule), day).some(([from, to]) => from <= minute && minute < to);
}

/** The next instant after `instant` at which the schedule comes into force or ends; null when it never changes. */
export function nextTransition(schedule: Timetable, instant: EpochMs, deviceZone: string): EpochMs | null {
  if (!schedule.enabled) return null;
  const zone = zoneOf(schedule, deviceZone);
  const compiled = compile(schedule);
  const active = activeAt(schedule, instant, deviceZone);
  let from = instant;
  for (;;) {
    const to = addMs(from, QUIET_DAYS * DAY_MS);
    const change = firstChange(walk(compiled, zone, from, to), active, from, to);
    if (change !== null) return change;
    const exception = compiled.exceptionDays.find((day) => (day + 3) * DAY_MS > to);
    if (exception === undefined) return null;
    // Two days early, whatever the zone: nothing but the exception can change anything before.
    from = epochMs(Math.max(to, (exception - 2) * DAY_MS));
  }
}

/** When the schedule is in force between `from` and `to`, cut off there; touching intervals are one. */
export function intervals(schedule: Timetable, from: EpochMs, to: EpochMs, deviceZone: string): readonly Interval[] {
  if (!schedule.enabled) return [];
  return [...walk(compile(schedule), zoneOf(schedule, deviceZone), from, to)];
}

function zoneOf(schedule: Timetable, deviceZone: string): string {
  return schedule.timeZone === 'device' ? deviceZone : schedule.timeZone;
}

/** Minutes of one day, the end exclusive. */
type Minutes = readonly [from: number, to: number];

interface Compiled {
  /** What each weekday (Monday first) starts, and what it leaves to the following day. */
  readonly week: readonly { readonly own: readonly Minutes[]; readonly spill: readonly Minutes[] }[];
  /** By day number since 1970-01-01. */
  readonly exceptions: ReadonlyMap<number, boolean>;
  readonly exceptionDays: readonly number[];
}

const compiledSchedules = new WeakMap<Timetable, Compiled>();

function compile(schedule: Timetable): Compiled {
  const ready = compiledSchedules.get(schedule);
  if (ready !== undefined) return ready;
  const week = WEEKDAYS.map((weekday) => {
    const own: Minutes[] = [];
    const spill: Minutes[] = [];
    for (const rule of schedule.rules) {
      if (!rule.days.includes(weekday)) continue;
      const from = minutesOfDay(rule.from);
      const to = minutesOfDay(rule.to);
      if (to > from) own.push([from, to]);
      else {
        own.push([from, 1440]);
        if (to > 0) spill.push([0, to]);
      }
    }
    return { own, spill };
  });
  const exceptions = new Map(schedule.exceptions.map(({ date, active }) => [dayNumber(date), active]));
  const compiled = { week, exceptions, exceptionDays: [...exceptions.keys()].sort((a, b) => a - b) };
  compiledSchedules.set(schedule, compiled);
  return compiled;
}

/** Days since 1970-01-01 of `YYYY-MM-DD` (Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil). */
function dayNumber(date: string): number {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** What is active on the wall's day, sorted and merged. */
function activeOnDay(compiled: Compiled, day: number): readonly Minutes[] {
  const exception = compiled.exceptions.get(day);
  if (exception === true) return [[0, 1440]];
  const today = exception === false ? [] : weekday(compiled, day).own;
  const yesterday = compiled.exceptions.get(day - 1) === false ? [] : weekday(compiled, day - 1).spill;
  return merged([...yesterday, ...today]);
}

function weekday(compiled: Compiled, day: number) {
  // 1970-01-01 was a Thursday.
  return compiled.week[(((day + 3) % 7) + 7) % 7] ?? { own: [], spill: [] };
}

function merged(parts: Minutes[]): readonly Minutes[] {
  if (parts.length < 2) return parts;
  const result: [number, number][] = [];
  for (const [from, to] of parts.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** The intervals in order, merged where they touch, cut off at `from` and `to`. */
function* walk(compiled: Compiled, zone: string, from: EpochMs, to: EpochMs): Generator<Interval> {
  let open = null as Interval | null;
  for (let cursor = from; cursor < to; ) {
    const span = offsetSpanAt(zone, cursor);
    const end = Math.min(span.to, to);
    const lastDay = Math.floor((end - 1 + span.offsetMs) / DAY_MS);
    for (let day = Math.floor((cursor + span.offsetMs) / DAY_MS); day <= lastDay; day += 1) {
      const midnight = day * DAY_MS - span.offsetMs;
      for (const minutes of activeOnDay(compiled, day)) {
        const start = Math.max(cursor, midnight + minutes[0] * MINUTE_MS);
        const stop = Math.min(end, midnight + minutes[1] * MINUTE_MS);
        if (start >= stop) continue;
        if (open !== null && open.to < start) {
          yield open;
          open = null;
        }
        open = { from: open?.from ?? epochMs(start), to: epochMs(stop) };
      }
    }
    cursor = epochMs(end);
  }
  if (open !== null) yield open;
}

/** The first instant after `from` and before `to` at which being in force differs from `active`. */
function firstChange(found: Iterable<Interval>, active: boolean, from: EpochMs, to: EpochMs): EpochMs | null {
  for (const interval of found) {
    if (!active) return interval.from;
    if (interval.from > from) return from;
    return interval.to < to ? interval.to : null;
  }
  return active ? from : null;
}
