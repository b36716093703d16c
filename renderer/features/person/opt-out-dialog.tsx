import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { patchContact } from '../../stores/contact-commands.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SaveButtons, useSave } from './save.tsx';

/** Asks before nothing is read about someone any more, and says what that means, XMPP's limit too. */
export const OptOutDialog = ({ contact, onClose }: { readonly contact: ContactView; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const save = useSave(() => patchContact(contact.id, { monitored: false }), onClose);
  return (
    <Dialog
      open
      title={t('person.optOutTitle', { name: contact.name })}
      onClose={onClose}
      onSubmit={save.run}
      footer={<SaveButtons danger save={save} label={t('person.optOutConfirm')} onCancel={onClose} />}
    >
      {save.notice}
      <p>{t('person.optOutText', { name: contact.name })}</p>
      {contact.identities.some(({ platform }) => platform === 'xmpp') ? <p>{t('person.optOutXmpp')}</p> : null}
    </Dialog>
  );
};
