import { useTranslation } from 'react-i18next';
import { platformWords } from '../../strings/de/platform-words.ts';

/**
 * What a platform's own description says (steps, reasons, labels), in the language of the page. The core writes it in
 * English; a sentence without a translation is shown as it is.
 */
export const usePlatformWords = (): ((text: string) => string) => {
  const { i18n } = useTranslation();
  return (text) => (i18n.language === 'de' ? (platformWords.get(text) ?? text) : text);
};
