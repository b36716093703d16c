import iamcal from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' };

/** Slack's standard emoji names are those of iamcal/emoji-data, which emojibase-data carries: hexadecimal code points to one or more names. */
const DATA: Readonly<Record<string, string | readonly string[]>> = iamcal;

const VARIATION_16 = '\uFE0F';
/** Slack writes `:wave::skin-tone-3:` for a base emoji and U+1F3FC; tones are numbered 2 to 6. */
const FIRST_TONE = 0x1f3fb;

const unicodeByName = new Map<string, string>();
const nameByUnicode = new Map<string, string>();
for (const [hexCode, names] of Object.entries(DATA)) {
  const unicode = unicodeOfHex(hexCode);
  const all = typeof names === 'string' ? [names] : names;
  for (const name of all) unicodeByName.set(name, unicode);
  const first = all[0];
  if (first !== undefined) nameByUnicode.set(comparable(unicode), first);
}

/** The emoji of hyphenated hexadecimal code points, `1f5d3-fe0f`, shown as a picture rather than as text. */
export function unicodeOfHex(hexCode: string): string {
  const points = hexCode.split('-').map((hex) => Number.parseInt(hex, 16));
  if (points.some((point) => !(point >= 0 && point <= 0x10ffff))) return '';
  const text = String.fromCodePoint(...points);
  return points.length === 1 && !/\p{Emoji_Presentation}/u.test(text) ? text + VARIATION_16 : text;
}

/** The Unicode emoji of a standard name (without colons, skin tone as `wave::skin-tone-3`); null for a workspace's own and unknown ones. */
export function unicodeOfName(name: string): string | null {
  const [base = '', tone] = name.split('::');
  const unicode = unicodeByName.get(base);
  if (unicode === undefined) return null;
  const level = /^skin-tone-([2-6])$/.exec(tone ?? '')?.[1];
  if (level === undefined) return tone === undefined ? unicode : null;
  return unicode.replace(VARIATION_16, '') + String.fromCodePoint(FIRST_TONE + Number(level) - 2);
}

/** Slack's name (without colons) of a Unicode emoji; null when Slack has none. */
export function nameOfUnicode(unicode: string): string | null {
  const plain = nameByUnicode.get(comparable(unicode));
  if (plain !== undefined) return plain;
  const points = [...unicode];
  const tone = (points[1]?.codePointAt(0) ?? 0) - FIRST_TONE;
  const base = nameByUnicode.get(comparable(points[0] ?? ''));
  return points.length === 2 && tone >= 0 && tone < 5 && base !== undefined ? `${base}::skin-tone-${tone + 2}` : null;
}

/** With or without the variation selector it is the same emoji. */
function comparable(unicode: string): string {
  return unicode.replaceAll(VARIATION_16, '');
}
