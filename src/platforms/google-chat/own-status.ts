import { MusterError } from '../../domain/errors.ts';
import { addMs, DAY_MS, type EpochMs, HOUR_MS, SECOND_MS } from '../../domain/time.ts';
import type { AdapterContext, OwnStatusBundle, OwnTarget, PartResult } from '../platform.ts';
import type { GoogleChatClient } from './client.ts';
import {
  compareDnd,
  compareStatus,
  instantOf,
  parseDndSnapshot,
  parseStatusSnapshot,
  readingOf,
} from './own-snapshot.ts';
import { DEFAULT_EMOJI, fitWords } from './words.ts';

type StatusTarget = NonNullable<OwnTarget['status']>;
type DndTarget = NonNullable<OwnTarget['doNotDisturb']>;

/** How long Google is asked to show active when the wish has no end; the core sees it run out and asks again. */
const ACTIVE_MS = 8 * HOUR_MS;
/** As long for do-not-disturb without an end, so that a Muster that is gone leaves nobody unreachable for a year. */
const DND_MS = DAY_MS;
/** Google's longest do-not-disturb is a year. */
const LONGEST_DND_MS = 364 * DAY_MS;
/** Active for so short a time gives the state back to the user's own activity (reference of markAsActive). */
const HAND_BACK = '1s';

/** Chat lets people choose emoji of their company's own, which the API neither shows nor takes. */
const OTHER_EMOJI = 'Google does not tell apps the emoji that your status had: it is back with another one.';

/** What the state should be in the end; null: leave it. */
type State =
  | { readonly kind: 'active'; readonly until: EpochMs | null }
  | { readonly kind: 'away' }
  | { readonly kind: 'automatic' }
  | { readonly kind: 'dnd'; readonly end: { ttl: string } | { expireTime: string } };

/** Reads and writes the availability of whoever signed in. State and do-not-disturb are one thing at Google: both parts make it. */
export function ownStatusBundle(
  { clock, memory }: Pick<AdapterContext, 'clock' | 'memory'>,
  client: GoogleChatClient,
): OwnStatusBundle {
  const activeUntil = (): number | null => {
    const kept = memory.get('activeUntil');
    return typeof kept === 'number' ? kept : null;
  };
  const ttl = (until: EpochMs, longestMs = Number.POSITIVE_INFINITY): string => {
    const left = Math.min(longestMs, until - clock.now());
    return `${Math.max(1, Math.ceil(left / SECOND_MS))}s`;
  };

  async function writeWords(target: StatusTarget, signal: AbortSignal): Promise<readonly string[]> {
    if (target.kind === 'restore') {
      const kept = statusSnapshot(target);
      const ends = instantOf(kept.expireTime);
      const gone = kept.text === '' || (ends !== null && ends <= clock.now());
      const end = kept.expireTime === null ? {} : { expireTime: kept.expireTime };
      const unicode = kept.emoji === '' ? DEFAULT_EMOJI : kept.emoji;
      await client.setCustomStatus(gone ? null : { text: kept.text, emoji: { unicode }, ...end }, signal);
      return gone || unicode === kept.emoji ? [] : [OTHER_EMOJI];
    }
    const over = target.until !== null && target.until <= clock.now();
    const words = over ? null : fitWords(target.status, target.message, target.emoji);
    if (words === null) {
      await client.setCustomStatus(null, signal);
      return [];
    }
    const end = target.until === null ? {} : { ttl: ttl(target.until) };
    await client.setCustomStatus({ text: words.text, emoji: { unicode: words.emoji }, ...end }, signal);
    return words.notes;
  }

  /** The do-not-disturb that is wished; null: none. */
  function wantedDnd(target: DndTarget): State | null {
    if (target.kind === 'set') {
      if (!target.active || (target.until !== null && target.until <= clock.now())) return null;
      const until = target.until ?? addMs(clock.now(), DND_MS);
      return { kind: 'dnd', end: { ttl: ttl(until, LONGEST_DND_MS) } };
    }
    const kept = parseDndSnapshot(target.snapshot);
    if (kept === null) throw notASnapshot();
    const ends = instantOf(kept.expirationTime);
    if (!kept.active || kept.expirationTime === null || ends === null || ends <= clock.now()) return null;
    return { kind: 'dnd', end: { expireTime: kept.expirationTime } };
  }

  async function writeState(state: State, signal: AbortSignal): Promise<void> {
    memory.delete('activeUntil');
    if (state.kind === 'dnd') await client.markAsDoNotDisturb(state.end, signal);
    else if (state.kind === 'away') await client.markAsAway(signal);
    else if (state.kind === 'automatic') await client.markAsActive(HAND_BACK, signal);
    else {
      const until = state.until ?? addMs(clock.now(), ACTIVE_MS);
      memory.set('activeUntil', until);
      await client.markAsActive(ttl(until), signal);
    }
  }

  return {
    // Google has no busy of its own: it is do-not-disturb that others see.
    busyImpliesDoNotDisturb: true,
    async read(signal) {
      return readingOf(await client.read(signal), activeUntil());
    },
    async apply({ status, doNotDisturb }, signal) {
      const present = (await client.read(signal)).state;
      const notes = status === null ? [] : [...(await writeWords(status, signal))];
      const inDnd = present === 'DO_NOT_DISTURB';
      const dnd = doNotDisturb === null ? null : wantedDnd(doNotDisturb);
      if (doNotDisturb === null && inDnd) {
        if (status?.kind === 'set') notes.push('Your own do-not-disturb in Google Chat hides whether you are there.');
      } else {
        // What Google left behind when ours ran out (away) is not what was there before.
        const handBack = doNotDisturb !== null && (inDnd || (doNotDisturb.kind === 'restore' && present === 'AWAY'));
        const state =
          dnd ?? (status === null ? (handBack ? { kind: 'automatic' as const } : null) : wantedState(status));
        if (state !== null) await writeState(state, signal);
      }
      if (status?.kind === 'set' && status.status === 'offline') {
        notes.push('Google Chat has no “appear offline”: it shows you as away.');
      }
      if (status?.kind === 'restore' && statusSnapshot(status).state === 'AWAY') {
        notes.push('Google does not tell whether you were away by hand: you are shown by what you do again.');
      }
      return {
        status: status === null ? null : result(notes),
        doNotDisturb: doNotDisturb === null ? null : result([]),
      };
    },
    compare(part, written, read, now) {
      return part === 'status' ? compareStatus(written, read, now) : compareDnd(written, read, now);
    },
  };
}

/** The state that a status asks for by itself. What follows activity is given back to activity. */
function wantedState(target: StatusTarget): State {
  if (target.kind === 'restore') return { kind: 'automatic' };
  if (target.status === 'online' || target.status === 'busy') return { kind: 'active', until: target.until };
  return { kind: 'away' };
}

function statusSnapshot(target: StatusTarget & { kind: 'restore' }) {
  const kept = parseStatusSnapshot(target.snapshot);
  if (kept === null) throw notASnapshot();
  return kept;
}

function result(notes: readonly string[]): PartResult {
  return { outcome: notes.length === 0 ? 'applied' : 'partial', detail: notes.join(' ') || null, expiresBy: 'muster' };
}

function notASnapshot(): MusterError {
  return new MusterError(
    'internal',
    'The earlier Google Chat status that Muster kept could not be read, so it was not put back.',
  );
}
