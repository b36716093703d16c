import { type ReactNode, useCallback, useState } from 'react';
import { attempt } from '../../stores/attempt.ts';
import { useAccountsStore, usePlatformsStore } from '../../stores/mirrors.ts';
import { beginSignIn } from '../../stores/sign-in-flow.ts';
import type { AccountTask } from './account-actions.tsx';
import { RemoveAccount, RenameAccount, SignInAgain } from './account-dialogs.tsx';
import { AccountSettings } from './account-settings.tsx';
import { repairsByBrowser } from './sign-in-draft.ts';

type OpenTask = { readonly id: string; readonly task: AccountTask };

const Dialogs = ({ task: { id, task }, onClose }: { readonly task: OpenTask; readonly onClose: () => void }) => {
  const account = useAccountsStore((state) => state.items.get(id));
  const platform = usePlatformsStore((state) => state.items.get(account?.platform ?? ''));
  if (account === undefined) return null;
  switch (task) {
    case 'rename':
      return <RenameAccount account={account} onClose={onClose} />;
    case 'remove':
      return <RemoveAccount account={account} onClose={onClose} />;
    case 'settings':
      return platform === undefined ? null : (
        <AccountSettings account={account} platform={platform} onClose={onClose} />
      );
    case 'sign-in':
      return platform === undefined ? null : <SignInAgain account={account} platform={platform} onClose={onClose} />;
  }
};

/** One click: where the browser does the rest, its page opens at once; else the dialog asks for what is needed. */
const beginRepair = async (id: string): Promise<void> => {
  const account = useAccountsStore.getState().items.get(id);
  const platform = usePlatformsStore.getState().items.get(account?.platform ?? '');
  if (account === undefined || platform === undefined || !repairsByBrowser(platform, account)) return;
  const { settings } = account;
  const method = platform.auth.includes('oauth') ? 'browser' : 'device';
  await attempt(() => beginSignIn({ platform: platform.id, settings, accountId: id, method }));
};

/** The dialogs of accounts, and what opens them. */
export const useAccountTasks = (): {
  readonly open: (id: string, task: AccountTask) => void;
  readonly dialogs: ReactNode;
} => {
  const [task, setTask] = useState<OpenTask | null>(null);
  const close = useCallback(() => setTask(null), []);
  const open = useCallback((id: string, next: AccountTask) => {
    if (next === 'sign-in') void beginRepair(id).finally(() => setTask({ id, task: next }));
    else setTask({ id, task: next });
  }, []);
  return { open, dialogs: task === null ? null : <Dialogs task={task} onClose={close} /> };
};
