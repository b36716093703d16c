/** Teams' rich status messages as plain text. */

const NAMED = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }));

/** The text of a message; HTML loses its tags and keeps its line breaks, mentions their names, emoji their `alt`. Null when nothing is left. */
export function plainTextOf(content: string | null | undefined, contentType: string | null | undefined): string | null {
  const isHtml = contentType?.toLowerCase() === 'html' || (contentType == null && /<[a-z][^>]*>/i.test(content ?? ''));
  const text = isHtml ? withoutTags(content ?? '') : (content ?? '');
  // Teams' own mark behind a message that is to be shown when people write to one.
  const trimmed = text.replace(/<pinnednote><\/pinnednote>/gi, '').trim();
  return trimmed === '' ? null : trimmed;
}

function withoutTags(html: string): string {
  return decoded(
    html
      .replaceAll(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
      .replaceAll(/<img\b[^>]*\balt="([^"]*)"[^>]*>/gi, '$1')
      .replaceAll(/<br\s*\/?>|<\/(p|div|li)\s*>/gi, '\n')
      .replaceAll(/<[^>]*>/g, ''),
  ).replaceAll(/[ \t]*\n\s*/g, '\n');
}

function decoded(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED.get(name.toLowerCase()) ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
