/** How people say when something ends. */
import { Temporal } from '../domain/temporal.ts';
import { type EpochMs, epochMs } from '../domain/time.ts';
import { CommandFailure, EXIT } from './io.ts';

const UNITS = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** `30s`, `45m`, `2h`, `1h30m`, `1d` as whole seconds. Throws with exit code 2. */
export function parseDuration(text: string): number {
  const match = /^(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?$/.exec(text.trim().toLowerCase());
  const [, d = '0', h = '0', m = '0', s = '0'] = match ?? [];
  const seconds = Number(d) * UNITS.d + Number(h) * UNITS.h + Number(m) * UNITS.m + Number(s);
  if (match && seconds > 0) return seconds;
  throw new CommandFailure(EXIT.usage, 'usage', `“${text}” is no duration. Write for instance 30s, 45m, 2h or 1h30m.`);
}

/**
 * `17:30` (today in `timeZone`, tomorrow when that has passed) or an RFC 3339 instant, as an instant. A time that a jump of the
 * clock skips is the same distance later, as everywhere in Muster. Throws with exit code 2.
 */
export function parseUntil(text: string, now: EpochMs, timeZone: string): EpochMs {
  const wall = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  if (!wall) return laterThan(now, instantOf(text), text);
  const time = Temporal.PlainTime.from({ hour: Number(wall[1]), minute: Number(wall[2]) });
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const on = (date: Temporal.PlainDate) =>
    epochMs(date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds);
  const atToday = on(today);
  return atToday > now ? atToday : on(today.add({ days: 1 }));
}

function instantOf(text: string): EpochMs {
  try {
    return epochMs(Temporal.Instant.from(text.trim()).epochMilliseconds);
  } catch {
    throw new CommandFailure(
      EXIT.usage,
      'usage',
      `“${text}” is no time. Write a time of day (17:30) or an instant (2026-11-21T17:30:00Z).`,
    );
  }
}

function laterThan(now: EpochMs, instant: EpochMs, text: string): EpochMs {
  if (instant > now) return instant;
  throw new CommandFailure(EXIT.usage, 'usage', `“${text}” has passed already.`);
}
