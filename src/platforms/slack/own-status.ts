import type { Status } from '../../domain/presence/status.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { AdapterContext, OwnReading, OwnStatusBundle } from '../platform.ts';
import type { SlackClient } from './client.ts';
import { isInside, profileStateOf, windowOf } from './mapping.ts';
import { compareSnooze, compareStatus, snoozeSnapshotOf, statusSnapshotOf } from './own-snapshot.ts';
import { OwnWriter } from './own-writer.ts';
import {
  dndInfoSchema,
  presenceSchema,
  profileGetSchema,
  type SlackDndInfo,
  type SlackPresence,
  type SlackProfile,
} from './schema.ts';

/** One's own status, and where to tell that one's own profile came along with the roster. */
export interface OwnStatus {
  readonly bundle: OwnStatusBundle;
  noticeProfile(profile: SlackProfile): void;
  /** One's own do-not-disturb came by event. */
  noticeDnd(info: SlackDndInfo): void;
}

/** Reads and writes the status of the person whose token it is. */
export function ownStatusBundle(
  context: Pick<AdapterContext, 'clock' | 'report'>,
  client: SlackClient,
  selfId: string,
): OwnStatus {
  const writer = new OwnWriter(context.clock, client, selfId);
  const nowSeconds = (): number => client.time.toSlack(context.clock.now());
  /** The profile's status as last read, for noticing that it is another one now; null until read, and after writing. */
  let lastWords: string | null = null;
  /** The same for do-not-disturb. */
  let lastDnd: string | null = null;

  async function read(signal: AbortSignal): Promise<OwnReading> {
    const options = { signal, urgent: true };
    const [{ profile }, presence, dnd] = await Promise.all([
      client.call('users.profile.get', {}, profileGetSchema, options),
      client.call('users.getPresence', { user: selfId }, presenceSchema, options),
      client.call('dnd.info', { user: selfId }, dndInfoSchema, options),
    ]);
    lastWords = wordsOf(profile);
    lastDnd = dndOf(dnd, nowSeconds());
    const snooze = snoozeSnapshotOf(dnd, nowSeconds());
    const fromSlack = (seconds: number): EpochMs => client.time.fromSlack(seconds);
    const window = windowOf(dnd, fromSlack);
    const scheduled = window !== null && isInside(window, context.clock.now()) ? window.end : null;
    const snoozed = snooze.endsAt === null ? null : fromSlack(snooze.endsAt);
    const active = snooze.indefinite || snoozed !== null || scheduled !== null;
    const { message, emoji, statusEnds, inHuddle, huddleEnds } = profileStateOf(profile, fromSlack);
    const talking = inHuddle && (huddleEnds === null || context.clock.now() < huddleEnds);
    return {
      status: {
        status: ownStatusOf(presence, active || talking),
        message,
        emoji,
        until: statusEnds,
        snapshot: statusSnapshotOf(profile, presence),
      },
      doNotDisturb: { active, until: snooze.indefinite ? null : laterOf(snoozed, scheduled), snapshot: snooze },
    };
  }

  return {
    bundle: {
      // Slack shows only active and away: being busy is visible through do-not-disturb alone.
      busyImpliesDoNotDisturb: true,
      read,
      async apply(target, signal) {
        lastWords = null;
        lastDnd = null;
        const status = target.status === null ? null : await writer.status(target.status, signal);
        const doNotDisturb =
          target.doNotDisturb === null ? null : await writer.doNotDisturb(target.doNotDisturb, signal);
        return { status, doNotDisturb };
      },
      compare(part, written, reading, now) {
        const seconds = client.time.toSlack(now);
        return part === 'status' ? compareStatus(written, reading, seconds) : compareSnooze(written, reading, seconds);
      },
    },
    noticeProfile(profile) {
      const words = wordsOf(profile);
      const changed = lastWords !== null && words !== lastWords;
      if (!changed) return;
      lastWords = words;
      context.report.ownChanged();
    },
    noticeDnd(info) {
      const dnd = dndOf(info, nowSeconds());
      const changed = lastDnd !== null && dnd !== lastDnd;
      if (!changed) return;
      lastDnd = dnd;
      context.report.ownChanged();
    },
  };
}

/** The table's rows for oneself, of whom Slack tells why one is away. */
function ownStatusOf(presence: SlackPresence, busy: boolean): Status {
  if (presence.presence === 'active') return busy ? 'busy' : 'online';
  if (presence.presence !== 'away') return 'unknown';
  return presence.manual_away !== true && presence.auto_away === true ? 'idle' : 'away';
}

function laterOf(first: EpochMs | null, second: EpochMs | null): EpochMs | null {
  return first === null || second === null ? (first ?? second) : first > second ? first : second;
}

function wordsOf(profile: SlackProfile): string {
  return JSON.stringify([profile.status_text ?? '', profile.status_emoji ?? '', profile.status_expiration ?? 0]);
}

function dndOf(info: SlackDndInfo, seconds: number): string {
  return JSON.stringify([snoozeSnapshotOf(info, seconds), info.next_dnd_start_ts ?? 1, info.next_dnd_end_ts ?? 1]);
}
