import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, PlatformView } from '../../../src/contract/index.ts';
import { patchAccount } from '../../stores/account-commands.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { showToast } from '../../ui/toast-store.ts';
import { changedSettings } from './settings-form.ts';
import { settingsFields } from './sign-in-draft.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Changes an account's settings; the core checks them with the platform before it keeps them. */
export const AccountSettings = ({
  account,
  platform,
  onClose,
}: {
  readonly account: AccountView;
  readonly platform: PlatformView;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const fields = useMemo(() => settingsFields(platform), [platform]);
  const save = async ({ settings }: { readonly settings: Record<string, unknown> }): Promise<void> => {
    await patchAccount(account.id, { settings: changedSettings(fields.plain, account.settings, settings) });
    showToast({ tone: 'neutral', text: t('accounts.settingsSaved', { name: account.label }) });
    onClose();
  };
  return (
    <Dialog open wide title={t('accounts.settingsTitle', { name: account.label })} onClose={onClose}>
      <SignInForm
        platform={platform}
        fields={fields}
        values={account.settings}
        steps={[{ id: 'save', label: t('common.save'), run: save }]}
        onCancel={onClose}
      />
    </Dialog>
  );
};
