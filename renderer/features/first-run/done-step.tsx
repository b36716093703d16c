import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAccountsStore, useContactsStore, useWatchesStore } from '../../stores/mirrors.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './first-run.module.css';

/** What is set up now, and where the rest is. */
export const DoneStep = () => {
  const { t } = useTranslation();
  const accounts = useAccountsStore((state) => state.items.size);
  const people = useContactsStore((state) => state.items.size);
  const watches = useWatchesStore((state) => state.items.size);
  return (
    <EmptyState icon={<CircleCheck />} title={t('firstRun.doneTitle')} text={t('firstRun.doneText')}>
      <ul className={styles.summary}>
        <li>{t('firstRun.doneAccounts', { count: accounts })}</li>
        <li>{t('firstRun.donePeople', { count: people })}</li>
        <li>{t('firstRun.doneWatches', { count: watches })}</li>
      </ul>
    </EmptyState>
  );
};
