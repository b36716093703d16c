import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WatchView } from '../../../src/contract/index.ts';
import { useContactsStore } from '../../stores/mirrors.ts';
import { putWatch } from '../../stores/watch-commands.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { SaveButtons, useSave } from '../person/save.tsx';
import { StatusChoice } from '../person/status-choice.tsx';

/** Changes which change a watch tells about, how often, and its note. */
export const EditWatch = ({ watch, onClose }: { readonly watch: WatchView; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const name = useContactsStore((state) => state.items.get(watch.contactId)?.name ?? t('alerts.someone'));
  const [from, setFrom] = useState(watch.from ?? []);
  const [to, setTo] = useState(watch.to);
  const [repeat, setRepeat] = useState(watch.repeat);
  const [note, setNote] = useState(watch.note ?? '');
  const save = useSave(
    () =>
      putWatch(watch.id, {
        contactId: watch.contactId,
        ...(from.length === 0 ? {} : { from: [...from] }),
        to: [...to],
        repeat,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        enabled: watch.enabled,
      }),
    onClose,
  );
  const nothing = to.length === 0;
  return (
    <Dialog
      open
      title={t('watch.title', { name })}
      onClose={onClose}
      onSubmit={nothing ? () => undefined : save.run}
      footer={<SaveButtons save={save} label={t('common.save')} disabled={nothing} onCancel={onClose} />}
    >
      {save.notice}
      <StatusChoice
        label={t('watch.from')}
        hint={t('watch.fromHint')}
        chosen={from}
        onChange={(next) => setFrom([...next])}
      />
      <StatusChoice
        label={t('watch.to')}
        hint={nothing ? t('watch.toMissing') : ''}
        chosen={to}
        onChange={(next) => setTo([...next])}
      />
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
    </Dialog>
  );
};
