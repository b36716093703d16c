import { MusterError } from '../../domain/errors.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import { cutText } from '../cut-text.ts';
import type { AccountMemory, OwnReading, OwnStatusBundle, OwnTarget, PartResult } from '../platform.ts';
import type { WhatsappClient } from './client.ts';

/** WhatsApp's limit of the “About” text, in characters; it cannot be empty either. */
const MAX_ABOUT = 139;

/**
 * How old a reading may be while the words are ours, in milliseconds. The core reads every 20 s then, which would be nearly all of the
 * 200 calls an hour: a change of the text at Meta is seen within two minutes.
 */
const OURS_READ_MS = 2 * MINUTE_MS;
/** The core reads before it writes; that reading is not asked for twice. */
const JUST_NOW_MS = 2 * SECOND_MS;

const NO_DO_NOT_DISTURB: PartResult = {
  outcome: 'unsupported',
  detail: 'WhatsApp has no do-not-disturb that an app could set.',
  expiresBy: 'muster',
};
const WORDS_ONLY = 'WhatsApp shows the message as the company’s “About” text, and no availability.';

/**
 * One's own words as the business profile's “About” text, for accounts that opted in. The text from before the first one is kept in the
 * account's memory too, for a wish without words: the text cannot be empty, so that it is put back then.
 */
export function ownAbout(client: WhatsappClient, memory: AccountMemory, clock: Pick<Clock, 'now'>): OwnStatusBundle {
  let last: { readonly at: EpochMs; readonly about: string } | null = null;

  async function present(ageMs: number, signal: AbortSignal): Promise<string> {
    const age = last === null ? null : clock.now() - last.at;
    if (last !== null && age !== null && age >= 0 && age < ageMs) return last.about;
    const about = await client.about(signal);
    last = { at: clock.now(), about };
    return about;
  }

  async function write(about: string, signal: AbortSignal): Promise<void> {
    last = null;
    await client.setAbout(about, signal);
  }

  async function read(signal: AbortSignal): Promise<OwnReading> {
    const ours = keptOf(memory)?.ours;
    const about = await present(ours !== undefined && ours === last?.about ? OURS_READ_MS : 0, signal);
    return {
      status: {
        status: 'unknown',
        message: about === '' ? null : about,
        emoji: null,
        until: null,
        snapshot: { about },
      },
      doNotDisturb: { active: false, until: null, snapshot: null },
    };
  }

  async function setStatus(target: NonNullable<OwnTarget['status']>, signal: AbortSignal): Promise<PartResult> {
    const seen = last?.about;
    const before = await present(JUST_NOW_MS, signal);
    if (target.kind === 'restore') {
      const about = aboutOf(target.snapshot);
      if (about === null) throw notASnapshot();
      // Somebody wrote another text since the core looked: that one stays.
      const theirs = seen !== undefined && seen !== before;
      if (about !== before && about !== '' && !theirs) await write(about, signal);
      memory.delete('about');
      return result(null);
    }
    const words = [target.emoji, target.message].map((part) => part?.trim() ?? '').filter((part) => part !== '');
    const whole = words.join(' ');
    const kept = keptOf(memory);
    if (whole === '') {
      if (kept === null || kept.ours !== before) return result('Without a message WhatsApp has nothing to show.');
      await write(kept.before, signal);
      memory.delete('about');
      return result('Without a message WhatsApp has nothing to show: your own “About” text is back.');
    }
    if (before === '') {
      return {
        outcome: 'unsupported',
        detail:
          'The business profile has no “About” text, and WhatsApp would not let Muster take it away again. Write one there once.',
        expiresBy: 'muster',
      };
    }
    const text = cutText(whole, MAX_ABOUT);
    memory.set('about', { before: kept !== null && kept.ours === before ? kept.before : before, ours: text });
    if (text !== before) await write(text, signal);
    const shortened = text === whole ? '' : ` WhatsApp takes ${MAX_ABOUT} characters: the message was shortened.`;
    return result(`${WORDS_ONLY}${shortened}`);
  }

  return {
    busyImpliesDoNotDisturb: false,
    read,
    async apply({ status, doNotDisturb }, signal) {
      return {
        status: status === null ? null : await setStatus(status, signal),
        doNotDisturb: doNotDisturb === null ? null : NO_DO_NOT_DISTURB,
      };
    },
    compare(part, written, reading) {
      if (part === 'doNotDisturb') return 'same';
      const ours = aboutOf(written);
      return ours !== null && ours === aboutOf(reading) ? 'same' : 'changed';
    },
  };
}

function aboutOf(snapshot: unknown): string | null {
  if (typeof snapshot !== 'object' || snapshot === null || !('about' in snapshot)) return null;
  return typeof snapshot.about === 'string' ? snapshot.about : null;
}

function keptOf(memory: AccountMemory): { before: string; ours: string } | null {
  const kept = memory.get('about');
  if (typeof kept !== 'object' || kept === null || !('before' in kept) || !('ours' in kept)) return null;
  const { before, ours } = kept;
  return typeof before === 'string' && typeof ours === 'string' ? { before, ours } : null;
}

function result(detail: string | null): PartResult {
  return { outcome: detail === null ? 'applied' : 'partial', detail, expiresBy: 'muster' };
}

function notASnapshot(): MusterError {
  return new MusterError(
    'internal',
    'The earlier “About” text that Muster kept could not be read, so it was not put back.',
  );
}
