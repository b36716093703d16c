/** Instants and durations as Graph writes them. */
import { Temporal } from '../../domain/temporal.ts';
import { type EpochMs, epochMs, MINUTE_MS } from '../../domain/time.ts';

/** RFC 3339 in UTC: `2026-11-21T18:00:00Z`. */
export function graphInstant(at: EpochMs): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString();
}

/** A `dateTimeTimeZone` in UTC; the zone stands beside the time, never in it. */
export function zonedUtc(at: EpochMs): { readonly dateTime: string; readonly timeZone: 'UTC' } {
  return { dateTime: graphInstant(at).replace(/Z$/, ''), timeZone: 'UTC' };
}

/** By the last moments of this year Graph says that there is no end (presence-setstatusmessage, “xml sanitization”). */
const NEVER_YEAR = 9_999;

/**
 * The instant of a `dateTimeTimeZone`; null when it stands for no end, or cannot be read (Windows' own names of zones are not known
 * here).
 */
export function instantOf(zoned: { readonly dateTime: string; readonly timeZone: string }): EpochMs | null {
  try {
    const local = Temporal.PlainDateTime.from(zoned.dateTime.replace(/Z$/, ''));
    if (local.year >= NEVER_YEAR) return null;
    return epochMs(local.toZonedDateTime(zoned.timeZone).epochMilliseconds);
  } catch {
    return null;
  }
}

/** The instant of RFC 3339 text that a schema has checked. */
export function fromGraphInstant(text: string): EpochMs {
  return epochMs(Temporal.Instant.from(text).epochMilliseconds);
}

/** An ISO 8601 duration of whole seconds, at least one: `PT1200S`. Rounded up, so that nothing ends before it should. */
export function durationOf(milliseconds: number): string {
  return `PT${Math.max(1, Math.ceil(milliseconds / 1_000))}S`;
}

/** As `durationOf`, within the bounds of an app's session: five minutes to four hours. */
export function sessionDurationOf(milliseconds: number): string {
  return durationOf(Math.min(240 * MINUTE_MS, Math.max(5 * MINUTE_MS, milliseconds)));
}
