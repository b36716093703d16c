/** Calendar dates as `YYYY-MM-DD`; their arithmetic needs no zone and is done in UTC. */
const dayMs = 86_400_000;

const atMidnight = (date: string): number => Date.parse(`${date}T00:00:00Z`);

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A date some days later (or earlier). */
export const addDays = (date: string, days: number): string => dateOf(atMidnight(date) + days * dayMs);

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (date: string): number => (new Date(atMidnight(date)).getUTCDay() + 6) % 7;

/** The seven dates, Monday first, of the week that a date lies in. */
export const weekOf = (date: string): readonly string[] => {
  const monday = addDays(date, -weekdayOf(date));
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
};

/** The first of the month `months` later than that of a date. */
export const addMonths = (date: string, months: number): string => {
  const start = new Date(atMidnight(date));
  return dateOf(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1));
};

/** The whole weeks, Monday first, that show the month of a date. */
export const monthWeeks = (date: string): readonly (readonly string[])[] => {
  const first = addMonths(date, 0);
  const next = addMonths(date, 1);
  const weeks: (readonly string[])[] = [];
  for (let start = weekOf(first)[0] ?? first; start < next; start = addDays(start, 7)) weeks.push(weekOf(start));
  return weeks;
};

/** Every date from one to another, both included; none when they are the wrong way round. At most `most`. */
export const datesBetween = (from: string, to: string, most = 400): readonly string[] => {
  const dates: string[] = [];
  for (let date = from; date <= to && dates.length < most; date = addDays(date, 1)) dates.push(date);
  return dates;
};

/** The epoch milliseconds of a date's midnight in UTC, to format it with `timeZone: 'UTC'`. */
export const instantOfDate = atMidnight;

/** What calendar and clock of a zone (undefined: of this computer) show at an instant. */
export const wallTimeIn = (
  timeZone: string | undefined,
  at: number,
): { readonly date: string; readonly minute: number } => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((entry) => entry.type === type)?.value ?? '0';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
};
