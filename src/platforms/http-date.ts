import { Temporal } from '../domain/temporal.ts';
import { type EpochMs, epochMs } from '../domain/time.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The instant of an HTTP date such as `Sat, 21 Nov 2026 09:42:00 GMT` (RFC 9110 section 5.6.7, its one current form); null for anything else. */
export function parseHttpDate(text: string): EpochMs | null {
  const match = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/.exec(text.trim());
  const month = MONTHS.indexOf(match?.[2] ?? '') + 1;
  if (match === null || month === 0) return null;
  try {
    const instant = `${match[3]}-${String(month).padStart(2, '0')}-${match[1]}T${match[4]}Z`;
    return epochMs(Temporal.Instant.from(instant).epochMilliseconds);
  } catch {
    return null;
  }
}

/** How long `Retry-After` asks to wait, in milliseconds: whole seconds or an HTTP date; null when it says nothing usable. */
export function retryAfterMs(header: string | null, now: EpochMs): number | null {
  if (header === null) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = parseHttpDate(header);
  return date === null ? null : Math.max(0, date - now);
}
