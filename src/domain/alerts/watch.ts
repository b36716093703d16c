import type { Status } from '../presence/status.ts';
import type { EpochMs } from '../time.ts';

/** "Tell me when": who, which change, once or always. */
export interface Watch {
  readonly id: string;
  readonly contactId: string;
  /** Null = from anything. */
  readonly from: readonly Status[] | null;
  readonly to: readonly Status[];
  readonly repeat: 'once' | 'always';
  readonly note: string | null;
  readonly enabled: boolean;
  readonly createdAt: EpochMs;
}

/** Why an alert was delivered or held back. */
export const ALERT_REASONS = [
  'matched',
  'first-snapshot',
  'reconnected',
  'replayed',
  'linked',
  'flapping',
  'do-not-disturb',
  'do-not-disturb-allowed',
  'watch-disabled',
  'asleep',
  'notifications-off',
] as const;
export type AlertReason = (typeof ALERT_REASONS)[number];

/** One thing that a watch saw, delivered or held back, with the reason. */
export interface Alert {
  readonly id: string;
  readonly watchId: string;
  readonly contactId: string;
  readonly from: Status;
  readonly to: Status;
  readonly at: EpochMs;
  readonly outcome: 'delivered' | 'suppressed';
  readonly reason: AlertReason;
}
