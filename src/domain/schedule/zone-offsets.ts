import { Temporal } from '../temporal.ts';
import { type EpochMs, epochMs } from '../time.ts';

/** A stretch of time during which a zone's distance from UTC is the same. */
export interface OffsetSpan {
  readonly from: EpochMs;
  /** Exclusive; Infinity when the zone changes no more. */
  readonly to: EpochMs;
  /** What to add to UTC to get what the clock on the wall shows. */
  readonly offsetMs: number;
}

/** Pure lookups in the time zone database, kept since the same few spans are asked for again and again. */
const known = new Map<string, OffsetSpan>();

/** The span that `instant` lies in. */
export function offsetSpanAt(zone: string, instant: EpochMs): OffsetSpan {
  const hit = known.get(zone);
  if (hit !== undefined && hit.from <= instant && instant < hit.to) return hit;
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const end = local.getTimeZoneTransition('next');
  const span: OffsetSpan = {
    from: instant,
    to: epochMs(end === null ? Number.POSITIVE_INFINITY : end.epochMilliseconds),
    offsetMs: Math.round(local.offsetNanoseconds / 1e6),
  };
  known.set(zone, span);
  return span;
}
