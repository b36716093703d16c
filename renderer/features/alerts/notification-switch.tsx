import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askToNotify, notificationPermission } from '../../host/web-notifications.ts';
import { attempt } from '../../stores/attempt.ts';
import { usePreferencesStore } from '../../stores/mirrors.ts';
import { patchPreferences } from '../../stores/preference-commands.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Switch } from '../../ui/switch.tsx';

/** Whether alerts become notifications. A browser is asked for its permission only when this is pressed, after saying why. */
export const NotificationSwitch = () => {
  const { t } = useTranslation();
  const on = usePreferencesStore(({ preferences }) => preferences?.notifications ?? false);
  const [permission, setPermission] = useState(notificationPermission);
  const ask = async (): Promise<void> => setPermission(await askToNotify());
  const change = async (notifications: boolean): Promise<void> => {
    if (notifications && permission === 'default') await ask();
    await patchPreferences({ notifications });
  };
  return (
    <>
      <Switch
        label={t('alerts.notify')}
        hint={permission === 'default' ? t('alerts.notifyWhy') : t('alerts.notifyHint')}
        checked={on}
        onChange={(checked) => void attempt(() => change(checked))}
      />
      {on && permission === 'default' ? (
        <Notice actions={<Button onClick={() => void ask()}>{t('watch.notifyAsk')}</Button>}>
          {t('watch.notifyOffer')}
        </Notice>
      ) : null}
      {on && permission === 'denied' ? <Notice tone="warn">{t('watch.notifyDenied')}</Notice> : null}
    </>
  );
};
