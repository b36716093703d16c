/** A custom status. `expiresAt` in ms since the epoch; null: never. */
export interface SlackStatus {
  readonly text: string;
  readonly emoji: string;
  readonly expiresAt: number | null;
}

/** A do-not-disturb window in ms since the epoch. It comes back every 24 hours, as a schedule does. */
export interface DndWindow {
  readonly start: number;
  readonly end: number;
}

/** What is fixed about a member, or changed by an admin only. */
export interface SlackUserSeed {
  readonly id: string;
  /** The handle (`name`). */
  readonly name: string;
  readonly realName: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly title?: string;
  /** An IANA zone. */
  readonly tz?: string;
  readonly kind?: 'person' | 'bot';
  /** Bots only: Slack shows them as always there, while `users.getPresence` says `away`. */
  readonly alwaysActive?: boolean;
  readonly deleted?: boolean;
  readonly isAdmin?: boolean;
  readonly isOwner?: boolean;
  /** A guest of several channels (`is_restricted`), or of one alone (`is_ultra_restricted`). */
  readonly isRestricted?: boolean;
  readonly isUltraRestricted?: boolean;
  /** The workspace that they belong to, when it is another one: they are here through a shared channel. */
  readonly teamId?: string;
  /** Such a person whom the caller shares no channel with. */
  readonly isStranger?: boolean;
}

/** One member of the workspace. Times in ms since the epoch. */
export interface SlackUser extends Required<Omit<SlackUserSeed, 'email' | 'teamId'>> {
  readonly email: string | null;
  /** Null: the workspace itself. */
  readonly teamId: string | null;
  /** Six hexadecimal digits, as Slack's `color`. */
  readonly color: string;
  readonly updatedAt: number;
  readonly status: SlackStatus;
  readonly huddleUntil: number | null;
  readonly dnd: DndWindow | null;
  /** The scheduled session that was ended by hand counts as over until this time. */
  readonly dndEndedUntil: number;
  readonly snoozeUntil: number | null;
  /** Slack clients that are connected now. */
  readonly clients: number;
  /** Somebody is at the keyboard: activity goes on by itself. */
  readonly attentive: boolean;
  readonly lastActivity: number;
  readonly manualAway: boolean;
}

export const NO_STATUS: SlackStatus = { text: '', emoji: '', expiresAt: null };

/** A member who has just been added: no client, no status, no schedule. */
export function newUser(seed: SlackUserSeed, now: number): SlackUser {
  return {
    ...seed,
    displayName: seed.displayName ?? '',
    email: seed.email ?? null,
    title: seed.title ?? '',
    tz: seed.tz ?? 'Europe/London',
    kind: seed.kind ?? 'person',
    alwaysActive: seed.alwaysActive ?? false,
    deleted: seed.deleted ?? false,
    isAdmin: seed.isAdmin ?? false,
    isOwner: seed.isOwner ?? false,
    isRestricted: seed.isRestricted ?? false,
    isUltraRestricted: seed.isUltraRestricted ?? false,
    teamId: seed.teamId ?? null,
    isStranger: seed.isStranger ?? false,
    color: colorOf(seed.id),
    updatedAt: now,
    status: NO_STATUS,
    huddleUntil: null,
    dnd: null,
    dndEndedUntil: 0,
    snoozeUntil: null,
    clients: 0,
    attentive: false,
    lastActivity: now,
    manualAway: false,
  };
}

function colorOf(id: string): string {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash & 0xffffff).toString(16).padStart(6, '0');
}
