import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { inGerman } from './de/in-german.ts';

/** What the core said in English, in the language of the page; what has no translation is shown as it is. */
export const coreWords = (text: string): string => (i18next.language === 'de' ? inGerman(text) : text);

/**
 * What the core says (a platform's steps and reasons, why an account is as it is, what became of a status, what to do), in the
 * language of the page. The core writes it in English; a sentence without a translation is shown as it is.
 */
export const useCoreWords = (): ((text: string) => string) => {
  const { i18n } = useTranslation();
  return (text) => (i18n.language === 'de' ? inGerman(text) : text);
};
