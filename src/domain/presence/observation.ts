import type { EpochMs } from '../time.ts';
import type { Activity, Status } from './status.ts';

/** How an observation came. `cache` was loaded from an earlier run. */
export type ObservationSource = 'poll' | 'push' | 'webhook' | 'cache';

/** Someone as one account sees them. */
export interface IdentityKey {
  readonly accountId: string;
  /** The platform's own user id: a Slack `U…`, a bare XMPP address. */
  readonly userId: string;
}

/** What an account said about an identity, when, and how it came. */
export interface Observation extends IdentityKey {
  readonly status: Status;
  readonly doNotDisturb: boolean;
  /** The platform's own words, kept for the reason that is shown; null when there are none. */
  readonly rawStatus: string | null;
  readonly message: string | null;
  /** A Unicode emoji, or `:name:` of the account's own emoji (served by `/v1/emoji/{accountId}/{name}`). */
  readonly emoji: string | null;
  readonly activities: readonly Activity[];
  /** When the platform says that they were last active; null when it does not say. */
  readonly lastSeen: EpochMs | null;
  /** When the status was looked at or pushed. */
  readonly observedAt: EpochMs;
  readonly source: ObservationSource;
  /** True when the platform replayed an older state (XEP-0203 delay, first snapshot): never counts as coming online. */
  readonly replayed: boolean;
}

/** A stable string for maps and sets. */
export function identityKeyOf(key: IdentityKey): string {
  return `${key.accountId}\u0000${key.userId}`;
}
