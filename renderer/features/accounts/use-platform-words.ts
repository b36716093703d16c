import { useTranslation } from 'react-i18next';
import { platformWords } from '../../strings/de/platform-words.ts';
import { recommendationInGerman } from '../../strings/de/recommendations.ts';

/**
 * What a platform's own description says (steps, reasons, labels), and what the core recommends about an account, in the language of the page. The core writes it in
 * English; a sentence without a translation is shown as it is.
 */
export const usePlatformWords = (): ((text: string) => string) => {
  const { i18n } = useTranslation();
  return (text) => (i18n.language === 'de' ? (platformWords.get(text) ?? recommendationInGerman(text) ?? text) : text);
};
