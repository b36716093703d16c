import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, PlatformView } from '../../../src/contract/index.ts';
import { deleteAccount, patchAccount } from '../../stores/account-commands.ts';
import { useContactsStore } from '../../stores/mirrors.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast-store.ts';
import { SaveButtons, useSave } from '../person/save.tsx';
import { Connect } from './connect.tsx';
import { onlyThrough } from './only-through.ts';
import { wayAgain } from './sign-in-draft.ts';

type AccountDialogProps = { readonly account: AccountView; readonly onClose: () => void };

/** Gives an account another name. */
export const RenameAccount = ({ account, onClose }: AccountDialogProps) => {
  const { t } = useTranslation();
  const [label, setLabel] = useState(account.label);
  const save = useSave(() => patchAccount(account.id, { label: label.trim() }), onClose);
  const empty = label.trim() === '';
  return (
    <Dialog
      open
      title={t('accounts.renameTitle', { name: account.label })}
      onClose={onClose}
      onSubmit={empty ? () => undefined : save.run}
      footer={<SaveButtons save={save} label={t('common.save')} disabled={empty} onCancel={onClose} />}
    >
      {save.notice}
      <TextField
        label={t('accounts.label')}
        hint={t('accounts.labelHint')}
        value={label}
        maxLength={100}
        onChange={setLabel}
      />
    </Dialog>
  );
};

/** Asks before an account goes, and says what goes with it. */
export const RemoveAccount = ({ account, onClose }: AccountDialogProps) => {
  const { t } = useTranslation();
  const contacts = useContactsStore((state) => state.items);
  const only = onlyThrough(account.id, contacts.values()).length;
  const save = useSave(async () => {
    await deleteAccount(account.id);
    showToast({ tone: 'neutral', text: t('accounts.removed', { name: account.label }) });
  }, onClose);
  return (
    <Dialog
      open
      title={t('accounts.removeTitle', { name: account.label })}
      onClose={onClose}
      onSubmit={save.run}
      footer={<SaveButtons danger save={save} label={t('accounts.removeConfirm')} onCancel={onClose} />}
    >
      {save.notice}
      <p>{t('accounts.removeText')}</p>
      <p>{t('accounts.removePeople', { count: only })}</p>
    </Dialog>
  );
};

/** New secrets for an account that is kept with everything read through it. */
export const SignInAgain = ({
  account,
  platform,
  onClose,
}: AccountDialogProps & { readonly platform: PlatformView }) => {
  const { t } = useTranslation();
  const done = useCallback(() => {
    showToast({ tone: 'neutral', text: t('accounts.signedIn', { name: account.label }) });
    onClose();
  }, [account.label, onClose, t]);
  return (
    <Dialog open wide title={t('accounts.signInAgainTitle', { name: account.label })} onClose={onClose}>
      <Connect
        target={{ platform, accountId: account.id, way: wayAgain(platform, account) }}
        onDone={done}
        onCancel={onClose}
      />
    </Dialog>
  );
};
