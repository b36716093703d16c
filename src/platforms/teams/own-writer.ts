import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { OwnStatus } from '../../domain/own-status/intent.ts';
import { addMs, DAY_MS, type EpochMs, epochMs } from '../../domain/time.ts';
import { cutText } from '../cut-text.ts';
import type { AdapterContext, JsonValue, OwnTarget, PartResult } from '../platform.ts';
import { NO_SUCH_CALL } from './errors.ts';
import type { Graph } from './graph.ts';
import type { OwnSession } from './own-session.ts';
import {
  chosenOf,
  isSessionless,
  type Preferred,
  parseDndSnapshot,
  parseStatusSnapshot,
  showsDnd,
} from './own-snapshot.ts';
import { plainTextOf } from './text.ts';
import { durationOf, zonedUtc } from './times.ts';

type StatusTarget = NonNullable<OwnTarget['status']>;
type Pair = readonly [availability: string, activity: string];
/** A presence to prefer until then; `clear`: the automatic one. */
type Wanted = { readonly pair: Pair; readonly until: EpochMs | null } | 'clear';

const MOST_TEXT = 280;
const LONGEST_MS = 7 * DAY_MS;
const DND: Pair = ['DoNotDisturb', 'DoNotDisturb'];
const PAIRS: Readonly<Record<OwnStatus, Pair>> = {
  online: ['Available', 'Available'],
  busy: ['Busy', 'Busy'],
  away: ['Away', 'Away'],
  offline: ['Offline', 'OffWork'],
};
const KEPT = 'preferred';
const keptSchema = z.object({ availability: z.string(), activity: z.string(), until: z.number() });

const ONE_STATE = 'Teams has one status: do-not-disturb is what others see of you for now.';
const USERS_DND =
  'You have do-not-disturb on in Teams, which has one status: it stays what others see until you end it.';
/** Graph takes tags out, and with them whatever stands behind a `<` (presence-setstatusmessage, “xml sanitization”). */
const MARKUP = 'Teams takes out what looks like markup: ‹ and › stand for < and > in the message.';
const HIDDEN = 'While you appear offline, Teams has no do-not-disturb: it is not shown.';

/** What the writer needs. */
export interface OwnWriterParts {
  readonly context: Pick<AdapterContext, 'clock' | 'memory'>;
  readonly graph: Graph;
  readonly session: OwnSession;
  readonly selfId: string;
  /** False: the cloud may have no status messages, which Microsoft documents for the worldwide one only. */
  readonly statusMessages: boolean;
}

/** Makes one's own status on Teams what is wished. Every write can be repeated. */
export class OwnWriter {
  readonly #parts: OwnWriterParts;

  constructor(parts: OwnWriterParts) {
    this.#parts = parts;
  }

  /** What Muster made the preferred presence, until it has ended; null: nothing. */
  preferred(): Preferred | null {
    const { memory, clock } = this.#parts.context;
    const kept = keptSchema.safeParse(memory.get(KEPT)).data ?? null;
    return kept !== null && kept.until > clock.now() ? kept : null;
  }

  /** Both parts at once, since Teams has one state for both. */
  async apply(
    target: OwnTarget,
    signal: AbortSignal,
  ): Promise<{ status: PartResult | null; doNotDisturb: PartResult | null }> {
    const messageNotes = target.status === null ? [] : await this.#message(target.status, signal);
    const { wanted, statusNotes, dndNotes } = await this.#compose(target, signal);
    if (wanted !== null) await this.#prefer(wanted, signal);
    return {
      status: target.status === null ? null : result([...messageNotes, ...statusNotes], expiresBy(target.status)),
      doNotDisturb: target.doNotDisturb === null ? null : result(dndNotes, expiresBy(target.doNotDisturb)),
    };
  }

  async #compose(
    target: OwnTarget,
    signal: AbortSignal,
  ): Promise<{ wanted: Wanted | null; statusNotes: string[]; dndNotes: string[] }> {
    const base = target.status === null ? null : this.#presenceOf(target.status);
    const { doNotDisturb } = target;
    const plain = (wanted: Wanted | null) => ({ wanted, statusNotes: [], dndNotes: [] });
    if (doNotDisturb === null) {
      if (!(await this.#isUsersDnd(base, signal))) return plain(base);
      return { wanted: null, statusNotes: [USERS_DND], dndNotes: [] };
    }
    const dnd = this.#dndOf(doNotDisturb);
    if (dnd === 'off') {
      if (base !== null) return plain(base);
      // Without a status of ours: back to what was there before do-not-disturb, or to the automatic presence.
      if (doNotDisturb.kind === 'restore') {
        const before = parseDndSnapshot(doNotDisturb.snapshot);
        return plain(before === null ? 'clear' : restored(before));
      }
      const now = await this.#parts.graph.myPresence({ signal, urgent: true });
      return plain(showsDnd({ availability: now.availability ?? '' }) ? 'clear' : null);
    }
    const hidden = base !== null && base !== 'clear' && base.pair === PAIRS.offline;
    if (hidden) return { wanted: base, statusNotes: [], dndNotes: [HIDDEN] };
    const covers = target.status?.kind === 'set' && target.status.status !== 'busy';
    return { wanted: { pair: DND, until: dnd.until }, statusNotes: covers ? [ONE_STATE] : [], dndNotes: [] };
  }

  /** Whether the user's own do-not-disturb, which nobody asked to end, is in the way of this status. */
  async #isUsersDnd(wanted: Wanted | null, signal: AbortSignal): Promise<boolean> {
    if (wanted === null || wanted === 'clear' || wanted.pair === PAIRS.offline || wanted.pair[0] === DND[0])
      return false;
    if (this.preferred()?.availability === DND[0]) return false;
    const { availability, activity } = await this.#parts.graph.myPresence({ signal, urgent: true });
    const seen = { availability: availability ?? '', activity: activity ?? '' };
    return showsDnd(seen) && chosenOf(seen) !== null;
  }

  /** What a status wish or an earlier status wants to be shown. */
  #presenceOf(target: StatusTarget): Wanted {
    if (target.kind === 'restore') {
      const before = parseStatusSnapshot(target.snapshot);
      if (before === null) throw notASnapshot();
      return restored(before);
    }
    if (target.until !== null && target.until <= this.#parts.context.clock.now()) return 'clear';
    return { pair: PAIRS[target.status], until: target.until };
  }

  #dndOf(target: NonNullable<OwnTarget['doNotDisturb']>): 'off' | { readonly until: EpochMs | null } {
    if (target.kind === 'set') return target.active ? { until: target.until } : 'off';
    const before = parseDndSnapshot(target.snapshot);
    if (before === null) throw notASnapshot();
    return showsDnd(before) && chosenOf(before) !== null ? { until: keptEnd(before.ours) } : 'off';
  }

  async #prefer(wanted: Wanted, signal: AbortSignal): Promise<void> {
    const { graph, selfId, session, context } = this.#parts;
    const now = context.clock.now();
    if (wanted === 'clear' || (wanted.until !== null && wanted.until <= now)) {
      await graph.write('clearUserPreferredPresence', selfId, {}, { signal });
      context.memory.delete(KEPT);
      await session.end(signal);
      return;
    }
    const [availability, activity] = wanted.pair;
    const until = Math.min(wanted.until ?? usualEnd(availability, now), now + LONGEST_MS);
    const body = { availability, activity, expirationDuration: durationOf(until - now) };
    // Kept first: killed in between, it is still known to be ours.
    context.memory.set(KEPT, { availability, activity, until });
    await graph.write('setUserPreferredPresence', selfId, body, { signal });
    if (wanted.pair === PAIRS.offline) return session.end(signal);
    const seen = await graph.myPresence({ signal, urgent: true });
    const shown = { availability: seen.availability ?? '', activity: seen.activity ?? '' };
    if (isSessionless(shown)) await session.begin(signal);
  }

  /** Sets, restores or clears the status message; answers what did not go as wished. */
  async #message(target: StatusTarget, signal: AbortSignal): Promise<string[]> {
    const now = this.#parts.context.clock.now();
    if (target.kind === 'restore') {
      const before = parseStatusSnapshot(target.snapshot);
      if (before === null) throw notASnapshot();
      const over = before.messageEnds !== null && before.messageEnds <= now;
      const text = over ? null : plainTextOf(before.content, before.contentType);
      const ends = before.messageEnds === null ? null : epochMs(before.messageEnds);
      const notes = await this.#say(text ?? '', ends, signal);
      const lost = text !== null && before.contentType !== 'text' && text !== before.content;
      return lost
        ? [...notes, 'Teams takes plain text from other apps: what was bold or a link in your message is plain now.']
        : notes;
    }
    const over = target.until !== null && target.until <= now;
    const notes: string[] = [];
    const named = /^:[^:\s]+:$/.test(target.emoji ?? '');
    if (named) notes.push(`Teams has no emoji ${target.emoji}: the status is set without it.`);
    const whole = [named ? null : target.emoji, target.message].filter(Boolean).join(' ').trim();
    const text = cutText(whole, MOST_TEXT);
    if (text !== whole) notes.push(`Teams takes ${MOST_TEXT} characters: the message was shortened.`);
    return [...notes, ...(await this.#say(over ? '' : text, target.until, signal))];
  }

  async #say(words: string, until: EpochMs | null, signal: AbortSignal): Promise<string[]> {
    const { graph, selfId, statusMessages } = this.#parts;
    const content = words.replaceAll('<', '‹').replaceAll('>', '›');
    const message = { content, contentType: 'text' };
    const ends = content === '' || until === null ? null : zonedUtc(until);
    const statusMessage: JsonValue = ends === null ? { message } : { message, expiryDateTime: ends };
    try {
      await graph.write('setStatusMessage', selfId, { statusMessage }, { signal });
      return content === words ? [] : [MARKUP];
    } catch (thrown) {
      if (statusMessages || !(thrown instanceof MusterError) || !NO_SUCH_CALL.has(thrown.code)) throw thrown;
      return content === '' ? [] : ['This Microsoft cloud has no status messages: the status is set without it.'];
    }
  }
}

/** Back to what was seen before: a choice is chosen again, anything else came by itself and comes back by itself. */
function restored(before: { availability: string; activity: string; ours: Preferred | null }): Wanted {
  const pair = chosenOf(before);
  if (pair === null) return 'clear';
  return { pair, until: keptEnd(before.ours) };
}

function keptEnd(ours: Preferred | null): EpochMs | null {
  return ours === null ? null : epochMs(ours.until);
}

/** When Graph itself would end a preferred presence that has no end. */
function usualEnd(availability: string, now: EpochMs): EpochMs {
  return addMs(now, availability === 'Busy' || availability === 'DoNotDisturb' ? DAY_MS : LONGEST_MS);
}

function expiresBy(target: { readonly kind: string; readonly until?: EpochMs | null }): PartResult['expiresBy'] {
  return target.kind === 'set' && target.until != null ? 'platform' : 'muster';
}

function result(notes: readonly string[], by: PartResult['expiresBy']): PartResult {
  return { outcome: notes.length === 0 ? 'applied' : 'partial', detail: notes.join(' ') || null, expiresBy: by };
}

function notASnapshot(): MusterError {
  return new MusterError(
    'internal',
    'The earlier Teams status that Muster kept could not be read, so it was not put back.',
  );
}
