import { type ScheduleView, WEEKDAYS } from '../../../src/contract/index.ts';
import { dayMinutes, maskOf, onDay, type Span, type WeekMask, weekMinutes } from './week-mask.ts';

/** One weekly rule of the contract: `to` earlier than or equal to `from` ends on the following day. */
export type Rule = ScheduleView['rules'][number];

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** `18:30` of minutes since midnight; 1440 is `24:00`. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** How long a rule lasts each time, in minutes (1–1440). */
const lengthOf = (rule: Rule): number => {
  const length = minutesOf(rule.to) - minutesOf(rule.from);
  return length > 0 ? length : length + dayMinutes;
};

/** What rules paint on a week. */
export const maskOfRules = (rules: readonly Rule[]): WeekMask =>
  maskOf(
    rules.flatMap((rule) =>
      rule.days.map((day): Span => {
        const from = WEEKDAYS.indexOf(day) * dayMinutes + minutesOf(rule.from);
        return [from, from + lengthOf(rule)];
      }),
    ),
  );

/** Spans with the one that runs from Sunday into Monday in one piece (its end beyond the week). */
const circular = (mask: WeekMask): readonly Span[] => {
  const first = mask[0];
  const last = mask.at(-1);
  if (first === undefined || last === undefined || mask.length < 2) return mask;
  if (first[0] !== 0 || last[1] !== weekMinutes) return mask;
  return [...mask.slice(1, -1), [last[0], weekMinutes + first[1]]];
};

/** Up to 24 hours are one piece, which may cross midnight; what is longer is cut at every midnight, so that a day off takes a whole day. */
const pieces = (span: Span): readonly Span[] => {
  if (span[1] - span[0] <= dayMinutes) return [span];
  const result: Span[] = [];
  for (let from = span[0]; from < span[1]; ) {
    const to = Math.min((Math.floor(from / dayMinutes) + 1) * dayMinutes, span[1]);
    result.push([from, to]);
    from = to;
  }
  return result;
};

/**
 * The fewest rules that paint exactly a mask, as a person would write them: an evening that runs past midnight is one
 * rule of the day it begins on, and days with the same hours share a rule.
 */
export const rulesOfMask = (mask: WeekMask): readonly Rule[] => {
  const days = new Map<string, Set<number>>();
  for (const [from, to] of circular(mask).flatMap(pieces)) {
    const start = from % dayMinutes;
    const end = start + (to - from);
    const key = `${clockOf(start)} ${clockOf(end > dayMinutes ? end - dayMinutes : end)}`;
    const known = days.get(key) ?? new Set();
    known.add(Math.floor(from / dayMinutes) % 7);
    days.set(key, known);
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, indexes]) => {
      const [from = '', to = ''] = key.split(' ');
      return { days: WEEKDAYS.filter((_, index) => indexes.has(index)), from, to };
    });
};

/** What a schedule's weekly rules and exceptions make of one date, in minutes of that day. Days as 0 = Monday. */
export const effectiveOn = (
  rules: readonly Rule[],
  exceptions: ReadonlyMap<string, boolean>,
  date: string,
  dateBefore: string,
  day: number,
): readonly Span[] => {
  const exception = exceptions.get(date);
  if (exception === true) return [[0, dayMinutes]];
  const starting = (index: number): WeekMask =>
    maskOfRules(rules.flatMap((rule) => (rule.days.includes(WEEKDAYS[index] ?? 'mon') ? [only(rule, index)] : [])));
  const own = exception === false ? [] : onDay(starting(day), day);
  const before = (day + 6) % 7;
  const spill = exceptions.get(dateBefore) === false ? [] : onDay(starting(before), day);
  return maskOf([...spill, ...own]);
};

const only = (rule: Rule, day: number): Rule => ({ ...rule, days: [WEEKDAYS[day] ?? 'mon'] });
