/** An ISO 8601 duration of days, hours, minutes and seconds in ms; null for anything else. */
export function durationMs(text: string): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (match === null || /^PT?$/.test(text)) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}

/** A `dateTimeTimeZone` of UTC in ms since the epoch; null for one that is none, or of a zone that the simulator does not know. */
export function instantOf(dateTime: string, timeZone: string): number | null {
  // The zone stands beside it, never in it (presencestatusmessage: “shouldn't include time zone”).
  if (timeZone !== 'UTC' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?$/.test(dateTime)) return null;
  const ms = Date.parse(`${dateTime.slice(0, 23)}Z`);
  return Number.isNaN(ms) ? null : ms;
}
