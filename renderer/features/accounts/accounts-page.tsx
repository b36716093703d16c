import { ArrowLeft, Plug, Plus } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isWithin, navigate, segmentAfter, usePath } from '../../app/router.ts';
import { useAccountsStore, usePlatformsStore } from '../../stores/mirrors.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast-store.ts';
import { AccountCard } from './account-card.tsx';
import { AccountPage } from './account-page.tsx';
import { addPath } from './account-path.ts';
import { useAccountTasks } from './account-tasks.tsx';
import styles from './accounts.module.css';
import { Connect } from './connect.tsx';
import { PlatformChoice } from './platform-choice.tsx';

const openAdd = (): void => navigate(addPath);

const AccountList = () => {
  const { t } = useTranslation();
  const { items, phase } = useAccountsStore();
  const { open, dialogs } = useAccountTasks();
  if (items.size === 0 && phase === 'loading') return <SkeletonRows rows={3} label={t('common.loading')} />;
  if (items.size === 0 && phase === 'failed') {
    return <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />;
  }
  if (items.size === 0) {
    return (
      <EmptyState icon={<Plug />} title={t('accounts.emptyTitle')} text={t('accounts.emptyText')}>
        <Button variant="primary" onClick={openAdd}>
          {t('accounts.add')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <>
      <div className={styles.cards}>
        {[...items.values()].map((account) => (
          <AccountCard key={account.id} account={account} onTask={(task) => open(account.id, task)} />
        ))}
      </div>
      {dialogs}
    </>
  );
};

const AddAccount = ({ platformId }: { readonly platformId: string | null }) => {
  const { t } = useTranslation();
  const platform = usePlatformsStore((state) => state.items.get(platformId ?? ''));
  const done = useCallback(() => {
    showToast({ tone: 'neutral', text: t('accounts.added') });
    navigate('/accounts');
  }, [t]);
  if (platform === undefined) {
    return <PlatformChoice onChoose={({ id }) => navigate(`${addPath}/${encodeURIComponent(id)}`)} />;
  }
  return <Connect target={{ platform, accountId: null }} onDone={done} onCancel={openAdd} />;
};

/** Accounts: how each is, and connecting another one step by step. */
export const AccountsPage = () => {
  const { t } = useTranslation();
  const path = usePath();
  const adding = isWithin(addPath, path);
  const platformId = segmentAfter(addPath, path);
  const platform = usePlatformsStore((state) => state.items.get(platformId ?? ''));
  const accountId = adding ? null : segmentAfter('/accounts', path);
  if (accountId !== null) return <AccountPage key={accountId} id={accountId} />;
  if (adding) {
    return (
      <Page
        title={platform === undefined ? t('accounts.addTitle') : t('accounts.signInTo', { platform: platform.name })}
        intro={platform === undefined ? t('accounts.addIntro') : t('accounts.signInIntro')}
        actions={
          <Button
            variant="ghost"
            icon={<ArrowLeft aria-hidden className={styles.turn} />}
            onClick={() => navigate('/accounts')}
          >
            {t('accounts.back')}
          </Button>
        }
      >
        <AddAccount key={platformId} platformId={platformId} />
      </Page>
    );
  }
  return (
    <Page
      title={t('accounts.title')}
      intro={t('accounts.intro')}
      actions={
        <Button icon={<Plus aria-hidden />} onClick={openAdd}>
          {t('accounts.add')}
        </Button>
      }
    >
      <AccountList />
    </Page>
  );
};
