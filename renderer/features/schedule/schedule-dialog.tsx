import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OWN_STATUSES, type OwnStatus, type ScheduleFields } from '../../../src/contract/index.ts';
import { knownTimeZone } from '../../strings/format.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { EmojiPicker } from '../own-status/emoji-picker.tsx';
import { SaveButtons, useSave } from '../person/save.tsx';
import styles from './schedule.module.css';
import { ZoneField } from './zone-field.tsx';

/** What a schedule begins as: do not disturb, on, in the zone of the computer, with nothing painted. */
export const newSchedule = (name: string): ScheduleFields => ({
  name,
  enabled: true,
  timeZone: 'device',
  rules: [],
  exceptions: [],
  doNotDisturb: true,
  status: null,
  message: null,
  emoji: null,
  allow: [],
});

const lineOf = (text: string | null): string | null => {
  const trimmed = (text ?? '').trim();
  return trimmed === '' ? null : trimmed;
};

/** Makes a schedule, or changes what one does; its hours are painted on the grid. */
export const ScheduleDialog = ({
  title,
  start,
  onSave,
  onClose,
}: {
  readonly title: string;
  readonly start: ScheduleFields;
  readonly onSave: (fields: ScheduleFields) => Promise<unknown>;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(start);
  const change = (part: Partial<ScheduleFields>): void => setDraft((before) => ({ ...before, ...part }));
  const nothing = !draft.doNotDisturb && draft.status === null;
  const zoneKnown = draft.timeZone === 'device' || knownTimeZone(draft.timeZone) !== undefined;
  const save = useSave(
    () =>
      onSave({
        ...draft,
        name: draft.name.trim(),
        message: draft.status === null ? null : lineOf(draft.message),
        emoji: draft.status === null ? null : lineOf(draft.emoji),
      }),
    onClose,
  );
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      onSubmit={nothing || !zoneKnown || draft.name.trim() === '' ? () => undefined : save.run}
      footer={
        <SaveButtons
          save={save}
          label={t('common.save')}
          disabled={nothing || !zoneKnown || draft.name.trim() === ''}
          onCancel={onClose}
        />
      }
    >
      {save.notice}
      <TextField
        label={t('schedule.name')}
        value={draft.name}
        maxLength={100}
        required
        onChange={(name) => change({ name })}
      />
      <Checkbox
        label={t('schedule.setsDoNotDisturb')}
        hint={t('schedule.setsDoNotDisturbHint')}
        checked={draft.doNotDisturb}
        onChange={(doNotDisturb) => change({ doNotDisturb })}
      />
      {draft.doNotDisturb ? (
        <Checkbox
          label={t('schedule.allowFavourites')}
          hint={t('schedule.allowFavouritesHint')}
          checked={draft.allow.includes('favourites')}
          onChange={(allowed) => change({ allow: allowed ? ['favourites'] : [] })}
        />
      ) : null}
      <Select<OwnStatus | 'none'>
        label={t('schedule.setsStatus')}
        hint={t('schedule.setsStatusHint')}
        error={nothing ? t('schedule.setsNothing') : undefined}
        value={draft.status ?? 'none'}
        options={[
          { value: 'none', label: t('schedule.noStatus') },
          ...OWN_STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
        ]}
        onChange={(status) => change({ status: status === 'none' ? null : status })}
      />
      {draft.status === null ? null : (
        <div className={styles.message}>
          <EmojiPicker value={draft.emoji ?? ''} onChange={(emoji) => change({ emoji })} />
          <TextField
            label={t('ownStatus.message')}
            labelHidden
            placeholder={t('schedule.messagePlaceholder')}
            maxLength={100}
            value={draft.message ?? ''}
            onChange={(message) => change({ message })}
          />
        </div>
      )}
      <ZoneField value={draft.timeZone} onChange={(timeZone) => change({ timeZone })} />
    </Dialog>
  );
};
