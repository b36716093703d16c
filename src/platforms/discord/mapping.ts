/** What Discord's payloads mean in Muster's words. Pure. The table is that of the README, “What a status means”. */

import type { Activity, Status } from '../../domain/presence/status.ts';
import { Temporal } from '../../domain/temporal.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { ObservationReport } from '../platform.ts';
import type { DiscordActivity, DiscordPresence, DiscordUser } from './schema.ts';

/** `invisible` is what one chooses and `offline` what others are told; either spelling means the same of somebody else. */
const STATUS_OF: ReadonlyMap<string, Status> = new Map([
  ['online', 'online'],
  ['idle', 'idle'],
  ['dnd', 'busy'],
  ['offline', 'offline'],
  ['invisible', 'offline'],
]);

/** The activity type that holds the custom status (docs.discord.com, “Activity Types”). */
const CUSTOM_STATUS = 4;
/** Kinds by activity type; 5 is “Competing in”. */
const KINDS: Readonly<Record<number, Activity['kind'] | undefined>> = {
  0: 'playing',
  1: 'streaming',
  2: 'listening',
  3: 'watching',
  5: 'playing',
};
/** A hanging status (6) and whatever comes after it are shown by name. */
const OTHER = 'other';

/** What Discord's own apps are called in `client_status`. */
const DEVICES = ['desktop', 'mobile', 'web', 'vr', 'embedded'];

/** A person's presence, put together from what was said so far. `raw` is null until a status was told. */
export interface PresenceState {
  readonly raw: string | null;
  readonly activities: readonly DiscordActivity[];
  /** `desktop`, `mobile`, …: where they are signed in and not offline. */
  readonly devices: readonly string[];
}

/** Of somebody whom a full list of presences leaves out. */
export const OFFLINE: PresenceState = { raw: 'offline', activities: [], devices: [] };

/** Discord's word as a status; what is not in its documentation is unknown. */
export function statusOf(raw: string | null): Status {
  return STATUS_OF.get(raw ?? '') ?? 'unknown';
}

/** Takes over what an update says; what it leaves out, or fills oddly, stays as it was. */
export function mergePresence(before: PresenceState | undefined, update: DiscordPresence): PresenceState {
  return {
    raw: update.status ?? before?.raw ?? null,
    activities: update.activities ?? before?.activities ?? [],
    devices: update.client_status ? devicesOf(update.client_status) : (before?.devices ?? []),
  };
}

function devicesOf(clientStatus: Readonly<Record<string, unknown>>): string[] {
  return DEVICES.filter((device) => device in clientStatus && clientStatus[device] !== 'offline');
}

/** How a look is told. `emojiName` gives a custom emoji's name for Muster's own emoji route, without colons. */
export interface Telling {
  readonly at: EpochMs;
  readonly replayed: boolean;
  readonly timeZone: string;
  readonly emojiName: (id: string, name: string) => string;
}

/** What Discord says about somebody. */
export function observationOf(userId: string, state: PresenceState, telling: Telling): ObservationReport {
  const status = statusOf(state.raw);
  const custom = state.activities.find(({ type }) => type === CUSTOM_STATUS);
  const known = status !== 'unknown' && state.devices.length > 0;
  return {
    userId,
    status,
    doNotDisturb: state.raw === 'dnd',
    rawStatus: known ? `${state.raw} (${state.devices.join(', ')})` : state.raw,
    message: custom?.state?.trim() || null,
    emoji: emojiOf(custom, telling.emojiName),
    activities: state.activities.filter(({ type }) => type !== CUSTOM_STATUS).map((one) => activityOf(one, telling)),
    lastSeen: null,
    observedAt: telling.at,
    source: 'push',
    replayed: telling.replayed,
  };
}

/** Of people whose servers all have an outage: nothing is said about them. */
export function unsaid(userId: string, at: EpochMs): ObservationReport {
  return {
    userId,
    status: 'unknown',
    doNotDisturb: false,
    rawStatus: 'server unavailable',
    message: null,
    emoji: null,
    activities: [],
    lastSeen: null,
    observedAt: at,
    source: 'push',
    replayed: true,
  };
}

function emojiOf(custom: DiscordActivity | undefined, emojiName: Telling['emojiName']): string | null {
  const emoji = custom?.emoji;
  if (!emoji?.name) return null;
  return emoji.id ? `:${emojiName(emoji.id, emoji.name)}:` : emoji.name;
}

/** `Factorio · Rail world · With friends · 09:30–`. */
function activityOf(activity: DiscordActivity, { timeZone }: Telling): Activity {
  const { name, details, state, timestamps } = activity;
  const times = timesOf(timestamps?.start, timestamps?.end, timeZone);
  const parts = [name, details, state, times].filter((part) => part?.trim());
  return { kind: KINDS[activity.type] ?? OTHER, detail: parts.length === 0 ? null : parts.join(' · ') };
}

function timesOf(start: number | null | undefined, end: number | null | undefined, timeZone: string): string | null {
  if (!start && !end) return null;
  return `${start ? clockTime(start, timeZone) : ''}–${end ? clockTime(end, timeZone) : ''}`;
}

/** `09:30`; empty for what is no instant, since Discord does not check what programs send. */
function clockTime(unixMs: number, timeZone: string): string {
  try {
    const instant = Temporal.Instant.fromEpochMilliseconds(Math.trunc(unixMs));
    return instant.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
  } catch {
    return '';
  }
}

/** What somebody is called on Discord at large; a server's nickname goes before it. */
export function nameOf(user: DiscordUser): string {
  return user.global_name?.trim() || user.username?.trim() || user.id;
}

/** The picture's path on the CDN; null without one of their own. An animated picture's still is taken. */
export function avatarKeyOf(user: DiscordUser): string | null {
  return user.avatar ? `avatars/${user.id}/${user.avatar}.png` : null;
}

/** A person, rather than a bot or Discord itself. */
export function isPerson(user: DiscordUser): boolean {
  return user.bot !== true && user.system !== true;
}
