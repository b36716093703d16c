import type { Status } from '../presence/status.ts';
import type { EpochMs } from '../time.ts';

/** What one can set oneself to; `idle` and `unknown` are never wishes. */
export const OWN_STATUSES = ['online', 'away', 'busy', 'offline'] as const satisfies readonly Status[];
export type OwnStatus = (typeof OWN_STATUSES)[number];

/** The layers, strongest first. `manual` is always first; later layers can be reordered by the user. */
export const INTENT_LAYERS = ['manual', 'schedule', 'default'] as const;
export type IntentLayer = (typeof INTENT_LAYERS)[number];

/** A wish about my own status. */
export interface Intent {
  readonly id: string;
  readonly layer: IntentLayer;
  readonly status: OwnStatus;
  readonly message: string | null;
  readonly emoji: string | null;
  readonly createdAt: EpochMs;
  /** When it stops counting; null = until cleared. */
  readonly expiresAt: EpochMs | null;
  /** Where it comes from, in a form that can be shown: a schedule's name, "by hand". */
  readonly origin: {
    readonly kind: 'hand' | 'schedule' | 'default';
    readonly id: string | null;
    readonly name: string | null;
  };
  /** Accounts it is meant for; null = all. */
  readonly accountIds: readonly string[] | null;
}

/** A wish about do-not-disturb, resolved separately from the status. */
export interface DoNotDisturbIntent {
  readonly id: string;
  readonly layer: 'manual' | 'schedule';
  readonly active: boolean;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs | null;
  readonly origin: Intent['origin'];
}

/** How a publication to one account ended. */
export const OUTCOMES = ['applied', 'partial', 'unsupported', 'failed', 'pending', 'overridden'] as const;
export type Outcome = (typeof OUTCOMES)[number];
