import { useEffect } from 'react';
import { usePreferencesStore } from '../stores/mirrors.ts';
import { applyLanguage } from '../strings/language.ts';

/** Lets theme and language of the page follow the preferences; until they are known, and where they say so, the system. */
export const useAppearance = (): void => {
  const theme = usePreferencesStore(({ preferences }) => preferences?.theme ?? 'system');
  const language = usePreferencesStore(({ preferences }) => preferences?.language ?? 'system');
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    void applyLanguage(language);
  }, [language]);
};
