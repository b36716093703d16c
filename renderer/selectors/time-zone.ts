const minuteMs = 60_000;
const cacheMs = 15 * minuteMs;

const formats = new Map<string, Intl.DateTimeFormat | null>();
const offsets = new Map<string, { readonly slot: number; readonly minutes: number | null }>();

const formatOf = (timeZone: string): Intl.DateTimeFormat | null => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    // A zone that this engine does not know: a newer name, or a vendor's own.
    format = null;
  }
  formats.set(timeZone, format);
  return format;
};

const measure = (timeZone: string, at: number): number | null => {
  const name = formatOf(timeZone)
    ?.formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  if (name === undefined) return null;
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name);
  if (match === null) return null;
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
};

/** Minutes that a zone's clocks are ahead of UTC at an instant (epoch ms); null for an unknown zone. Cached for 15 min. */
export const offsetMinutes = (timeZone: string, at: number): number | null => {
  const slot = Math.floor(at / cacheMs);
  const known = offsets.get(timeZone);
  if (known !== undefined && known.slot === slot) return known.minutes;
  const minutes = measure(timeZone, at);
  offsets.set(timeZone, { slot, minutes });
  return minutes;
};

/** The zone of someone whose clock shows another time than mine now; null when it is the same, or not known. */
export const differingZone = (timeZone: string | null, mine: string, now: number): string | null => {
  if (timeZone === null || timeZone === mine) return null;
  const theirs = offsetMinutes(timeZone, now);
  return theirs === null || theirs === offsetMinutes(mine, now) ? null : timeZone;
};
