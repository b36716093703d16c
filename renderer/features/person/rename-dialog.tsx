import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { patchContact } from '../../stores/contact-commands.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { SaveButtons, useSave } from './save.tsx';

/** The user's own name for a person; empty gives it back to the platforms. */
export const RenameDialog = ({ contact, onClose }: { readonly contact: ContactView; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const [name, setName] = useState(contact.name);
  const save = useSave(() => patchContact(contact.id, { name: name.trim() === '' ? null : name.trim() }), onClose);
  return (
    <Dialog
      open
      title={t('person.renameTitle', { name: contact.name })}
      onClose={onClose}
      onSubmit={save.run}
      footer={<SaveButtons save={save} label={t('common.save')} onCancel={onClose} />}
    >
      {save.notice}
      <TextField
        label={t('person.renameLabel')}
        hint={t('person.renameHint')}
        value={name}
        maxLength={200}
        onChange={setName}
      />
    </Dialog>
  );
};
