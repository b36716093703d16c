import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortcutKey } from '../../host/host.ts';
import { attempt } from '../../stores/attempt.ts';
import { patchPreferences } from '../../stores/preference-commands.ts';
import { Button } from '../../ui/button.tsx';
import { acceleratorOf, shortcutWords } from './accelerator.ts';
import styles from './preferences.module.css';

/** The key that opens the popover from anywhere: pressed to be recorded; Escape or leaving the field keeps the old one. */
export const ShortcutRecorder = ({ shortcut }: { readonly shortcut: string | null }) => {
  const { t } = useTranslation();
  const [recording, setRecording] = useState(false);
  const mac = shortcutKey() === 'meta';
  const save = (next: string | null): void => void attempt(() => patchPreferences({ shortcut: next }));
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (!recording || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setRecording(false);
      return;
    }
    const next = acceleratorOf(event, mac);
    if (next === null) return;
    setRecording(false);
    save(next);
  };
  const words = shortcut === null ? t('preferences.shortcutNone') : shortcutWords(shortcut, mac);
  return (
    <div className={styles.row}>
      <div>
        <p id="shortcut-label">{t('preferences.shortcut')}</p>
        <p className={styles.hint} aria-live="polite">
          {recording ? t('preferences.shortcutPress') : t('preferences.shortcutHint')}
        </p>
      </div>
      <span className={styles.actions}>
        <Button
          aria-label={t('preferences.shortcutChange', { shortcut: words })}
          aria-pressed={recording}
          onClick={() => setRecording(true)}
          onBlur={() => setRecording(false)}
          onKeyDown={onKeyDown}
        >
          <kbd className={styles.keys}>{recording ? '…' : words}</kbd>
        </Button>
        {shortcut === null ? null : (
          <Button variant="ghost" onClick={() => save(null)}>
            {t('preferences.shortcutClear')}
          </Button>
        )}
      </span>
    </div>
  );
};
