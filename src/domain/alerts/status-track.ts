/**
 * From presences to changes that happened. What is shown of a person also changes when observations age, accounts reconnect or
 * people are linked; a watch must hear of what the person did. This keeps, per person, the last status that somebody actually
 * observed, and gives a change only when an observation says otherwise.
 */
import { identityKeyOf } from '../presence/observation.ts';
import type { Presence } from '../presence/presence.ts';
import type { Status } from '../presence/status.ts';
import { type EpochMs, MINUTE_MS } from '../time.ts';

/**
 * What made the presence what it is now. `observed`: an account said something new. `first-snapshot`: an account's first answer
 * after sign-in. `reconnected`: its first answer after the connection, or the computer, was away. `replayed`: the platform said
 * that it is old. `linked`: identities were linked or unlinked, came or went. `aged`: nothing but time.
 */
export const PRESENCE_CAUSES = ['observed', 'first-snapshot', 'reconnected', 'replayed', 'linked', 'aged'] as const;
export type PresenceCause = (typeof PRESENCE_CAUSES)[number];

/** Why a status is new to us; only `observed` is the person's own doing, just now. */
export type ChangeCause = Exclude<PresenceCause, 'aged'>;

/** A change of somebody's status that was observed. */
export interface StatusChange {
  readonly contactId: string;
  /** The last status that was observed before; `unknown` when none was. */
  readonly from: Status;
  readonly to: Status;
  readonly at: EpochMs;
  readonly cause: ChangeCause;
}

/** What is remembered of a person between presences. */
export interface StatusTrack {
  /** The last status that an observation said. */
  readonly status: Status;
  /** The identity that said it, as `identityKeyOf`. */
  readonly by: string | null;
  /** Since when that observation no longer counts; null while it, or one that says the same, does. */
  readonly lostAt: EpochMs | null;
  /** While lost: what the remaining fresh observations say; null when there are none. */
  readonly shown: Status | null;
}

/** A person's next memory, and the change that their new presence is, if it is one. */
export interface TrackStep {
  readonly track: StatusTrack | null;
  readonly change: StatusChange | null;
}

/**
 * How long an observation may have been lost so that the next one still counts as a change that just happened. After a longer
 * time without looking, what is found is news to us but may be hours old: it counts like a reconnect.
 */
export const SHORT_GAP_MS = 15 * MINUTE_MS;

/**
 * Takes a person's new presence in. `now` is when it became so: for `aged`, the instant at which the freshness ended, not the
 * one at which a timer came to it.
 */
export function trackStatus(
  track: StatusTrack | null,
  contactId: string,
  presence: Pick<Presence, 'status' | 'stale' | 'why'>,
  cause: PresenceCause,
  now: EpochMs,
): TrackStep {
  const { status } = presence;
  const by = presence.why.winner === null ? null : identityKeyOf(presence.why.winner);
  // Not looking, and "not known", are no status of the person: what was observed last stays the point of comparison.
  if (presence.stale || status === 'unknown') return { track: lose(track, null, now), change: null };
  if (cause === 'aged') {
    // A higher observation only ran out. If it comes back unchanged, nothing happened.
    const same = track !== null && track.status === status;
    return { track: same ? { status, by, lostAt: null, shown: null } : lose(track, status, now), change: null };
  }
  const next: StatusTrack = { status, by, lostAt: null, shown: null };
  if (track === null) {
    const first = cause === 'observed' ? 'first-snapshot' : cause;
    return { track: next, change: { contactId, from: 'unknown', to: status, at: now, cause: first } };
  }
  // Another account repeats what it said all along; the lost one is still lost.
  if (track.lostAt !== null && track.shown === status && track.by !== by) return { track, change: null };

  const longAgo = track.lostAt !== null && now - track.lostAt > SHORT_GAP_MS;
  const from = longAgo && track.shown !== null ? track.shown : track.status;
  if (from === status) return { track: next, change: null };
  // Somebody else than who was lost says something new: that just happened, however long the other has been away.
  const fromAnother = track.shown !== null && track.by !== by;
  const cameLate = cause === 'observed' && longAgo && !fromAnother;
  return { track: next, change: { contactId, from, to: status, at: now, cause: cameLate ? 'reconnected' : cause } };
}

function lose(track: StatusTrack | null, shown: Status | null, now: EpochMs): StatusTrack | null {
  return track === null ? null : { ...track, shown, lostAt: track.lostAt ?? now };
}
