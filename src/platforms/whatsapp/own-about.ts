import { MusterError } from '../../domain/errors.ts';
import { cutText } from '../cut-text.ts';
import type { AccountMemory, OwnReading, OwnStatusBundle, OwnTarget, PartResult } from '../platform.ts';
import type { WhatsappClient } from './client.ts';

/** WhatsApp's limit of the “About” text, in characters; it cannot be empty either. */
const MAX_ABOUT = 139;

/** Each look is one of 200 calls an hour. */
const WATCH_SECONDS = 180;

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
export function ownAbout(client: WhatsappClient, memory: AccountMemory): OwnStatusBundle {
  async function read(signal: AbortSignal): Promise<OwnReading> {
    const about = await client.about(signal);
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
    const present = await client.about(signal);
    if (target.kind === 'restore') {
      const about = aboutOf(target.snapshot);
      if (about === null) throw notASnapshot();
      if (about !== present && about !== '') await client.setAbout(about, signal);
      memory.delete('about');
      return result(null);
    }
    const words = [target.emoji, target.message].map((part) => part?.trim() ?? '').filter((part) => part !== '');
    const whole = words.join(' ');
    const kept = keptOf(memory);
    if (whole === '') {
      if (kept === null || kept.ours !== present) return result('Without a message WhatsApp has nothing to show.');
      await client.setAbout(kept.before, signal);
      memory.delete('about');
      return result('Without a message WhatsApp has nothing to show: your own “About” text is back.');
    }
    if (present === '') {
      return {
        outcome: 'unsupported',
        detail:
          'The business profile has no “About” text, and WhatsApp would not let Muster take it away again. Write one there once.',
        expiresBy: 'muster',
      };
    }
    const text = cutText(whole, MAX_ABOUT);
    memory.set('about', { before: kept !== null && kept.ours === present ? kept.before : present, ours: text });
    if (text !== present) await client.setAbout(text, signal);
    const shortened = text === whole ? '' : ` WhatsApp takes ${MAX_ABOUT} characters: the message was shortened.`;
    return result(`${WORDS_ONLY}${shortened}`);
  }

  return {
    busyImpliesDoNotDisturb: false,
    watchSeconds: WATCH_SECONDS,
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
