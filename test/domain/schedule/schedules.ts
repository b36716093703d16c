import { type Schedule, WEEKDAYS } from '../../../src/domain/schedule/schedule.ts';
import { type EpochMs, epochMs } from '../../../src/domain/time.ts';

export const WORKDAYS = WEEKDAYS.slice(0, 5);

/** A schedule with everything unremarkable but what the test says. */
export function schedule(part: Partial<Schedule> = {}): Schedule {
  return {
    id: 's',
    name: 'Evenings',
    enabled: true,
    timeZone: 'Europe/Berlin',
    rules: [{ days: WEEKDAYS, from: '18:30', to: '08:00' }],
    exceptions: [],
    doNotDisturb: true,
    status: null,
    message: null,
    emoji: null,
    allow: [],
    ...part,
  };
}

/** `2026-03-29T01:00Z` as an instant. */
export function at(text: string): EpochMs {
  return epochMs(Date.parse(text));
}

/** An instant as text, for readable expectations. */
export function shown(instant: EpochMs | null): string | null {
  return instant === null ? null : new Date(instant).toISOString().slice(0, 16).concat('Z');
}
