import { useTranslation } from 'react-i18next';
import type { PreferencesView } from '../../../src/contract/index.ts';
import { host } from '../../host/host.ts';
import { attempt } from '../../stores/attempt.ts';
import { patchPreferences } from '../../stores/preference-commands.ts';
import { Card } from '../../ui/card.tsx';
import { Section } from '../../ui/section.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './preferences.module.css';
import { ShortcutRecorder } from './shortcut-recorder.tsx';

/** What only the desktop app has; nothing in a browser. */
export const DesktopSection = ({ preferences }: { readonly preferences: PreferencesView }) => {
  const { t } = useTranslation();
  if (host() === null) return null;
  const change = (patch: Partial<PreferencesView>): void => void attempt(() => patchPreferences(patch));
  return (
    <Section title={t('preferences.desktop')}>
      <Card className={styles.group}>
        <ShortcutRecorder shortcut={preferences.shortcut} />
        <Switch
          label={t('preferences.autostart')}
          hint={t('preferences.autostartHint')}
          checked={preferences.autostart}
          onChange={(autostart) => change({ autostart })}
        />
        <Switch
          label={t('preferences.serve')}
          hint={t('preferences.serveHint')}
          checked={preferences.serveInDesktop}
          onChange={(serveInDesktop) => change({ serveInDesktop })}
        />
      </Card>
    </Section>
  );
};
