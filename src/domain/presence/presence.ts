import type { EpochMs } from '../time.ts';
import type { IdentityKey } from './observation.ts';
import type { Activity, Status } from './status.ts';

/** Which rule decided the status; shown in words beside it. */
export const PRESENCE_RULES = [
  'highest-of-fresh',
  'only-fresh',
  'last-known-all-stale',
  'nothing-observed',
  'not-monitored',
] as const;

/** Why a status is what it is. */
export interface PresenceReason {
  readonly rule: (typeof PRESENCE_RULES)[number];
  /** The observation that won; null when there was none. */
  readonly winner: IdentityKey | null;
  readonly observedAt: EpochMs | null;
}

/** The unified answer about a contact. */
export interface Presence {
  readonly status: Status;
  readonly why: PresenceReason;
  readonly doNotDisturb: boolean;
  /** Online or idle, and not do-not-disturb. */
  readonly available: boolean;
  /** When the status became what it is, as far as was observed; null when never observed. */
  readonly since: EpochMs | null;
  readonly lastSeen: EpochMs | null;
  readonly message: string | null;
  readonly emoji: string | null;
  readonly activities: readonly Activity[];
  /** Every identity's observation is older than its time to live. */
  readonly stale: boolean;
}
