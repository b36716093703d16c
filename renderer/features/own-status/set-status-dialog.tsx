import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MeView, OWN_STATUSES, type OwnStatus } from '../../../src/contract/index.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { useMeStore } from '../../stores/mirrors.ts';
import { useNow } from '../../stores/now-store.ts';
import { setOwnStatus } from '../../stores/own-status-commands.ts';
import { errorWords } from '../../strings/error-words.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type Duration, durations, endOf } from './duration.ts';
import { EmojiPicker } from './emoji-picker.tsx';
import styles from './own-status.module.css';

type Draft = {
  readonly status: OwnStatus;
  readonly message: string;
  readonly emoji: string;
  readonly duration: Duration;
  readonly wallTime: string;
  /** When the status in force ends; null where it does not. */
  readonly asSet: string | null;
  readonly doNotDisturb: boolean;
};

/** What was set by hand before is where a change starts from. */
const draftOf = (me: MeView | null): Draft => {
  const manual = me?.intent?.layer === 'manual' ? me.intent : null;
  return {
    status: manual?.status ?? 'busy',
    message: manual?.message ?? '',
    emoji: manual?.emoji ?? '',
    duration: manual?.until == null ? 'keep' : 'as-set',
    wallTime: '',
    asSet: manual?.until ?? null,
    doNotDisturb: false,
  };
};

const durationKeys = {
  'as-set': 'ownStatus.durationAsSet',
  keep: 'ownStatus.durationKeep',
  '30': 'ownStatus.duration30',
  '60': 'ownStatus.duration60',
  '240': 'ownStatus.duration240',
  tomorrow: 'ownStatus.durationTomorrow',
  time: 'ownStatus.durationTime',
} as const satisfies Record<Duration, string>;

const DurationFields = ({
  draft,
  change,
  timeInvalid,
}: {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly timeInvalid: boolean;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { asSet } = draft;
  const now = useNow();
  const end = asSet === null ? '' : formats.moment(instantOf(asSet), now);
  return (
    <div className={styles.pair}>
      <Select
        label={t('ownStatus.duration')}
        value={draft.duration}
        options={durations
          .filter((value) => value !== 'as-set' || asSet !== null)
          .map((value) => ({ value, label: t(durationKeys[value], { time: end }) }))}
        onChange={(duration) => change({ duration })}
      />
      {draft.duration === 'time' ? (
        <TextField
          label={t('ownStatus.time')}
          type="time"
          value={draft.wallTime}
          error={timeInvalid ? t('ownStatus.timeInvalid') : undefined}
          onChange={(wallTime) => change({ wallTime })}
        />
      ) : null}
    </div>
  );
};

const SetStatusForm = ({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) => {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft>(() => draftOf(useMeStore.getState().me));
  const [busy, setBusy] = useState(false);
  const [timeInvalid, setTimeInvalid] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));

  const submit = async (): Promise<void> => {
    const end = endOf(draft.duration, draft.wallTime, Date.now(), draft.asSet);
    setTimeInvalid(end === null);
    if (end === null || busy) return;
    setBusy(true);
    setError(null);
    try {
      const message = draft.message.trim();
      await setOwnStatus({
        status: draft.status,
        ...(message === '' ? {} : { message }),
        ...(draft.emoji === '' ? {} : { emoji: draft.emoji }),
        ...(draft.doNotDisturb ? { doNotDisturb: true } : {}),
        ...end,
      });
      onClose();
      onDone();
    } catch (failure) {
      setError(errorWords(failure));
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      title={t('ownStatus.setTitle')}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {t('ownStatus.apply')}
          </Button>
        </>
      }
    >
      {error === null ? null : <Notice tone="bad">{error}</Notice>}
      <Segmented
        label={t('ownStatus.status')}
        value={draft.status}
        options={OWN_STATUSES.map((value) => ({
          value,
          label: t(`status.${value}`),
          icon: <StatusShape status={value} silent />,
        }))}
        onChange={(status) => change({ status })}
      />
      <div className={styles.message}>
        <EmojiPicker value={draft.emoji} onChange={(emoji) => change({ emoji })} />
        <TextField
          label={t('ownStatus.message')}
          labelHidden
          placeholder={t('ownStatus.messagePlaceholder')}
          maxLength={500}
          value={draft.message}
          onChange={(message) => change({ message })}
        />
      </div>
      <DurationFields draft={draft} change={change} timeInvalid={timeInvalid} />
      <Checkbox
        label={t('ownStatus.withDoNotDisturb')}
        hint={t('ownStatus.withDoNotDisturbHint')}
        checked={draft.doNotDisturb}
        onChange={(doNotDisturb) => change({ doNotDisturb })}
      />
    </Dialog>
  );
};

/** Sets status, message, emoji, length and do not disturb on all accounts at once; `onDone` may show what became of it. */
export const SetStatusDialog = ({
  open,
  onClose,
  onDone,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => (open ? <SetStatusForm onClose={onClose} onDone={onDone} /> : null);
