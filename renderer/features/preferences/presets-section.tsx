import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OWN_STATUSES, type PresetView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { usePresetsStore } from '../../stores/mirrors.ts';
import { createPreset, deletePreset, type PresetFields, putPreset } from '../../stores/preset-commands.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Emoji } from '../../ui/emoji.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast-store.ts';
import { EmojiPicker } from '../own-status/emoji-picker.tsx';
import { SaveButtons, useSave } from '../person/save.tsx';
import styles from './preferences.module.css';

const fresh: PresetFields = {
  name: '',
  status: 'busy',
  message: null,
  emoji: null,
  doNotDisturb: false,
  forSeconds: null,
};

const lengths = [900, 1_800, 3_600, 7_200, 14_400, 28_800];

const filled = (text: string | null): string | null => ((text ?? '').trim() === '' ? null : (text ?? '').trim());

const fieldsOf = ({ id: _id, ...fields }: PresetView): PresetFields => fields;

const PresetDialog = ({
  title,
  start,
  onSave,
  onClose,
}: {
  readonly title: string;
  readonly start: PresetFields;
  readonly onSave: (fields: PresetFields) => Promise<void>;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const [draft, setDraft] = useState(start);
  const change = (part: Partial<PresetFields>): void => setDraft((before) => ({ ...before, ...part }));
  const save = useSave(
    () => onSave({ ...draft, name: draft.name.trim(), message: filled(draft.message), emoji: filled(draft.emoji) }),
    onClose,
  );
  const empty = draft.name.trim() === '';
  const known =
    draft.forSeconds === null ? lengths : [...new Set([...lengths, draft.forSeconds])].sort((a, b) => a - b);
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      onSubmit={empty ? () => undefined : save.run}
      footer={<SaveButtons save={save} label={t('common.save')} disabled={empty} onCancel={onClose} />}
    >
      {save.notice}
      <TextField
        label={t('preferences.presetName')}
        value={draft.name}
        maxLength={60}
        onChange={(name) => change({ name })}
      />
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
        <EmojiPicker value={draft.emoji ?? ''} onChange={(emoji) => change({ emoji })} />
        <TextField
          label={t('ownStatus.message')}
          labelHidden
          placeholder={t('ownStatus.messagePlaceholder')}
          maxLength={100}
          value={draft.message ?? ''}
          onChange={(message) => change({ message })}
        />
      </div>
      <Select
        label={t('preferences.presetLength')}
        value={draft.forSeconds === null ? 'keep' : String(draft.forSeconds)}
        options={[
          { value: 'keep', label: t('ownStatus.durationKeep') },
          ...known.map((value) => ({ value: String(value), label: formats.duration(value) })),
        ]}
        onChange={(value) => change({ forSeconds: value === 'keep' ? null : Number(value) })}
      />
      <Checkbox
        label={t('ownStatus.withDoNotDisturb')}
        checked={draft.doNotDisturb}
        onChange={(doNotDisturb) => change({ doNotDisturb })}
      />
    </Dialog>
  );
};

const PresetRow = ({ preset, onEdit }: { readonly preset: PresetView; readonly onEdit: () => void }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const remove = async (): Promise<void> => {
    await deletePreset(preset.id);
    showToast({
      tone: 'neutral',
      text: t('preferences.presetDeleted', { name: preset.name }),
      action: { label: t('common.undo'), run: () => void attempt(() => createPreset(fieldsOf(preset))) },
    });
  };
  const words = [
    t(`status.${preset.status}`),
    preset.message ?? '',
    preset.doNotDisturb ? t('status.doNotDisturb') : '',
    preset.forSeconds === null ? '' : formats.duration(preset.forSeconds),
  ];
  return (
    <li className={styles.item}>
      {preset.emoji === null ? (
        <StatusShape status={preset.status} silent />
      ) : (
        <Emoji emoji={preset.emoji} accountId={null} />
      )}
      <span className={styles.words}>
        <b>{preset.name}</b>
        <span className={styles.hint}>{words.filter((part) => part !== '').join(' · ')}</span>
      </span>
      <IconButton
        label={t('preferences.presetEdit', { name: preset.name })}
        icon={<Pencil aria-hidden />}
        onClick={onEdit}
      />
      <IconButton
        label={t('preferences.presetDelete', { name: preset.name })}
        icon={<Trash2 aria-hidden />}
        onClick={() => void attempt(remove)}
      />
    </li>
  );
};

/** The one-tap statuses, in the order in which they are offered. */
export const PresetsSection = () => {
  const { t } = useTranslation();
  const { items, phase } = usePresetsStore();
  const [opened, setOpened] = useState<PresetView | 'new' | null>(null);
  const close = (): void => setOpened(null);
  return (
    <Section
      title={t('preferences.presets')}
      actions={
        <Button variant="ghost" icon={<Plus aria-hidden />} onClick={() => setOpened('new')}>
          {t('preferences.presetAdd')}
        </Button>
      }
    >
      {phase === 'loading' && items.size === 0 ? <SkeletonRows rows={3} label={t('common.loading')} /> : null}
      {phase === 'failed' && items.size === 0 ? <p className={styles.hint}>{t('navigation.loadFailedText')}</p> : null}
      {phase === 'ready' && items.size === 0 ? <p className={styles.hint}>{t('preferences.presetsEmpty')}</p> : null}
      {items.size === 0 ? null : (
        <Card flush>
          <ul>
            {[...items.values()].map((preset) => (
              <PresetRow key={preset.id} preset={preset} onEdit={() => setOpened(preset)} />
            ))}
          </ul>
        </Card>
      )}
      {opened === 'new' ? (
        <PresetDialog title={t('preferences.presetAdd')} start={fresh} onSave={createPreset} onClose={close} />
      ) : null}
      {opened === null || opened === 'new' ? null : (
        <PresetDialog
          title={t('preferences.presetEdit', { name: opened.name })}
          start={fieldsOf(opened)}
          onSave={(fields) => putPreset(opened.id, fields)}
          onClose={close}
        />
      )}
    </Section>
  );
};
