import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { patchContact } from '../../stores/contact-commands.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './person.module.css';
import { SaveButtons, useSave } from './save.tsx';

/** The user's own groups for a person; they can be given back to what the platforms say. */
export const GroupsDialog = ({ contact, onClose }: { readonly contact: ContactView; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const [groups, setGroups] = useState<readonly string[]>(contact.groups);
  const [added, setAdded] = useState('');
  const withAdded = (): readonly string[] => {
    const group = added.trim();
    return group === '' || groups.includes(group) ? groups : [...groups, group];
  };
  // A name that was typed and not added yet is meant to be added.
  const save = useSave(() => patchContact(contact.id, { groups: [...withAdded()] }), onClose);
  const reset = useSave(() => patchContact(contact.id, { groups: null }), onClose);
  return (
    <Dialog
      open
      title={t('person.groupsTitle', { name: contact.name })}
      onClose={onClose}
      onSubmit={save.run}
      footer={
        <>
          <Button variant="ghost" busy={reset.busy} onClick={reset.run}>
            {t('person.groupsReset')}
          </Button>
          <SaveButtons save={save} label={t('common.save')} onCancel={onClose} />
        </>
      }
    >
      {save.notice}
      {reset.notice}
      <div className={styles.removable}>
        {groups.map((group) => (
          <Chip
            key={group}
            aria-label={t('person.groupsRemove', { group })}
            onClick={() => setGroups(groups.filter((other) => other !== group))}
          >
            {group}
            <X aria-hidden />
          </Chip>
        ))}
      </div>
      <div className={styles.addRow}>
        <TextField label={t('person.groupsAdd')} value={added} maxLength={100} onChange={setAdded} />
        <Button
          icon={<Plus aria-hidden />}
          onClick={() => {
            setGroups(withAdded());
            setAdded('');
          }}
        >
          {t('common.add')}
        </Button>
      </div>
      <p className={styles.note}>{t('person.groupsHint')}</p>
    </Dialog>
  );
};
