import { z } from 'zod';
import { OUTCOMES, OWN_STATUSES } from '../../domain/own-status/intent.ts';
import { STATUSES } from '../../domain/presence/status.ts';

/** An RFC 3339 instant in UTC with `Z`. */
export const instantSchema = z.iso.datetime({ offset: false }).meta({ description: 'RFC 3339, UTC, with Z' });

/** An opaque id. */
export const idSchema = z.string().min(1).max(200);

export const statusSchema = z.enum(STATUSES);
export const ownStatusSchema = z.enum(OWN_STATUSES);
export const outcomeSchema = z.enum(OUTCOMES);

/** An id in the path. */
export const idParams = z.strictObject({ id: idSchema });

/** A whole number in a query, as digits; what else JavaScript takes for a number (`1e2`, `0x10`, spaces) is none. */
function wholeNumberQuery(min: number, max: number) {
  const read = (given: unknown) => (typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given);
  return z.preprocess(read, z.number('A whole number, in digits.').int().min(min).max(max));
}

/** Paging of every list. */
export const pageQuery = {
  limit: wholeNumberQuery(1, 500).default(100),
  cursor: z.string().max(4_000).optional(),
};

/** A list answer: a page, where the next begins, how many there are in all and the last event that it includes. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.number().int(),
    sequence: z.number().int(),
  });
}

/** A short line of text that people type: a name, a status message. Trimmed; control characters and halves of characters are refused. */
export function lineSchema(max: number) {
  return z
    .string()
    .trim()
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text), 'Control characters are not allowed.')
    .refine((text) => !/\p{Cs}/u.test(text), 'This is not valid Unicode.');
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Lenient: emoji of a Unicode version that this runtime does not know yet are mostly sequences of known ones. */
function isEmoji(text: string): boolean {
  if (/^:[^\s:\p{Cc}\p{Cs}]+:(:skin-tone-[2-6]:)?$/u.test(text)) return true;
  if (/[\s\p{Cc}\p{Cs}]/u.test(text)) return false;
  return (
    [...graphemes.segment(text)].length === 1 && /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text)
  );
}

/** One Unicode emoji or `:name:`. */
export const emojiSchema = z.string().max(100).refine(isEmoji, 'One emoji, or :name:.');

/** Query flags as `true` or `false`. */
export const booleanQuery = z.enum(['true', 'false']).transform((value) => value === 'true');

/** An IANA zone that this runtime knows; an offset like +02:00 is none, since it knows no summer time. */
export const timeZoneSchema = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[a-z]/i.test(zone);
  } catch {
    return false;
  }
}, 'Not a known IANA time zone.');
