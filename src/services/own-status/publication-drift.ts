/** Whether what is on the platform is ours: from the journal and from what was read. Pure. */
import { type EpochMs, MINUTE_MS } from '../../domain/time.ts';
import type { JsonValue, OwnReading, OwnStatusBundle } from '../../platforms/platform.ts';
import type { StoredJournalEntry } from '../../ports/repositories.ts';
import type { Drift, PublicationPart } from './publication-plan.ts';

/** In place of a wish: the earlier value is being put back. Killed in between, that is done again, whatever half of it is there. */
export const RESTORING: JsonValue = null;
/** For how long something else that is there counts as a half-finished restore; later it is the user's own change. */
const HALF_RESTORED_MS = 2 * MINUTE_MS;

/** The earlier value is being put back. */
export const isRestoring = (entry: StoredJournalEntry): boolean =>
  entry.state === 'writing' && entry.desired === RESTORING;

/** How what was read compares with what the journal says we wrote. */
export function driftOf(
  part: PublicationPart,
  entry: StoredJournalEntry | null,
  reading: OwnReading,
  bundle: OwnStatusBundle,
  now: EpochMs,
): Drift {
  if (!entry) return 'unwritten';
  if (entry.state === 'writing') return interrupted(part, entry, reading, bundle, now);
  return bundle.compare(part, entry.written, reading[part].snapshot, now);
}

/**
 * Killed between writing and reading back: what is there is ours when it says what we wished, or what we had written before that;
 * else nothing of ours is known.
 */
function interrupted(
  part: PublicationPart,
  entry: StoredJournalEntry,
  reading: OwnReading,
  bundle: OwnStatusBundle,
  now: EpochMs,
): Drift {
  const read = reading[part].snapshot;
  if (bundle.compare(part, entry.previous, read, now) === 'same') return 'unwritten';
  if (saysDesired(part, entry.desired, reading)) return 'same';
  if (isRestoring(entry) && now - entry.attemptedAt < HALF_RESTORED_MS) return 'same';
  const earlier = entry.written === null ? 'changed' : bundle.compare(part, entry.written, read, now);
  if (earlier !== 'changed') return earlier;
  return ranOut(entry.desired, now) && saysNothing(part, reading) ? 'expired' : 'changed';
}

function ranOut(desired: JsonValue, now: EpochMs): boolean {
  if (desired === null || typeof desired !== 'object' || Array.isArray(desired)) return false;
  const until = new Map(Object.entries(desired)).get('until');
  return typeof until === 'number' && until <= now;
}

function saysNothing(part: PublicationPart, reading: OwnReading): boolean {
  return part === 'doNotDisturb' ? !reading.doNotDisturb.active : reading.status.message === null;
}

function saysDesired(part: PublicationPart, desired: JsonValue, reading: OwnReading): boolean {
  if (desired === null || typeof desired !== 'object' || Array.isArray(desired)) return false;
  const wished = new Map(Object.entries(desired));
  if (part === 'doNotDisturb') return wished.get('active') === reading.doNotDisturb.active;
  return wished.get('message') === reading.status.message;
}
