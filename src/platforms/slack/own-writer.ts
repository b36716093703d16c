import { MusterError } from '../../domain/errors.ts';
import { type EpochMs, MINUTE_MS } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import { cutText } from '../cut-text.ts';
import type { JsonValue, OwnTarget, PartResult } from '../platform.ts';
import type { SlackClient } from './client.ts';
import { wordOf } from './errors.ts';
import { isInside, windowOf } from './mapping.ts';
import { parseSnoozeSnapshot, parseStatusSnapshot, type SnoozeSnapshot, snoozeSnapshotOf } from './own-snapshot.ts';
import { fitWords } from './own-words.ts';
import { dndInfoSchema, doneSchema, presenceSchema, type SlackDndInfo } from './schema.ts';
import { unescapeText } from './text.ts';

type StatusTarget = NonNullable<OwnTarget['status']>;
type DndTarget = NonNullable<OwnTarget['doNotDisturb']>;

/** Apps cannot snooze without an end; Slack documents that there is a longest snooze (`too_long`), not how long it is. */
const LONGEST_SNOOZE_MINUTES = 24 * 60;

/** Slack keeps emoji by their names, and may count these: a text within the limit can be too long. Shorter ones are not cut any more. */
const SHORTEST_CUT = 8;
const TOO_LONG = 'Slack found the message too long: it was shortened.';

/** Makes one's own status on Slack what is wished. Every write can be repeated. */
export class OwnWriter {
  readonly #clock: Clock;
  readonly #client: SlackClient;
  readonly #selfId: string;

  constructor(clock: Clock, client: SlackClient, selfId: string) {
    this.#clock = clock;
    this.#client = client;
    this.#selfId = selfId;
  }

  /** Status text, emoji, end, and the away switch. */
  async status(target: StatusTarget, signal: AbortSignal): Promise<PartResult> {
    if (target.kind === 'restore') return this.#restoreStatus(target.snapshot, signal);
    const over = target.until !== null && target.until <= this.#clock.now();
    const words = over ? fitWords(null, null) : fitWords(target.message, target.emoji);
    const notes = [...words.notes];
    const hasWords = words.text !== '' || words.emoji !== '';
    const expiration = target.until !== null && hasWords ? this.#client.time.toSlack(target.until) : 0;
    notes.push(...(await this.#setProfile(words.text, words.emoji, expiration, signal)));
    const reachable = target.status === 'online' || target.status === 'busy';
    await this.#setAway(!reachable, signal);
    if (target.status === 'offline') notes.push('Slack has no “appear offline”: it shows you as away.');
    if (reachable && !(await this.#isActive(signal))) {
      notes.push('Slack shows you as away until one of your Slack apps is open and in use.');
    }
    return result(notes, reachable && expiration > 0 ? 'platform' : 'muster');
  }

  /** Pausing notifications. Whole minutes, rounded up: Muster ends it on time, and Slack soon after when Muster cannot. */
  async doNotDisturb(target: DndTarget, signal: AbortSignal): Promise<PartResult> {
    if (target.kind === 'restore') return this.#restoreSnooze(target.snapshot, signal);
    if (!target.active) {
      const info = await this.#dndInfo(signal);
      await this.#endSnooze(info, signal);
      const window = windowOf(info, (seconds) => this.#client.time.fromSlack(seconds));
      const scheduled = isInside(window, this.#clock.now());
      return result(
        scheduled
          ? ['Your notification schedule in Slack keeps do-not-disturb on for now; Muster leaves that schedule alone.']
          : [],
      );
    }
    return this.#snoozeUntil(target.until, signal);
  }

  async #restoreStatus(kept: JsonValue, signal: AbortSignal): Promise<PartResult> {
    const snapshot = parseStatusSnapshot(kept);
    if (snapshot === null) throw notASnapshot();
    const ranOut = snapshot.expiration > 0 && snapshot.expiration <= this.#nowSeconds();
    const notes = ranOut
      ? await this.#setProfile('', '', 0, signal)
      : await this.#setProfile(unescapeText(snapshot.text), snapshot.emoji, snapshot.expiration, signal);
    await this.#setAway(snapshot.away, signal);
    return result(notes);
  }

  async #restoreSnooze(kept: JsonValue, signal: AbortSignal): Promise<PartResult> {
    const snapshot = parseSnoozeSnapshot(kept);
    if (snapshot === null) throw notASnapshot();
    const info = await this.#dndInfo(signal);
    const current = snoozeSnapshotOf(info, this.#nowSeconds());
    if (snapshot.indefinite) {
      if (current.indefinite) return result([]);
      await this.#snoozeUntil(null, signal);
      return result(['Only Slack’s own apps can pause notifications without an end: yours are paused for 24 hours.']);
    }
    if (isOver(snapshot, this.#nowSeconds())) {
      await this.#endSnooze(info, signal);
      return result([]);
    }
    if (current.endsAt === snapshot.endsAt) return result([]);
    return this.#snoozeUntil(this.#client.time.fromSlack(snapshot.endsAt ?? 0), signal);
  }

  /** Without an end, or with one that is too far for Slack, for a day: the core sees it run out and asks again. */
  async #snoozeUntil(until: EpochMs | null, signal: AbortSignal): Promise<PartResult> {
    const left = until === null ? LONGEST_SNOOZE_MINUTES : Math.ceil((until - this.#clock.now()) / MINUTE_MS);
    const minutes = Math.max(1, left);
    try {
      await this.#snooze(minutes, signal);
    } catch (thrown) {
      if (wordOf(thrown) !== 'too_long' || minutes <= LONGEST_SNOOZE_MINUTES) throw thrown;
      await this.#snooze(LONGEST_SNOOZE_MINUTES, signal);
    }
    return result([]);
  }

  async #snooze(minutes: number, signal: AbortSignal): Promise<void> {
    await this.#client.call('dnd.setSnooze', { num_minutes: minutes }, doneSchema, { signal, urgent: true });
  }

  async #endSnooze(info: SlackDndInfo, signal: AbortSignal): Promise<void> {
    const current = snoozeSnapshotOf(info, this.#nowSeconds());
    if (current.endsAt === null && !current.indefinite) return;
    try {
      await this.#client.call('dnd.endSnooze', {}, doneSchema, { signal, urgent: true });
    } catch (thrown) {
      if (wordOf(thrown) !== 'snooze_not_active') throw thrown;
    }
  }

  /** Sets the profile's status; an emoji that the workspace does not have is left out, and what Slack counts as too long is cut: both are told. */
  async #setProfile(text: string, emoji: string, expiration: number, signal: AbortSignal): Promise<string[]> {
    const profile = { status_text: text, status_emoji: emoji, status_expiration: expiration };
    const options = { signal, urgent: true };
    try {
      await this.#client.call('users.profile.set', { profile }, doneSchema, options);
      return [];
    } catch (thrown) {
      const length = [...text].length;
      if (wordOf(thrown) === 'too_long' && length > SHORTEST_CUT) {
        const notes = await this.#setProfile(cutText(text, Math.ceil(length / 2)), emoji, expiration, signal);
        return notes.includes(TOO_LONG) ? notes : [TOO_LONG, ...notes];
      }
      if (emoji === '' || !NO_SUCH_EMOJI.has(wordOf(thrown) ?? '')) throw thrown;
      const without = { ...profile, status_emoji: '', status_expiration: text === '' ? 0 : expiration };
      await this.#client.call('users.profile.set', { profile: without }, doneSchema, options);
      return [`Slack has no emoji ${emoji}: the status is set without it.`];
    }
  }

  async #setAway(away: boolean, signal: AbortSignal): Promise<void> {
    const presence = away ? 'away' : 'auto';
    await this.#client.call('users.setPresence', { presence }, doneSchema, { signal, urgent: true });
  }

  async #isActive(signal: AbortSignal): Promise<boolean> {
    const args = { user: this.#selfId };
    const { presence } = await this.#client.call('users.getPresence', args, presenceSchema, { signal, urgent: true });
    return presence === 'active';
  }

  async #dndInfo(signal: AbortSignal): Promise<SlackDndInfo> {
    return this.#client.call('dnd.info', { user: this.#selfId }, dndInfoSchema, { signal, urgent: true });
  }

  #nowSeconds(): number {
    return this.#client.time.toSlack(this.#clock.now());
  }
}

const NO_SUCH_EMOJI = new Set([
  'profile_status_set_failed_not_valid_emoji',
  'profile_status_set_failed_not_emoji_syntax',
]);

function isOver(snapshot: SnoozeSnapshot, nowSeconds: number): boolean {
  return snapshot.endsAt === null || snapshot.endsAt <= nowSeconds;
}

function result(notes: readonly string[], expiresBy: PartResult['expiresBy'] = 'muster'): PartResult {
  return { outcome: notes.length === 0 ? 'applied' : 'partial', detail: notes.join(' ') || null, expiresBy };
}

function notASnapshot(): MusterError {
  return new MusterError(
    'internal',
    'The earlier Slack status that Muster kept could not be read, so it was not put back.',
  );
}
