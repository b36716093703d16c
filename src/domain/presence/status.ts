/** The normalised statuses, most reachable first. */
export const STATUSES = ['online', 'idle', 'busy', 'away', 'offline', 'unknown'] as const;

/** What a platform says about someone, in Muster's own words. `offline` is only ever something that a platform said. */
export type Status = (typeof STATUSES)[number];

/** The one ranking used everywhere: the highest among fresh observations wins. */
export const STATUS_RANK: Readonly<Record<Status, number>> = {
  online: 5,
  idle: 4,
  busy: 3,
  away: 2,
  offline: 1,
  unknown: 0,
};

/** The kinds of activity that exist beside the status. */
export const ACTIVITY_KINDS = [
  'in-a-call',
  'in-a-meeting',
  'presenting',
  'playing',
  'listening',
  'watching',
  'streaming',
  'other',
] as const;

/** What someone is doing; never changes the status by itself after normalisation. */
export interface Activity {
  readonly kind: (typeof ACTIVITY_KINDS)[number];
  /** For instance the game's name; null when the platform gives none. */
  readonly detail: string | null;
}
