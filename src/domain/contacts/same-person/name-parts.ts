import { fold } from './fold.ts';

/** A name taken apart, folded. */
export interface NameParts {
  /** The name a person is called by; an initial is one letter. Empty when there is none. */
  readonly given: string;
  /** Everything after it that is no title: middle names and the family's, the last one being the family's. */
  readonly rest: readonly string[];
  /** The family name; empty for somebody with one name only. */
  readonly family: string;
}

const TITLES = new Set(
  'dr prof professor mr mrs ms mx miss sir herr frau hr fr ing dipl mag phd md msc bsc mba jr sr ii iii iv she her hers he him his they them'.split(
    ' ',
  ),
);
/** What stands before a family name and is left out as often as not. */
const PARTICLES = new Set(
  'van von vom der den de del della di da dos das du la le el al bin ibn ben ter ten zu zum und y e'.split(' '),
);

/** Takes a display name apart: "Byron, Ada", "Ada Byron (Engine)", "Dr. Ada K. Byron 🚀", "AdaByron". */
export function namePartsOf(displayName: string): NameParts {
  const bare = displayName.replaceAll(/\([^)]*\)|\[[^\]]*\]|\{[^}]*\}/g, ' ').split(/\s[|•·–—-]\s|\s@\s?/u)[0] ?? '';
  const comma = bare.split(',').map((part) => part.trim());
  const [before = '', after = ''] = comma;
  // What follows the comma can be a title ("Ada Byron, PhD").
  const turned = comma.length === 2 && wordsIn(after).length > 0 ? `${after} ${before}` : before;
  const words = wordsIn(turned);
  const named = words.filter((word, index) => index === 0 || index === words.length - 1 || !PARTICLES.has(word));
  const [given = '', ...rest] = named;
  return { given, rest, family: rest.at(-1) ?? '' };
}

/** The words of a handle: an email's local part, a user name. Digits and marks part them and do not count. */
export function handleWords(handle: string): readonly string[] {
  const parted = handle.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return fold(parted)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

function wordsIn(text: string): string[] {
  const parted = /\s/.test(text.trim()) ? text : text.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return fold(parted)
    .replaceAll(/['’`´]/g, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '' && !TITLES.has(word));
}

/** All words of a name, as they stand. */
export function wordsOf({ given, rest }: NameParts): readonly string[] {
  return given === '' ? rest : [given, ...rest];
}
