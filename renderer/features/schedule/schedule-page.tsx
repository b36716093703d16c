import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeStore, useSchedulesStore } from '../../stores/mirrors.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { OwnStatusDetails } from '../own-status/own-status-panel.tsx';
import styles from './schedule.module.css';
import { ScheduleEditor } from './schedule-editor.tsx';
import { ScheduleList } from './schedule-list.tsx';
import { useSchedules } from './use-schedules.ts';

const Content = () => {
  const { t } = useTranslation();
  const phase = useSchedulesStore((state) => state.phase);
  const schedules = useSchedules();
  const me = useMeStore((state) => state.me);
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = schedules.find(({ id }) => id === chosen) ?? schedules[0] ?? null;
  if (phase === 'loading') return <SkeletonRows label={t('common.loading')} />;
  if (phase === 'failed') {
    return <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />;
  }
  return (
    <div className={styles.columns}>
      <ScheduleEditor schedules={schedules} selected={selected} onSelect={setChosen} />
      <aside className={styles.aside} aria-label={t('schedule.aside')}>
        <ScheduleList schedules={schedules} selectedId={selected?.id ?? null} onSelect={setChosen} />
        {me === null ? null : <OwnStatusDetails me={me} />}
      </aside>
    </div>
  );
};

/** Schedule: the week to paint on, the schedules behind it, and why my status is what it is. */
export const SchedulePage = () => (
  <div className={styles.page}>
    <Content />
  </div>
);
