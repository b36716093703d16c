import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView, Status } from '../../../src/contract/index.ts';
import { createWatch } from '../../stores/watch-commands.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast-store.ts';
import { NotificationOffer } from './notification-offer.tsx';
import { SaveButtons, useSave } from './save.tsx';
import { StatusChoice } from './status-choice.tsx';
import { changeOf, type WatchChoice, watchChoices } from './watch-choice.ts';

const choiceKeys = {
  online: 'watch.becomesOnline',
  available: 'watch.becomesAvailable',
  away: 'watch.becomesAway',
  offline: 'watch.becomesOffline',
  custom: 'watch.custom',
} as const satisfies Record<WatchChoice, string>;

/** "Tell me when…": which change, once or always, a note; and the offer to let this browser notify. */
export const WatchDialog = ({ contact, onClose }: { readonly contact: ContactView; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<WatchChoice>('online');
  const [from, setFrom] = useState<readonly Status[]>([]);
  const [to, setTo] = useState<readonly Status[]>(['online']);
  const [repeat, setRepeat] = useState<'once' | 'always'>('once');
  const [note, setNote] = useState('');

  const change = choice === 'custom' ? { from: from.length === 0 ? null : from, to } : changeOf(choice);
  const save = useSave(async () => {
    await createWatch({
      contactId: contact.id,
      ...(change.from === null ? {} : { from: [...change.from] }),
      to: [...change.to],
      repeat,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
    showToast({ tone: 'neutral', text: t('watch.created') });
  }, onClose);
  return (
    <Dialog
      open
      title={t('watch.title', { name: contact.name })}
      onClose={onClose}
      onSubmit={save.run}
      footer={
        <SaveButtons save={save} disabled={change.to.length === 0} label={t('watch.create')} onCancel={onClose} />
      }
    >
      {save.notice}
      <Select
        label={t('watch.title', { name: contact.name })}
        labelHidden
        value={choice}
        options={watchChoices.map((value) => ({ value, label: t(choiceKeys[value]) }))}
        onChange={setChoice}
      />
      {choice === 'custom' ? (
        <>
          <StatusChoice label={t('watch.from')} hint={t('watch.fromHint')} chosen={from} onChange={setFrom} />
          <StatusChoice
            label={t('watch.to')}
            hint={to.length === 0 ? t('watch.toMissing') : ''}
            chosen={to}
            onChange={setTo}
          />
        </>
      ) : null}
      <Segmented
        label={t('watch.repeat')}
        value={repeat}
        options={[
          { value: 'once', label: t('watch.once') },
          { value: 'always', label: t('watch.always') },
        ]}
        onChange={setRepeat}
      />
      <TextField label={t('watch.note')} hint={t('watch.noteHint')} value={note} maxLength={200} onChange={setNote} />
      <NotificationOffer />
    </Dialog>
  );
};
