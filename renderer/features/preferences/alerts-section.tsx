import { useTranslation } from 'react-i18next';
import type { PreferencesView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { patchPreferences } from '../../stores/preference-commands.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Card } from '../../ui/card.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { NotificationSwitch } from '../alerts/notification-switch.tsx';
import styles from './preferences.module.css';

const usual = [0, 30, 60, 120, 300, 900, 3_600];

/** Notifications, and how long the same alert is not repeated. */
export const AlertsSection = ({ preferences }: { readonly preferences: PreferencesView }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const seconds = [...new Set([...usual, preferences.alertDwellSeconds])].sort((a, b) => a - b);
  return (
    <Section title={t('preferences.alerts')}>
      <Card className={styles.group}>
        <NotificationSwitch />
        <Select
          label={t('preferences.dwell')}
          hint={t('preferences.dwellHint')}
          value={String(preferences.alertDwellSeconds)}
          options={seconds.map((value) => ({
            value: String(value),
            label: value === 0 ? t('preferences.dwellNone') : formats.duration(value),
          }))}
          onChange={(value) => void attempt(() => patchPreferences({ alertDwellSeconds: Number(value) }))}
        />
      </Card>
    </Section>
  );
};
