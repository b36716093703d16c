import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PreferencesView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { patchPreferences } from '../../stores/preference-commands.ts';
import { Card } from '../../ui/card.tsx';
import { Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './preferences.module.css';

/** Language and theme; the page follows at once. */
export const AppearanceSection = ({ preferences }: { readonly preferences: PreferencesView }) => {
  const { t } = useTranslation();
  const change = (patch: Partial<PreferencesView>): void => void attempt(() => patchPreferences(patch));
  return (
    <Section title={t('preferences.appearance')}>
      <Card className={styles.group}>
        <Select
          label={t('preferences.language')}
          value={preferences.language}
          options={[
            { value: 'system', label: t('preferences.languageSystem') },
            { value: 'en', label: 'English' },
            { value: 'de', label: 'Deutsch' },
          ]}
          onChange={(language) => change({ language })}
        />
        <div className={styles.row}>
          <p>{t('preferences.theme')}</p>
          <Segmented
            label={t('preferences.theme')}
            value={preferences.theme}
            options={[
              { value: 'system', label: t('preferences.themeSystem'), icon: <Monitor aria-hidden /> },
              { value: 'light', label: t('preferences.themeLight'), icon: <Sun aria-hidden /> },
              { value: 'dark', label: t('preferences.themeDark'), icon: <Moon aria-hidden /> },
            ]}
            onChange={(theme) => change({ theme })}
          />
        </div>
      </Card>
    </Section>
  );
};
