/** What Graph holds of one's own status, in the form that is kept for putting it back and for comparing. Pure. */
import { z } from 'zod';
import type { EpochMs } from '../../domain/time.ts';
import type { JsonValue } from '../platform.ts';
import type { GraphPresence } from './schema.ts';
import { instantOf } from './times.ts';

/** A pair of words that a user can prefer (presence-setuserpreferredpresence). */
const preferredSchema = z.object({
  availability: z.string(),
  activity: z.string(),
  /** When Graph ends it, in epoch milliseconds; what Muster knows because it said so: Graph does not tell. */
  until: z.number(),
});
export type Preferred = z.infer<typeof preferredSchema>;

const snapshotSchema = z.object({
  availability: z.string(),
  activity: z.string(),
  /** What Muster made the preferred presence; null: nothing, or it is not what is seen any more. */
  ours: preferredSchema.nullable(),
});
const statusSnapshotSchema = snapshotSchema.extend({
  content: z.string().nullable(),
  contentType: z.string(),
  /** Epoch milliseconds; null: the message stays. */
  messageEnds: z.number().nullable(),
});
export type StatusSnapshot = z.infer<typeof statusSnapshotSchema>;
/** Do-not-disturb is one of the values of the one presence. */
export type DndSnapshot = z.infer<typeof snapshotSchema>;

/** States that nobody gets into by themselves: who shows them chose them, and wants them back. */
const CHOSEN: ReadonlyMap<string, readonly [availability: string, activity: string]> = new Map([
  ['busy/busy', ['Busy', 'Busy']],
  ['donotdisturb/donotdisturb', ['DoNotDisturb', 'DoNotDisturb']],
  ['berightback/berightback', ['BeRightBack', 'BeRightBack']],
  ['offline/offwork', ['Offline', 'OffWork']],
]);

/** The preferred presence that must have led to what was seen; null where the automatic one shows the same. */
export function chosenOf({ availability, activity }: Pick<DndSnapshot, 'availability' | 'activity'>) {
  return CHOSEN.get(`${availability}/${activity}`.toLowerCase()) ?? null;
}

/** True while nobody's session is there: then what is preferred does not show. */
export function isSessionless({ availability, activity }: Pick<DndSnapshot, 'availability' | 'activity'>): boolean {
  return availability.toLowerCase() === 'offline' && activity.toLowerCase() !== 'offwork';
}

/** What is seen, and which part of it is ours. */
export function presenceSnapshotOf(presence: GraphPresence, ours: Preferred | null): DndSnapshot {
  const seen = { availability: presence.availability ?? '', activity: presence.activity ?? '' };
  return { ...seen, ours: ours !== null && (isOurs(seen, ours) || isSessionless(seen)) ? ours : null };
}

/** The same with the status message, which is over when it has ended. */
export function statusSnapshotOf(presence: GraphPresence, ours: Preferred | null, now: EpochMs): StatusSnapshot {
  const { statusMessage } = presence;
  const ends = statusMessage?.expiryDateTime ? instantOf(statusMessage.expiryDateTime) : null;
  const content = statusMessage?.message?.content?.trim() ? statusMessage.message.content : null;
  const over = ends !== null && ends <= now;
  return {
    ...presenceSnapshotOf(presence, ours),
    content: over ? null : content,
    contentType: statusMessage?.message?.contentType?.toLowerCase() ?? 'text',
    messageEnds: content === null || over ? null : ends,
  };
}

/** A snapshot that was kept; null when it is not one of ours. */
export function parseStatusSnapshot(value: JsonValue): StatusSnapshot | null {
  return statusSnapshotSchema.safeParse(value).data ?? null;
}

/** A snapshot that was kept; null when it is not one of ours. */
export function parseDndSnapshot(value: JsonValue): DndSnapshot | null {
  return snapshotSchema.safeParse(value).data ?? null;
}

type Comparison = 'same' | 'expired' | 'changed';

/** Is the status still what was written? */
export function compareStatus(written: JsonValue, read: JsonValue, now: EpochMs): Comparison {
  const ours = parseStatusSnapshot(written);
  const theirs = parseStatusSnapshot(read);
  if (ours === null || theirs === null) return 'changed';
  return worse(comparePresence(ours, theirs, now), compareMessage(ours, theirs, now));
}

/** Is do-not-disturb still what was written? What else the presence says is the status' affair. */
export function compareDnd(written: JsonValue, read: JsonValue, now: EpochMs): Comparison {
  const ours = parseDndSnapshot(written);
  const theirs = parseDndSnapshot(read);
  if (ours === null || theirs === null) return 'changed';
  if (showsDnd(ours) === showsDnd(theirs)) return 'same';
  if (ours.ours !== null && theirs.ours !== null && isSessionless(theirs)) return 'same';
  return showsDnd(ours) && ranOut(ours, now) ? 'expired' : 'changed';
}

/** True for the availability of do-not-disturb. */
export function showsDnd({ availability }: Pick<DndSnapshot, 'availability'>): boolean {
  return availability.toLowerCase() === 'donotdisturb';
}

function comparePresence(written: DndSnapshot, read: DndSnapshot, now: EpochMs): Comparison {
  // Nothing was preferred: the automatic presence moves by itself, and only a choice is a change.
  if (written.ours === null) return String(chosenOf(written)) === String(chosenOf(read)) ? 'same' : 'changed';
  if (read.ours !== null && read.ours.availability === written.ours.availability) return 'same';
  return ranOut(written, now) ? 'expired' : 'changed';
}

function compareMessage(written: StatusSnapshot, read: StatusSnapshot, now: EpochMs): Comparison {
  const sameEnd = Math.abs((written.messageEnds ?? 0) - (read.messageEnds ?? 0)) < 2_000;
  if ((written.content?.trim() ?? '') === (read.content?.trim() ?? '') && sameEnd) return 'same';
  return read.content === null && written.messageEnds !== null && written.messageEnds <= now ? 'expired' : 'changed';
}

function isOurs(seen: Pick<DndSnapshot, 'availability'>, ours: Preferred): boolean {
  return seen.availability.toLowerCase() === ours.availability.toLowerCase();
}

function ranOut({ ours }: DndSnapshot, now: EpochMs): boolean {
  return ours !== null && ours.until <= now;
}

function worse(one: Comparison, other: Comparison): Comparison {
  if (one === 'changed' || other === 'changed') return 'changed';
  return one === 'expired' || other === 'expired' ? 'expired' : 'same';
}
