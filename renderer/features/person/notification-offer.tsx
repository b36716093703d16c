import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askToNotify, notificationPermission } from '../../host/web-notifications.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Where an alert is wanted and the browser may not notify yet: says why it would be asked, and asks on a press. */
export const NotificationOffer = () => {
  const { t } = useTranslation();
  const [permission, setPermission] = useState(notificationPermission);
  if (permission === 'denied') return <Notice>{t('watch.notifyDenied')}</Notice>;
  if (permission !== 'default') return null;
  return (
    <Notice actions={<Button onClick={() => void askToNotify().then(setPermission)}>{t('watch.notifyAsk')}</Button>}>
      {t('watch.notifyOffer')}
    </Notice>
  );
};
