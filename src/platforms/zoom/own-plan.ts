/** What to write so that Zoom's one value shows what is wished of status and do-not-disturb together. Pure. */
import type { OwnStatus } from '../../domain/own-status/intent.ts';
import { type EpochMs, MINUTE_MS } from '../../domain/time.ts';
import type { JsonValue } from '../json.ts';
import type { OwnTarget, PartResult } from '../platform.ts';
import { meaningOf, plainWord } from './mapping.ts';
import {
  compareDoNotDisturb,
  endOf,
  isDoNotDisturb,
  type PresenceSnapshot,
  parseSnapshot,
  ranOut,
} from './own-snapshot.ts';

type StatusTarget = NonNullable<OwnTarget['status']>;

/** The longest do-not-disturb that Zoom takes (the reference of PUT presence_status). */
const LONGEST_MINUTES = 1_440;
const DO_NOT_DISTURB = 'Do_Not_Disturb';
const NEUTRAL = 'Available';

/** Zoom has no invisible: who wants to be offline is shown as away. */
const NATIVE: Readonly<Record<OwnStatus, string>> = {
  online: 'Available',
  away: 'Away',
  busy: 'Busy',
  offline: 'Away',
};

/** What Zoom takes in a PUT and shows until something else is set; what Zoom sets by itself is not put back as if it were the user's. */
const LASTING = new Map(['Available', 'Away', 'Busy', 'Out_of_Office'].map((native) => [plainWord(native), native]));

const NOTES = {
  words: 'Zoom has no status text or emoji: it shows the status alone.',
  offline: 'Zoom has no “appear offline”: it shows you as away.',
  covered: 'Do-not-disturb is on in Zoom, which shows it instead of your status.',
  meeting: 'You are in a Zoom meeting or call, which Zoom shows as long as it lasts; your status follows.',
} as const;

/** What is to be written: `minutes` with do-not-disturb only. */
export interface OwnWrite {
  readonly native: string;
  readonly minutes: number | null;
}

/** What to do about a wish. */
export interface OwnPlan {
  /** Null: Zoom shows it already. */
  readonly write: OwnWrite | null;
  /** What comes to light when do-not-disturb ends, to be kept until then; null while there is none. */
  readonly covered: string | null;
  readonly status: PartResult | null;
  readonly doNotDisturb: PartResult | null;
}

/** `covered`: what was kept when do-not-disturb was set; null when nothing was. */
export function planOwn(target: OwnTarget, current: PresenceSnapshot, covered: string | null, now: EpochMs): OwnPlan {
  const base = baseOf(target, current, covered, now);
  const disturb = doNotDisturbOf(target, current, now);
  const results = { status: statusResult(target.status, disturb !== null, current), doNotDisturb: null };
  if (disturb !== null) {
    const minutes = minutesUntil(disturb.until, now);
    const part: PartResult | null =
      target.doNotDisturb === null
        ? null
        : { outcome: 'applied', detail: null, expiresBy: endsItself(disturb.until, now) ? 'platform' : 'muster' };
    const stands = isDoNotDisturb(current.native) && (disturb.until === null || sameEnd(disturb.until, current, now));
    return {
      ...results,
      doNotDisturb: part,
      write: stands ? null : { native: DO_NOT_DISTURB, minutes },
      covered: base,
    };
  }
  const part: PartResult | null =
    target.doNotDisturb === null ? null : { outcome: 'applied', detail: null, expiresBy: 'muster' };
  const stands = plainWord(base) === plainWord(current.native) || (waits(target, current) && !wasDisturbed(current));
  return { ...results, doNotDisturb: part, write: stands ? null : { native: base, minutes: null }, covered: null };
}

/** The value beneath do-not-disturb. */
function baseOf(target: OwnTarget, current: PresenceSnapshot, covered: string | null, now: EpochMs): string {
  if (target.status?.kind === 'set') return NATIVE[target.status.status];
  if (target.status?.kind === 'restore') return lasting(snapshotIn(target.status.snapshot, now).native);
  // The status is not ours: it stays as it is, or as it was before do-not-disturb.
  if (!isDoNotDisturb(current.native)) return current.native;
  if (covered !== null) return covered;
  return target.doNotDisturb?.kind === 'restore'
    ? lasting(snapshotIn(target.doNotDisturb.snapshot, now).native)
    : NEUTRAL;
}

/** The do-not-disturb that is to be there; null: none. Without a wish, the user's own stays. */
function doNotDisturbOf(
  { status, doNotDisturb }: OwnTarget,
  current: PresenceSnapshot,
  now: EpochMs,
): { readonly until: EpochMs | null } | null {
  if (doNotDisturb?.kind === 'set') return doNotDisturb.active ? { until: doNotDisturb.until } : null;
  const kept = doNotDisturb ?? (status?.kind === 'restore' ? status : null);
  if (kept !== null) {
    const snapshot = snapshotIn(kept.snapshot, now);
    if (isDoNotDisturb(snapshot.native)) return { until: endOf(snapshot) };
    return null;
  }
  return isDoNotDisturb(current.native) ? { until: endOf(current) } : null;
}

/** What was kept, as it is worth now: do-not-disturb that has run out meanwhile is none. What cannot be read is nothing to come back to. */
function snapshotIn(value: JsonValue, now: EpochMs): PresenceSnapshot {
  const snapshot = parseSnapshot(value);
  return snapshot === null || ranOut(snapshot, now) ? { native: NEUTRAL, endsAt: null } : snapshot;
}

function lasting(native: string): string {
  return LASTING.get(plainWord(native)) ?? NEUTRAL;
}

function minutesUntil(until: EpochMs | null, now: EpochMs): number {
  const left = until === null ? LONGEST_MINUTES : Math.ceil((until - now) / MINUTE_MS);
  return Math.min(LONGEST_MINUTES, Math.max(1, left));
}

/** Without an end, or with one that is too far for Zoom, it is set for a day: the core sees it run out and asks again. */
function endsItself(until: EpochMs | null, now: EpochMs): boolean {
  return until !== null && until - now <= LONGEST_MINUTES * MINUTE_MS;
}

function sameEnd(until: EpochMs, current: PresenceSnapshot, now: EpochMs): boolean {
  return compareDoNotDisturb({ native: DO_NOT_DISTURB, endsAt: until }, { ...current }, now) === 'same';
}

/** A status that is set while Zoom shows a meeting or call would hide that; it is written once that is over. */
function waits(target: OwnTarget, current: PresenceSnapshot): boolean {
  const { automatic, activity } = meaningOf(current.native);
  return target.status?.kind === 'set' && automatic && activity !== null;
}

function wasDisturbed(current: PresenceSnapshot): boolean {
  return isDoNotDisturb(current.native);
}

function statusResult(status: StatusTarget | null, disturbed: boolean, current: PresenceSnapshot): PartResult | null {
  if (status === null) return null;
  if (status.kind === 'restore') return { outcome: 'applied', detail: null, expiresBy: 'muster' };
  const notes = [
    status.status === 'offline' ? NOTES.offline : null,
    status.message !== null || status.emoji !== null ? NOTES.words : null,
    disturbed && status.status !== 'busy' ? NOTES.covered : null,
    !disturbed && waits({ status, doNotDisturb: null }, current) ? NOTES.meeting : null,
  ].filter((note) => note !== null);
  const detail = notes.length === 0 ? null : notes.join(' ');
  return { outcome: detail === null ? 'applied' : 'partial', detail, expiresBy: 'muster' };
}
