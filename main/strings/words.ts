import { de } from './de.ts';
import { en, type Words } from './en.ts';

const CATALOGUES = { en, de } as const;
type Language = keyof typeof CATALOGUES;

/** The words in use, and the locale that times are written in. */
export type Wording = { readonly words: Words; readonly locale: string };

const baseOf = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? '';
const isLanguage = (text: string): text is Language => Object.hasOwn(CATALOGUES, text);

/**
 * The words for a preference (`system`, or a language), else for the first of the system's languages that ships, else English. The
 * locale is the system's own variant of that language, since it decides between 14:02 and 2:02 PM.
 */
export function wordingFor(preference: string, systemTags: readonly string[]): Wording {
  const language = isLanguage(preference) ? preference : (systemTags.map(baseOf).find(isLanguage) ?? 'en');
  const tag = systemTags.find((candidate) => baseOf(candidate) === language);
  return { words: CATALOGUES[language], locale: tag?.replaceAll('_', '-') ?? language };
}
