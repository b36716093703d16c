import type { OwnStatus } from '../../domain/own-status/intent.ts';
import { cutText } from '../cut-text.ts';

/** Google's limit of the text. */
const MAX_TEXT = 64;
/** What stands beside a text that comes without an emoji, as Google requires one. */
export const DEFAULT_EMOJI = '💬';

/** What stands beside an emoji that comes without a text. */
const DEFAULT_TEXT: Readonly<Record<OwnStatus, string>> = {
  online: 'Available',
  busy: 'Busy',
  away: 'Away',
  offline: 'Away',
};

/** Words as Google takes them: both or neither. */
export interface FittedWords {
  readonly text: string;
  readonly emoji: string;
  readonly notes: readonly string[];
}

/** Fits a message and an emoji to what Google takes; null when there is neither. */
export function fitWords(status: OwnStatus, message: string | null, emoji: string | null): FittedWords | null {
  const whole = (message ?? '').trim();
  const wanted = (emoji ?? '').trim();
  if (whole === '' && wanted === '') return null;
  const notes: string[] = [];
  const known = isEmoji(wanted);
  if (wanted !== '' && !known) notes.push(`Google Chat has no emoji ${wanted}: another one is shown.`);
  if (whole === '') notes.push('Google Chat wants a text beside the emoji: the status’s own word is shown.');
  const text = cutText(whole === '' ? DEFAULT_TEXT[status] : whole, MAX_TEXT);
  if (whole.length > 0 && text !== whole) {
    notes.push(`Google Chat takes ${MAX_TEXT} characters: the message was shortened.`);
  }
  return { text, emoji: known ? wanted : DEFAULT_EMOJI, notes };
}

/** One emoji of Unicode, whatever it is composed of. */
function isEmoji(text: string): boolean {
  return /^\p{RGI_Emoji}$/v.test(text);
}
