/** Teams' rich status messages as plain text. */

const NAMED = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }));

/** Automatic replies are whole letters; nobody reads more of one than this in a list of people. In UTF-16 code units. */
const MOST = 20_000;
/** Where one line ends in HTML. */
const LINE_ENDS = new Set(['br', '/p', '/div', '/li']);
/** What holds no words. */
const WORDLESS = new Set(['script', 'style']);

/** The text of a message; HTML loses its tags and keeps its line breaks, mentions their names, emoji their `alt`. Null when nothing is left. */
export function plainTextOf(content: string | null | undefined, contentType: string | null | undefined): string | null {
  const given = (content ?? '').slice(0, MOST);
  const isHtml = contentType?.toLowerCase() === 'html' || (contentType == null && /<[a-z][^<>]*>/i.test(given));
  const text = isHtml ? linesOf(decoded(withoutTags(given))) : given;
  // Teams' own mark behind a message that is to be shown when people write to one.
  const trimmed = text.replace(/<pinnednote><\/pinnednote>/gi, '').trim();
  return trimmed === '' ? null : trimmed;
}

/** Tag by tag rather than by one pattern: what strangers write must not be able to make a pattern try for seconds. */
function withoutTags(html: string): string {
  const lower = html.toLowerCase();
  let text = '';
  let at = 0;
  for (;;) {
    const open = html.indexOf('<', at);
    const close = open < 0 ? -1 : html.indexOf('>', open);
    if (close < 0) return text + html.slice(at);
    text += html.slice(at, open);
    at = close + 1;
    const name = /^\/?[a-z]+/.exec(lower.slice(open + 1, Math.min(close, open + 10)))?.[0] ?? '';
    if (LINE_ENDS.has(name)) text += '\n';
    if (name === 'img') text += /\balt="([^"]*)"/i.exec(html.slice(open, close))?.[1] ?? '';
    const end = WORDLESS.has(name) ? lower.indexOf(`</${name}`, at) : -1;
    if (end >= 0) at = end;
  }
}

/** Without blank lines and what stands around lines. */
function linesOf(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function decoded(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED.get(name.toLowerCase()) ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
