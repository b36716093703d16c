/** What Slack holds of one's own status, in the form that is kept for putting it back and for comparing. Pure. */
import { z } from 'zod';
import type { JsonValue } from '../platform.ts';
import type { SlackDndInfo, SlackPresence, SlackProfile } from './schema.ts';
import { readableEmoji, readableText } from './text.ts';

/** Slack puts this beside a text that came without an emoji. */
const DEFAULT_EMOJI = ':speech_balloon:';
/** Slack counts snoozes in whole seconds from its own clock; closer ends are the same end. */
const SNOOZE_TOLERANCE_SECONDS = 2;

const statusSnapshotSchema = z.object({
  text: z.string(),
  /** With colons, or empty. */
  emoji: z.string(),
  /** Unix seconds of Slack's clock; 0 = does not end. */
  expiration: z.number(),
  /** Set as away by hand. */
  away: z.boolean(),
});
/** Status text, emoji, their end, and the away switch, in Slack's own words. */
export type StatusSnapshot = z.infer<typeof statusSnapshotSchema>;

const snoozeSnapshotSchema = z.object({
  /** Unix seconds of Slack's clock; null = not snoozed. */
  endsAt: z.number().nullable(),
  /** Slack allows “until I turn it on again” in its own apps only. */
  indefinite: z.boolean(),
});
/** The snooze; one's own notification schedule is Slack's setting and no part of it. */
export type SnoozeSnapshot = z.infer<typeof snoozeSnapshotSchema>;

/** The parts of a profile that a status consists of. */
export function statusSnapshotOf(profile: SlackProfile, presence: SlackPresence): StatusSnapshot {
  return {
    text: profile.status_text ?? '',
    emoji: profile.status_emoji ?? '',
    expiration: profile.status_expiration ?? 0,
    away: presence.manual_away ?? false,
  };
}

/** The snooze in force at `nowSeconds` of Slack's clock. */
export function snoozeSnapshotOf(info: SlackDndInfo, nowSeconds: number): SnoozeSnapshot {
  const indefinite = info.snooze_enabled === true && info.snooze_is_indefinite === true;
  const end = info.snooze_enabled === true && !indefinite ? (info.snooze_endtime ?? 0) : 0;
  return { endsAt: end > nowSeconds ? end : null, indefinite };
}

/** A snapshot that was kept; null when it is not one of ours. */
export function parseStatusSnapshot(value: JsonValue): StatusSnapshot | null {
  return statusSnapshotSchema.safeParse(value).data ?? null;
}

/** A snapshot that was kept; null when it is not one of ours. */
export function parseSnoozeSnapshot(value: JsonValue): SnoozeSnapshot | null {
  return snoozeSnapshotSchema.safeParse(value).data ?? null;
}

/** Is the status still what was written? `nowSeconds` of Slack's clock. What Slack normalises by itself is no change. */
export function compareStatus(written: JsonValue, read: JsonValue, nowSeconds: number): 'same' | 'expired' | 'changed' {
  const ours = parseStatusSnapshot(written);
  const theirs = parseStatusSnapshot(read);
  if (ours === null || theirs === null || ours.away !== theirs.away) return 'changed';
  if (wordsOf(ours) === wordsOf(theirs) && ours.expiration === theirs.expiration) return 'same';
  const ranOut = ours.expiration > 0 && ours.expiration <= nowSeconds;
  return ranOut && theirs.text === '' && theirs.emoji === '' ? 'expired' : 'changed';
}

/** Is the snooze still what was written? */
export function compareSnooze(written: JsonValue, read: JsonValue, nowSeconds: number): 'same' | 'expired' | 'changed' {
  const ours = parseSnoozeSnapshot(written);
  const theirs = parseSnoozeSnapshot(read);
  if (ours === null || theirs === null || ours.indefinite !== theirs.indefinite) return 'changed';
  if (ours.endsAt === theirs.endsAt) return 'same';
  if (ours.endsAt === null) return 'changed';
  if (theirs.endsAt === null) return ours.endsAt <= nowSeconds ? 'expired' : 'changed';
  return Math.abs(ours.endsAt - theirs.endsAt) <= SNOOZE_TOLERANCE_SECONDS ? 'same' : 'changed';
}

/** Text and emoji in one comparable form: entities and standard names decoded, Slack's default emoji filled in. */
function wordsOf(status: StatusSnapshot): string {
  const text = readableText(status.text).trim();
  const emoji = status.emoji === '' && text !== '' ? DEFAULT_EMOJI : status.emoji;
  return JSON.stringify([text, readableEmoji({ status_emoji: emoji })]);
}
