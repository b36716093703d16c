/** How the command line words and aligns what it shows. */
import type { MeView, PublicationView, Status } from '../contract/index.ts';
import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import { fromIso } from '../services/iso.ts';
import type { CliIo } from './io.ts';

/** Begins a colour. */
const ESCAPE = '\u001b';
const COLOURS: Readonly<Record<Status, number>> = {
  online: 32,
  idle: 33,
  busy: 31,
  away: 33,
  offline: 90,
  unknown: 90,
};

/** A status as a word, coloured on terminals that have colours. */
export function statusWord(io: CliIo, status: Status, pad = 0): string {
  return paint(io, COLOURS[status], status.padEnd(pad));
}

/** Text in one of the terminal's colours (ECMA-48), where it has any. */
export function paint(io: CliIo, colour: number, text: string): string {
  return io.terminal?.colours ? `${ESCAPE}[${colour}m${text}${ESCAPE}[0m` : text;
}

/** What other people wrote, safe to show on a terminal: without control characters, and on one line. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => (char === '\u200d' ? char : ' ')).trim();
}

/** How long ago, in the largest unit that fits: `now`, `12 min ago`, `3 h ago`, `2 d ago`. */
export function age(then: string, now: EpochMs): string {
  const passed = now - fromIso(then);
  if (passed < MINUTE_MS) return 'now';
  if (passed < HOUR_MS) return `${Math.floor(passed / MINUTE_MS)} min ago`;
  if (passed < 48 * HOUR_MS) return `${Math.floor(passed / HOUR_MS)} h ago`;
  return `${Math.floor(passed / (24 * HOUR_MS))} d ago`;
}

/** An instant in the device's zone: `17:30` today, else with its date. */
export function localTime(instant: string, now: EpochMs, timeZone: string): string {
  const at = fromIso(instant);
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  return day.format(at) === day.format(now) ? time : `${day.format(at)} ${time}`;
}

/** Rows with their columns aligned; the last column is cut to the terminal's width. */
export function table(io: CliIo, rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, width(cell));
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, index) => (index === row.length - 1 ? cell : padded(cell, widths[index] ?? 0)));
      return `${cut(cells.join('  ').trimEnd(), io.terminal?.columns)}\n`;
    })
    .join('');
}

/** My own status in a line or two. */
export function ownStatusLines(io: CliIo, me: MeView, now: EpochMs, timeZone: string): string {
  const { intent, doNotDisturb } = me;
  const said = [intent?.emoji, intent?.message]
    .filter(Boolean)
    .map((part) => plain(String(part)))
    .join(' ');
  const until = intent?.until ? `until ${localTime(intent.until, now, timeZone)}` : null;
  const from = intent ? (intent.origin.kind === 'hand' ? 'set by hand' : `by ${intent.origin.kind}`) : null;
  const first = [`You: ${statusWord(io, me.status)}`, said || null, until, from].filter(Boolean).join(' · ');
  if (!doNotDisturb.active) return `${first}\n`;
  const end = doNotDisturb.until ? ` until ${localTime(doNotDisturb.until, now, timeZone)}` : '';
  return `${first}\nDo not disturb${end}\n`;
}

/** What each account made of a wish, a line each. */
export function resultLines(
  io: CliIo,
  results: readonly PublicationView[],
  labelOf: (accountId: string) => string,
  now: EpochMs,
): string {
  const goesOn = (at: string) => `Muster goes on in ${duration(Math.max(0, fromIso(at) - now))}.`;
  return table(
    io,
    results.map(({ accountId, platform, outcome, detail, retryAt }) => [
      labelOf(accountId),
      platform,
      paint(io, outcome === 'applied' ? 32 : outcome === 'failed' ? 31 : 33, outcome),
      [detail === null ? '' : plain(detail), retryAt === null ? '' : goesOn(retryAt)].filter(Boolean).join(' '),
    ]),
  );
}

/** `45 s`, `12 min`, `3 h`. */
function duration(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.ceil(ms / SECOND_MS)} s`;
  return ms < HOUR_MS ? `${Math.ceil(ms / MINUTE_MS)} min` : `${Math.ceil(ms / HOUR_MS)} h`;
}

const ESCAPES = new RegExp(`${ESCAPE}\\[\\d+m`, 'g');
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns that a text takes: emoji and East Asian wide characters take two. */
function width(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text.replace(ESCAPES, ''))) {
    columns +=
      /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        segment,
      )
        ? 2
        : 1;
  }
  return columns;
}

const padded = (text: string, columns: number) => text + ' '.repeat(Math.max(0, columns - width(text)));

function cut(text: string, columns: number | undefined): string {
  if (columns === undefined || width(text) <= columns || text.includes(ESCAPE)) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (width(kept) + width(segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
