import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newestAt } from '../../selectors/alerts.ts';
import { useAlertsStore } from '../../stores/mirrors.ts';
import { markAlertsSeen, useSeenAlertsStore } from '../../stores/seen-alerts-store.ts';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { AlertList } from './alert-list.tsx';
import { NotificationSwitch } from './notification-switch.tsx';
import { Watches } from './watches.tsx';

/** Looking at the page is seeing: while it is in front, what arrives counts as seen. What was new at first stays marked. */
const useSeeing = (): number => {
  const [seenBefore] = useState(() => useSeenAlertsStore.getState().seenUntil);
  const newest = useAlertsStore((state) => newestAt(state.items.values()));
  useEffect(() => {
    const see = (): void => {
      if (document.visibilityState === 'visible') markAlertsSeen(newest);
    };
    see();
    document.addEventListener('visibilitychange', see);
    return () => document.removeEventListener('visibilitychange', see);
  }, [newest]);
  return seenBefore;
};

/** Alerts: what was told and what was held back, and what is watched. */
export const AlertsPage = () => {
  const { t } = useTranslation();
  const seenBefore = useSeeing();
  return (
    <Page title={t('alerts.title')} intro={t('alerts.intro')}>
      <NotificationSwitch />
      <Section title={t('alerts.history')}>
        <AlertList seenBefore={seenBefore} />
      </Section>
      <Section title={t('alerts.watches')}>
        <Watches />
      </Section>
    </Page>
  );
};
