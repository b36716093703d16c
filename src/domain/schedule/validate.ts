import { Temporal } from '../temporal.ts';

const CLOCK_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** `00:00`–`23:59`: what a rule can start at. */
export function isStartTime(text: string): boolean {
  return CLOCK_TIME.test(text);
}

/** `00:00`–`24:00`: what a rule can end at. */
export function isEndTime(text: string): boolean {
  return text === '24:00' || CLOCK_TIME.test(text);
}

/** `YYYY-MM-DD` of a day that exists. */
export function isCalendarDate(text: string): boolean {
  if (!CALENDAR_DATE.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** An IANA zone that this computer knows (`Europe/Berlin`, `UTC`); bare offsets such as `+02:00` are none. */
export function isKnownTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** A schedule's zone: an IANA zone, or `device`. */
export function isScheduleZone(text: string): boolean {
  return text === 'device' || isKnownTimeZone(text);
}

/** Minutes since midnight of a valid clock time, `24:00` being 1440. */
export function minutesOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
