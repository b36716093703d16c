/** What formatting needs to know: a BCP 47 locale, and `now` in epoch milliseconds where ages are told. */
export type Formats = {
  /** "12 sec ago", "in 5 min": the largest unit that is at least one. */
  readonly relative: (at: number, now: number) => string;
  /** "14:02" today, "Tue 14:02" within six days, else a date. */
  readonly moment: (at: number, now: number) => string;
  /** The time of day, in the given IANA zone or here. An unknown zone gives the time here. */
  readonly time: (at: number, timeZone?: string) => string;
  /** Date and time in short, in lists: "2 Mar 2026, 14:02". */
  readonly stamp: (at: number) => string;
  /** Date and time in full, for tooltips and details. */
  readonly full: (at: number) => string;
  /** "1 h 30 min" of whole seconds. */
  readonly duration: (seconds: number) => string;
  /** "2 days" of whole seconds: the largest unit alone, for ages. */
  readonly about: (seconds: number) => string;
  readonly number: (value: number) => string;
  /** "98.5 %" of 0.985. Never rounded up to a hundred. */
  readonly percent: (share: number) => string;
  /** "120 ms", or seconds from ten thousand on. */
  readonly milliseconds: (value: number) => string;
  /** "Ada, Grace and Linus". */
  readonly list: (items: readonly string[]) => string;
};

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['week', weekMs],
  ['day', dayMs],
  ['hour', hourMs],
  ['minute', minuteMs],
  ['second', secondMs],
];

/** The zone's id if this engine knows it, else undefined, which means the zone of this machine. */
export const knownTimeZone = (timeZone: string | null | undefined): string | undefined => {
  if (timeZone === null || timeZone === undefined) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};

/** "London" of "Europe/London". */
export const cityOf = (timeZone: string): string => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');

/** Formats for a locale; make them once a language, not once a row: Intl objects are dear. */
export const createFormats = (locale: string): Formats => {
  const relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  const numberFormat = new Intl.NumberFormat(locale);
  const percentFormat = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const listFormat = new Intl.ListFormat(locale, { type: 'conjunction' });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' });
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const stamp = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
  const times = new Map<string, Intl.DateTimeFormat>();
  const durations = new Map<string, Intl.NumberFormat>();

  const timeIn = (timeZone: string | undefined): Intl.DateTimeFormat => {
    const key = timeZone ?? '';
    const existing = times.get(key);
    if (existing !== undefined) return existing;
    const known = knownTimeZone(timeZone);
    const created = new Intl.DateTimeFormat(locale, {
      timeStyle: 'short',
      ...(known === undefined ? {} : { timeZone: known }),
    });
    times.set(key, created);
    return created;
  };

  const part = (value: number, unit: 'day' | 'hour' | 'minute' | 'second' | 'millisecond'): string => {
    const existing = durations.get(unit);
    const format = existing ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' });
    if (existing === undefined) durations.set(unit, format);
    return format.format(value);
  };

  const time = (at: number, timeZone?: string): string => timeIn(timeZone).format(at);

  return {
    time,
    relative: (at, now) => {
      const difference = at - now;
      const size = Math.abs(difference);
      for (const [unit, ms] of units) {
        if (size >= ms) return relativeFormat.format(Math.trunc(difference / ms), unit);
      }
      return relativeFormat.format(difference > 0 ? 1 : -1, 'second');
    },
    moment: (at, now) => {
      if (new Date(at).toDateString() === new Date(now).toDateString()) return time(at);
      return Math.abs(now - at) < 6 * dayMs ? `${weekday.format(at)} ${time(at)}` : date.format(at);
    },
    stamp: (at) => stamp.format(at),
    full: (at) => full.format(at),
    duration: (seconds) => {
      const days = Math.floor(seconds / 86_400);
      const hours = Math.floor((seconds % 86_400) / 3_600);
      const minutes = Math.floor((seconds % 3_600) / 60);
      const parts = [
        days > 0 ? part(days, 'day') : '',
        hours > 0 ? part(hours, 'hour') : '',
        minutes > 0 ? part(minutes, 'minute') : '',
      ].filter((text) => text !== '');
      return parts.length === 0 ? part(Math.max(0, Math.floor(seconds)), 'second') : parts.join(' ');
    },
    about: (seconds) => {
      if (seconds >= 86_400) return part(Math.floor(seconds / 86_400), 'day');
      if (seconds >= 3_600) return part(Math.floor(seconds / 3_600), 'hour');
      return seconds >= 60 ? part(Math.floor(seconds / 60), 'minute') : part(Math.floor(seconds), 'second');
    },
    number: (value) => numberFormat.format(value),
    percent: (share) => percentFormat.format(Math.floor(share * 1_000) / 1_000),
    milliseconds: (value) =>
      value >= 10_000 ? part(Math.round(value / 1_000), 'second') : part(Math.round(value), 'millisecond'),
    list: (items) => listFormat.format(items),
  };
};
