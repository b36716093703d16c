import { LogIn, MoreHorizontal, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../../src/contract/index.ts';
import { patchAccount, reconnectAccount } from '../../stores/account-commands.ts';
import { attempt } from '../../stores/attempt.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import styles from './accounts.module.css';

/** What an account's card and page can open. */
export type AccountTask = 'rename' | 'settings' | 'remove' | 'sign-in';

type ActionProps = { readonly account: AccountView; readonly onTask: (task: AccountTask) => void };

const reconnect = ({ id }: AccountView): void => void attempt(() => reconnectAccount(id));

const setEnabled = ({ id }: AccountView, enabled: boolean): void => void attempt(() => patchAccount(id, { enabled }));

/** Everything that can be done with an account. */
export const AccountMenu = ({ account, onTask }: ActionProps) => {
  const { t } = useTranslation();
  const off = account.state === 'disabled';
  const label = t('accounts.more', { name: account.label });
  return (
    <Menu align="end" label={label} trigger={<IconButton label={label} icon={<MoreHorizontal aria-hidden />} />}>
      <MenuItem onSelect={() => onTask('rename')}>{t('accounts.rename')}</MenuItem>
      <MenuItem onSelect={() => onTask('settings')}>{t('accounts.settings')}</MenuItem>
      <MenuItem onSelect={() => onTask('sign-in')}>{t('accounts.signInAgain')}</MenuItem>
      {off ? null : <MenuItem onSelect={() => reconnect(account)}>{t('accounts.reconnect')}</MenuItem>}
      <MenuItem onSelect={() => setEnabled(account, off)}>
        {off ? t('accounts.switchOn') : t('accounts.switchOff')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={() => onTask('remove')}>
        {t('accounts.remove')}
      </MenuItem>
    </Menu>
  );
};

/** What puts an account right that does not do what it should; nothing for one that does. */
export const RepairButtons = ({ account, onTask }: ActionProps) => {
  const { t } = useTranslation();
  switch (account.state) {
    case 'connecting':
    case 'connected':
      return null;
    case 'needs-sign-in':
      return (
        <div className={styles.actions}>
          <Button variant="primary" icon={<LogIn aria-hidden />} onClick={() => onTask('sign-in')}>
            {t('accounts.signInAgain')}
          </Button>
        </div>
      );
    case 'disabled':
      return (
        <div className={styles.actions}>
          <Button onClick={() => setEnabled(account, true)}>{t('accounts.switchOn')}</Button>
        </div>
      );
    case 'degraded':
    case 'offline':
      return (
        <div className={styles.actions}>
          <Button icon={<RefreshCw aria-hidden />} onClick={() => reconnect(account)}>
            {t('accounts.reconnect')}
          </Button>
        </div>
      );
  }
};
