/** What Google holds of one's own status, in the form that is kept for putting it back and for comparing. Pure. */
import { z } from 'zod';
import type { Status } from '../../domain/presence/status.ts';
import { Temporal } from '../../domain/temporal.ts';
import { type EpochMs, epochMs } from '../../domain/time.ts';
import type { JsonValue, OwnReading } from '../platform.ts';
import type { Availability } from './schema.ts';

const statusSnapshotSchema = z.object({
  /** Google's word. */
  state: z.string(),
  text: z.string(),
  emoji: z.string(),
  /** RFC 3339, as Google wrote it; null: the words do not end. */
  expireTime: z.string().nullable(),
  /** Until when Muster asked for active, which Google does not tell; null: it did not. */
  activeUntil: z.number().nullable(),
});
/** State, words and their end. */
export type StatusSnapshot = z.infer<typeof statusSnapshotSchema>;

const dndSnapshotSchema = z.object({ active: z.boolean(), expirationTime: z.string().nullable() });
/** Do-not-disturb and its end, as Google wrote it. */
export type DndSnapshot = z.infer<typeof dndSnapshotSchema>;

const STATUSES: ReadonlyMap<string, Status> = new Map(
  Object.entries<Status>({
    ACTIVE: 'online',
    IDLE: 'idle',
    AWAY: 'away',
    DO_NOT_DISTURB: 'busy',
  }),
);

/** What Muster calls one of Google's states; `unknown` for those that it does not know. */
export function statusOf(state: string): Status {
  return STATUSES.get(state) ?? 'unknown';
}

/** Instants beyond what a timestamp can hold, or in another form, are none. */
export function instantOf(text: string | null | undefined): EpochMs | null {
  try {
    return text == null ? null : epochMs(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return null;
  }
}

/** An answer of Google's as a reading. `activeUntil`: see the snapshot. */
export function readingOf(availability: Availability, activeUntil: number | null): OwnReading {
  const state = availability.state ?? 'STATE_UNSPECIFIED';
  const { text = '', emoji, expireTime = null } = availability.customStatus ?? {};
  const active = state === 'DO_NOT_DISTURB';
  const expirationTime = active ? (availability.doNotDisturbMetadata?.expirationTime ?? null) : null;
  const status: StatusSnapshot = {
    state,
    text,
    emoji: emoji?.unicode ?? '',
    expireTime,
    activeUntil: state === 'ACTIVE' ? activeUntil : null,
  };
  const doNotDisturb: DndSnapshot = { active, expirationTime };
  return {
    status: {
      status: statusOf(state),
      message: text === '' ? null : text,
      emoji: status.emoji === '' ? null : status.emoji,
      until: instantOf(expireTime),
      snapshot: status,
    },
    doNotDisturb: { active, until: instantOf(expirationTime), snapshot: doNotDisturb },
  };
}

/** A snapshot that was kept; null when it is not one of ours. */
export function parseStatusSnapshot(value: JsonValue): StatusSnapshot | null {
  return statusSnapshotSchema.safeParse(value).data ?? null;
}

/** A snapshot that was kept; null when it is not one of ours. */
export function parseDndSnapshot(value: JsonValue): DndSnapshot | null {
  return dndSnapshotSchema.safeParse(value).data ?? null;
}

/** Is the status still what was written? Do-not-disturb is a part of its own, and hides the state. */
export function compareStatus(written: JsonValue, read: JsonValue, now: EpochMs): 'same' | 'expired' | 'changed' {
  const ours = parseStatusSnapshot(written);
  const theirs = parseStatusSnapshot(read);
  if (ours === null || theirs === null) return 'changed';
  const words = compareWords(ours, theirs, now);
  const state = compareState(ours, theirs, now);
  if (words === 'changed' || state === 'changed') return 'changed';
  return words === 'expired' || state === 'expired' ? 'expired' : 'same';
}

function compareWords(ours: StatusSnapshot, theirs: StatusSnapshot, now: EpochMs): 'same' | 'expired' | 'changed' {
  const ends = instantOf(ours.expireTime);
  const same = ours.text === theirs.text && ours.emoji === theirs.emoji && ends === instantOf(theirs.expireTime);
  if (same) return 'same';
  return ends !== null && ends <= now && theirs.text === '' ? 'expired' : 'changed';
}

/** Active, idle and (unless it was asked for) away follow the user's activity: between them nothing was changed by hand. */
function compareState(ours: StatusSnapshot, theirs: StatusSnapshot, now: EpochMs): 'same' | 'expired' | 'changed' {
  if (ours.state === theirs.state || [ours.state, theirs.state].includes('DO_NOT_DISTURB')) return 'same';
  const present = theirs.state === 'ACTIVE' || theirs.state === 'IDLE';
  if (ours.state === 'AWAY') return present ? 'changed' : 'same';
  if (present) return 'same';
  if (ours.activeUntil === null) return 'same';
  return ours.activeUntil <= now ? 'expired' : 'changed';
}

/** Is do-not-disturb still what was written? */
export function compareDnd(written: JsonValue, read: JsonValue, now: EpochMs): 'same' | 'expired' | 'changed' {
  const ours = parseDndSnapshot(written);
  const theirs = parseDndSnapshot(read);
  if (ours === null || theirs === null) return 'changed';
  const ends = instantOf(ours.expirationTime);
  if (ours.active === theirs.active && ends === instantOf(theirs.expirationTime)) return 'same';
  return ours.active && !theirs.active && ends !== null && ends <= now ? 'expired' : 'changed';
}
