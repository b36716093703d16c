import { cutText } from '../cut-text.ts';
import { nameOfUnicode } from './emoji-names.ts';

/** Slack's limit of a status text, in characters (error `too_long`). */
const MAX_TEXT = 100;

/** A status text and emoji as Slack takes them, and a sentence about each thing that did not fit. */
export interface FittedWords {
  readonly text: string;
  /** With colons, or empty. */
  readonly emoji: string;
  readonly notes: readonly string[];
}

/** Fits a message and an emoji (Unicode, or `:name:` of the workspace's own) to what Slack takes. Null and blank mean none. */
export function fitWords(message: string | null, emoji: string | null): FittedWords {
  const notes: string[] = [];
  const whole = (message ?? '').trim();
  const text = cutText(whole, MAX_TEXT);
  if (text !== whole) notes.push(`Slack takes ${MAX_TEXT} characters: the message was shortened.`);
  const wanted = (emoji ?? '').trim();
  const named = /^:[^:\s]+:(?::skin-tone-[2-6]:)?$/.test(wanted) ? wanted : nameWithColons(wanted);
  if (wanted !== '' && named === '') notes.push(`Slack has no emoji for ${wanted}: the status is set without it.`);
  return { text, emoji: named, notes };
}

function nameWithColons(unicode: string): string {
  const name = unicode === '' ? null : nameOfUnicode(unicode);
  return name === null ? '' : `:${name}:`;
}
