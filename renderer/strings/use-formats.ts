import { useTranslation } from 'react-i18next';
import { createFormats, type Formats } from './format.ts';
import { chooseLanguage, localeOf } from './language.ts';

const cache = new Map<string, Formats>();

/** Formats in the language of the page and in the system's variant of it. */
export const formatsFor = (language: string): Formats => {
  const tags = navigator.languages;
  const locale = localeOf(chooseLanguage('system', [language]), tags);
  const existing = cache.get(locale);
  if (existing !== undefined) return existing;
  const created = createFormats(locale);
  cache.set(locale, created);
  return created;
};

/** `formatsFor` the current language; renders again when it changes. */
export const useFormats = (): Formats => {
  const { i18n } = useTranslation();
  return formatsFor(i18n.language);
};
