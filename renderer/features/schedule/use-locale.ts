import { useTranslation } from 'react-i18next';
import { chooseLanguage, localeOf } from '../../strings/language.ts';

/** The locale of dates: the system's own variant of the language of the page. */
export const useLocale = (): string => {
  const { i18n } = useTranslation();
  return localeOf(chooseLanguage('system', [i18n.language]), navigator.languages);
};
