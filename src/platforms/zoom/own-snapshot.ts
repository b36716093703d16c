/** What Zoom holds of one's own presence, in the form that is kept for putting it back and for comparing. Pure. */
import { z } from 'zod';
import { addMs, type EpochMs, epochMs, MINUTE_MS } from '../../domain/time.ts';
import type { JsonValue } from '../json.ts';
import { instantOf, meaningOf, plainWord } from './mapping.ts';
import type { ZoomPresenceStatus } from './schema.ts';

/** Zoom counts do-not-disturb in whole minutes from its own clock; closer ends are the same end. */
const END_TOLERANCE_MS = 90_000;

const snapshotSchema = z.object({
  /** In Zoom's own spelling. */
  native: z.string(),
  /** When do-not-disturb ends, in epoch milliseconds; null when Zoom does not say. */
  endsAt: z.number().nullable(),
});
/** Zoom has one value for status and do-not-disturb together, so that both parts keep the same. */
export type PresenceSnapshot = z.infer<typeof snapshotSchema>;

/** The present value. `end_time` and `remaining_time` (minutes) come with do-not-disturb. */
export function snapshotOf(presence: ZoomPresenceStatus, now: EpochMs): PresenceSnapshot {
  if (!isDoNotDisturb(presence.status)) return { native: presence.status, endsAt: null };
  const left = presence.remaining_time === undefined ? null : addMs(now, presence.remaining_time * MINUTE_MS);
  return { native: presence.status, endsAt: instantOf(presence.end_time) ?? left };
}

/** A snapshot that was kept; null when it is not one of ours. */
export function parseSnapshot(value: JsonValue): PresenceSnapshot | null {
  return snapshotSchema.safeParse(value).data ?? null;
}

export function isDoNotDisturb(native: string): boolean {
  return meaningOf(native).doNotDisturb;
}

/** True when do-not-disturb of the snapshot is over by itself. */
export function ranOut({ native, endsAt }: PresenceSnapshot, now: EpochMs): boolean {
  return isDoNotDisturb(native) && endsAt !== null && endsAt <= addMs(now, END_TOLERANCE_MS);
}

/**
 * Is the status still what was written? What Zoom puts over it by itself (a meeting, a call, a calendar event) is no change by the
 * user; what it covered once it is gone has to be written again.
 */
export function compareStatus(written: JsonValue, read: JsonValue, now: EpochMs): 'same' | 'expired' | 'changed' {
  const ours = parseSnapshot(written);
  const theirs = parseSnapshot(read);
  if (ours === null || theirs === null) return 'changed';
  if (plainWord(ours.native) === plainWord(theirs.native)) return 'same';
  if (meaningOf(theirs.native).automatic) return 'same';
  if (meaningOf(ours.native).automatic || ranOut(ours, now)) return 'expired';
  return 'changed';
}

/** Is do-not-disturb still what was written? */
export function compareDoNotDisturb(written: JsonValue, read: JsonValue, now: EpochMs): 'same' | 'expired' | 'changed' {
  const ours = parseSnapshot(written);
  const theirs = parseSnapshot(read);
  if (ours === null || theirs === null) return 'changed';
  const [before, after] = [isDoNotDisturb(ours.native), isDoNotDisturb(theirs.native)];
  if (before && !after) return ranOut(ours, now) ? 'expired' : 'changed';
  if (!before || !after) return before === after ? 'same' : 'changed';
  if (ours.endsAt === null || theirs.endsAt === null) return ours.endsAt === theirs.endsAt ? 'same' : 'changed';
  return Math.abs(ours.endsAt - theirs.endsAt) <= END_TOLERANCE_MS ? 'same' : 'changed';
}

/** The instant at which a snapshot's do-not-disturb ends. */
export function endOf({ endsAt }: PresenceSnapshot): EpochMs | null {
  return endsAt === null ? null : epochMs(endsAt);
}
