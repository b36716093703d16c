import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScheduleView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { createSchedule, deleteSchedule, editSchedule, fieldsOf } from '../../stores/schedule-commands.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Section } from '../../ui/section.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { Switch } from '../../ui/switch.tsx';
import { SaveButtons, useSave } from '../person/save.tsx';
import styles from './schedule.module.css';
import { newSchedule, ScheduleDialog } from './schedule-dialog.tsx';
import { useTransitionWords, useWishWords } from './use-schedule-words.ts';

type Opened = { readonly kind: 'new' } | { readonly kind: 'edit' | 'delete'; readonly schedule: ScheduleView };

const DeleteDialog = ({ schedule, onClose }: { readonly schedule: ScheduleView; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const save = useSave(() => deleteSchedule(schedule.id), onClose);
  return (
    <Dialog
      open
      title={t('schedule.deleteTitle', { name: schedule.name })}
      onClose={onClose}
      onSubmit={save.run}
      footer={<SaveButtons danger save={save} label={t('common.delete')} onCancel={onClose} />}
    >
      {save.notice}
      <p>{t('schedule.deleteText')}</p>
    </Dialog>
  );
};

const ScheduleItem = ({
  schedule,
  selected,
  onSelect,
  onOpen,
}: {
  readonly schedule: ScheduleView;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onOpen: (opened: Opened) => void;
}) => {
  const { t } = useTranslation();
  const wishOf = useWishWords();
  const wordsOf = useTransitionWords();
  return (
    <li className={classNames(styles.item, selected && styles.chosen)}>
      <button type="button" className={styles.pick} aria-pressed={selected} onClick={onSelect}>
        <span className={classNames(styles.swatch, schedule.doNotDisturb && styles.hatched)} aria-hidden>
          {schedule.status === null ? null : <StatusShape status={schedule.status} silent />}
        </span>
        <span className={styles.itemWords}>
          <b>{schedule.name}</b>
          <span className={styles.quietWords}>{wishOf(schedule)}</span>
          <span className={styles.quietWords}>{wordsOf(schedule)}</span>
        </span>
      </button>
      <span className={styles.itemActions}>
        <Switch
          label={t('schedule.enabled', { name: schedule.name })}
          labelHidden
          checked={schedule.enabled}
          onChange={(enabled) => void attempt(() => editSchedule(schedule.id, { ...fieldsOf(schedule), enabled }))}
        />
        <IconButton
          label={t('schedule.editOf', { name: schedule.name })}
          icon={<Pencil aria-hidden />}
          onClick={() => onOpen({ kind: 'edit', schedule })}
        />
        <IconButton
          label={t('schedule.deleteOf', { name: schedule.name })}
          icon={<Trash2 aria-hidden />}
          onClick={() => onOpen({ kind: 'delete', schedule })}
        />
      </span>
    </li>
  );
};

/** The schedules: which one is painted, whether it is on, what it does and when it next changes. */
export const ScheduleList = ({
  schedules,
  selectedId,
  onSelect,
}: {
  readonly schedules: readonly ScheduleView[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
}) => {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = (): void => setOpened(null);
  return (
    <Section
      title={t('schedule.list')}
      actions={
        <Button variant="ghost" icon={<Plus aria-hidden />} onClick={() => setOpened({ kind: 'new' })}>
          {t('schedule.add')}
        </Button>
      }
    >
      {schedules.length === 0 ? (
        <p className={styles.quietWords}>{t('schedule.emptyText')}</p>
      ) : (
        <ul className={styles.items}>
          {schedules.map((schedule) => (
            <ScheduleItem
              key={schedule.id}
              schedule={schedule}
              selected={schedule.id === selectedId}
              onSelect={() => onSelect(schedule.id)}
              onOpen={setOpened}
            />
          ))}
        </ul>
      )}
      {opened?.kind === 'new' ? (
        <ScheduleDialog
          title={t('schedule.add')}
          start={newSchedule('')}
          onSave={async (fields) => onSelect((await createSchedule(fields)).id)}
          onClose={close}
        />
      ) : null}
      {opened?.kind === 'edit' ? (
        <ScheduleDialog
          title={t('schedule.editOf', { name: opened.schedule.name })}
          start={fieldsOf(opened.schedule)}
          onSave={(fields) => editSchedule(opened.schedule.id, fields)}
          onClose={close}
        />
      ) : null}
      {opened?.kind === 'delete' ? <DeleteDialog schedule={opened.schedule} onClose={close} /> : null}
    </Section>
  );
};
