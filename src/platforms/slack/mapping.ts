/**
 * What Slack's payloads mean in Muster's words. Pure. The table is that of the platform's facts (README, “What a status means”);
 * its rows are tried in order.
 */
import type { Activity, Status } from '../../domain/presence/status.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { IdentityReport, ObservationReport } from '../platform.ts';
import type { SlackDnd, SlackMember, SlackProfile } from './schema.ts';
import { readableEmoji, readableText, unescapeText } from './text.ts';

/** Slack's own helper, which no flag marks as a bot. */
const SLACKBOT = 'USLACKBOT';

/**
 * A colleague, rather than a bot, a former member, a stranger of another organisation or oneself. Guests and people of other
 * organisations in shared channels count: one works with them.
 */
export function isColleague(member: SlackMember, selfId: string): boolean {
  const bot =
    member.is_bot === true ||
    member.is_workflow_bot === true ||
    member.is_connector_bot === true ||
    member.id === SLACKBOT;
  return !bot && member.deleted !== true && member.is_stranger !== true && member.id !== selfId;
}

/** Whether somebody belongs to the workspace itself, rather than being seen through a shared channel. */
export function isMemberOf(member: SlackMember, teamId: string): boolean {
  return !member.team_id || member.team_id === teamId || member.enterprise_user?.teams?.includes(teamId) === true;
}

/** A member as the roster tells it. Slack has no roster groups. */
export function identityOf(member: SlackMember): IdentityReport {
  const profile = member.profile;
  const names = [profile?.display_name, profile?.real_name, member.real_name, member.name];
  const name = names.find((candidate) => candidate !== undefined && candidate.trim() !== '');
  const confirmed = member.is_email_confirmed !== false;
  return {
    userId: member.id,
    displayName: unescapeText(name ?? member.id).trim(),
    email: confirmed && profile?.email ? profile.email : null,
    avatarKey: profile?.image_192 || profile?.image_72 || null,
    timeZone: member.tz || null,
    groups: [],
  };
}

/** What a profile says beside names: Slack's Unix times as instants of our clock; null = no end. */
export interface ProfileState {
  readonly message: string | null;
  readonly emoji: string | null;
  readonly statusEnds: EpochMs | null;
  readonly inHuddle: boolean;
  readonly huddleEnds: EpochMs | null;
}

/** The status, emoji and huddle of a profile. `fromSlack` turns Unix seconds of Slack's clock into our instant. */
export function profileStateOf(profile: SlackProfile, fromSlack: (seconds: number) => EpochMs): ProfileState {
  const text = readableText(profile.status_text ?? '').trim();
  const ends = (seconds: number | undefined): EpochMs | null => (seconds ? fromSlack(seconds) : null);
  return {
    message: text === '' ? null : text,
    emoji: readableEmoji(profile),
    statusEnds: ends(profile.status_expiration),
    inHuddle: profile.huddle_state === 'in_a_huddle',
    huddleEnds: ends(profile.huddle_state_expiration_ts),
  };
}

/** One look at somebody's presence. `replayed`: the first look of this connection, which may be old news. */
export interface Look {
  readonly raw: string;
  readonly at: EpochMs;
  readonly replayed: boolean;
}

/** A do-not-disturb window, `start <= now < end`. */
export interface DndWindow {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/**
 * The running or next do-not-disturb window; null without one. Only the times count: `dnd_enabled` says no more than that a schedule
 * exists, and without one both times are 1.
 */
export function windowOf(dnd: SlackDnd, fromSlack: (seconds: number) => EpochMs): DndWindow | null {
  const start = dnd.next_dnd_start_ts ?? 0;
  const end = dnd.next_dnd_end_ts ?? 0;
  return start < end ? { start: fromSlack(start), end: fromSlack(end) } : null;
}

/** `start <= now < end`. */
export function isInside(window: DndWindow | null, now: EpochMs): boolean {
  return window !== null && window.start <= now && now < window.end;
}

/** What is known about somebody, from different calls. */
export interface Known {
  readonly look: Look | null;
  readonly profile: ProfileState | null;
  readonly dnd: DndWindow | null;
}

/** Values in place of a presence when Slack no longer shows the person; kept as the raw status. */
const NOT_SHOWN = new Set(['user_not_found', 'user_not_visible', 'deleted']);

/** What Slack says about somebody at `now`; null before the first look. The look's time is the observation's: other calls never renew it. */
export function observationOf(userId: string, known: Known, now: EpochMs): ObservationReport | null {
  const { look, profile, dnd } = known;
  if (look === null) return null;
  const inDnd = isInside(dnd, now);
  const inHuddle = profile?.inHuddle === true && isBefore(now, profile.huddleEnds);
  const shown = profile !== null && isBefore(now, profile.statusEnds);
  const status = statusOf(look.raw, inDnd, inHuddle);
  const visible = !NOT_SHOWN.has(look.raw);
  const activities: readonly Activity[] = inHuddle && visible ? [{ kind: 'in-a-call', detail: null }] : [];
  return {
    userId,
    status,
    doNotDisturb: inDnd && visible,
    rawStatus: look.raw,
    message: shown && visible ? profile.message : null,
    emoji: shown && visible ? profile.emoji : null,
    activities,
    lastSeen: null,
    observedAt: look.at,
    source: 'poll',
    replayed: look.replayed,
  };
}

/** The rows for other people. Their `away` is by hand, by itself or disconnected: Slack does not tell, so it is never idle or offline. */
function statusOf(raw: string, inDnd: boolean, inHuddle: boolean): Status {
  if (raw === 'active') return inDnd || inHuddle ? 'busy' : 'online';
  return raw === 'away' ? 'away' : 'unknown';
}

function isBefore(now: EpochMs, end: EpochMs | null): boolean {
  return end === null || now < end;
}

/** The instants after `now` at which what is known means something else by itself. */
export function boundariesOf(known: Known, now: EpochMs): EpochMs[] {
  const { profile, dnd } = known;
  const candidates = [
    dnd?.start ?? null,
    dnd?.end ?? null,
    profile !== null && (profile.message !== null || profile.emoji !== null) ? profile.statusEnds : null,
    profile?.inHuddle === true ? profile.huddleEnds : null,
  ];
  return candidates.filter((instant): instant is EpochMs => instant !== null && instant > now);
}
