import { useTranslation } from 'react-i18next';
import type { AccountView, DirectoryPersonView } from '../../../src/contract/index.ts';
import { useContactsStore } from '../../stores/mirrors.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { announce } from '../../ui/toast-store.ts';
import { SaveButtons, useSave } from '../person/save.tsx';
import { onlyThrough } from './only-through.ts';

type Asked = {
  readonly account: AccountView;
  readonly onYes: () => Promise<void>;
  readonly onClose: () => void;
};

/** Asks before the first person is added to an account that showed everybody: from then on it shows only those who are added. */
export const AskOnly = ({ account, person, onYes, onClose }: Asked & { readonly person: DirectoryPersonView }) => {
  const { t } = useTranslation();
  const contacts = useContactsStore((state) => state.items);
  const { displayName: name, userId } = person;
  const gone = onlyThrough(account.id, contacts.values()).filter(({ identities }) =>
    identities.every((identity) => identity.userId !== userId),
  );
  const save = useSave(async () => {
    await onYes();
    announce(t('accounts.directory.added', { name }));
  }, onClose);
  return (
    <Dialog
      open
      title={t('accounts.directory.onlyTitle', { name })}
      onClose={onClose}
      onSubmit={save.run}
      footer={<SaveButtons save={save} label={t('accounts.directory.onlyConfirm', { name })} onCancel={onClose} />}
    >
      {save.notice}
      <p>{t('accounts.directory.onlyText', { account: account.label })}</p>
      <p>{t('accounts.directory.onlyGone', { count: gone.length })}</p>
    </Dialog>
  );
};

/** Asks before the last chosen person is removed: the account then shows everybody again. */
export const AskEverybody = ({ account, name, onYes, onClose }: Asked & { readonly name: string }) => {
  const { t } = useTranslation();
  const save = useSave(async () => {
    await onYes();
    announce(t('accounts.directory.removed', { name }));
  }, onClose);
  return (
    <Dialog
      open
      title={t('accounts.directory.everybodyTitle')}
      onClose={onClose}
      onSubmit={save.run}
      footer={<SaveButtons save={save} label={t('accounts.directory.everybodyConfirm')} onCancel={onClose} />}
    >
      {save.notice}
      <p>{t('accounts.directory.everybodyText', { name, account: account.label })}</p>
    </Dialog>
  );
};
