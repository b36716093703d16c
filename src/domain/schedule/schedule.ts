import type { OwnStatus } from '../own-status/intent.ts';

/** ISO weekdays in order. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Weekly hours in wall time. `to` earlier than or equal to `from` ends on the following day; `days` name the start. */
export interface ScheduleRule {
  readonly days: readonly Weekday[];
  /** `HH:MM`, 00:00–23:59. */
  readonly from: string;
  /** `HH:MM`, 00:00–24:00; the end is exclusive. */
  readonly to: string;
}

/** One date on which the weekly rules do not decide: active the whole date (what starts on it by a rule still goes on overnight), or nothing starts on it. */
export interface ScheduleException {
  /** `YYYY-MM-DD` in the schedule's zone. */
  readonly date: string;
  readonly active: boolean;
}

/** A weekly schedule that sets do-not-disturb and perhaps a status while it is active. */
export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** An IANA zone, or `device` for the zone that the computer is in now. */
  readonly timeZone: string;
  readonly rules: readonly ScheduleRule[];
  readonly exceptions: readonly ScheduleException[];
  readonly doNotDisturb: boolean;
  readonly status: OwnStatus | null;
  readonly message: string | null;
  readonly emoji: string | null;
  /** Whose alerts may pass while it is in force. */
  readonly allow: readonly 'favourites'[];
}
