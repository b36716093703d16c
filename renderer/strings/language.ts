import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { de } from './de.ts';
import { en } from './en.ts';

/** The languages that ship. */
export const languages = ['en', 'de'] as const;

/** A language that ships. */
export type Language = (typeof languages)[number];

/** What a person chooses: a language, or that of their system. */
export type LanguagePreference = Language | 'system';

/** Scripts written from right to left, by ISO 639-1: the direction is ready before a translation is. */
const rightToLeft: ReadonlySet<string> = new Set(['ar', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

const baseOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** The direction of a language tag. */
export const directionOf = (tag: string): 'ltr' | 'rtl' => (rightToLeft.has(baseOf(tag)) ? 'rtl' : 'ltr');

/** The best language that ships for what is preferred, else for the system's list in its order, else English. */
export const chooseLanguage = (preference: LanguagePreference, systemTags: readonly string[]): Language => {
  if (preference !== 'system') return preference;
  for (const tag of systemTags) {
    const match = languages.find((language) => language === baseOf(tag));
    if (match !== undefined) return match;
  }
  return 'en';
};

/**
 * The locale for dates and numbers: the system's own variant of the language (`en-GB` writes 14:02 where `en-US` writes
 * 2:02 PM), else the language itself.
 */
export const localeOf = (language: Language, systemTags: readonly string[]): string =>
  systemTags.find((tag) => baseOf(tag) === language) ?? language;

/** Puts words and direction of a language into the page. Loads nothing: the catalogues are part of the bundle. */
export const applyLanguage = async (preference: LanguagePreference): Promise<void> => {
  const language = chooseLanguage(preference, navigator.languages);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  if (i18next.isInitialized) {
    await i18next.changeLanguage(language);
    return;
  }
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: [...languages],
    resources: { en: { translation: en }, de: { translation: de } },
    // React escapes already.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
};
