import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../../src/contract/index.ts';
import { navigate } from '../../app/router.ts';
import { useAccountsStore, usePlatformsStore } from '../../stores/mirrors.ts';
import { usePlatformNames } from '../../stores/platform-names.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { AuditTrail } from '../audit/audit-trail.tsx';
import { AccountMenu, RepairButtons } from './account-actions.tsx';
import { AccountHealth } from './account-health.tsx';
import { StateLine, Trouble, whoOf } from './account-state.tsx';
import { useAccountTasks } from './account-tasks.tsx';
import styles from './accounts.module.css';
import { Capabilities } from './capabilities.tsx';
import { DirectorySection } from './directory-section.tsx';

const toAccounts = (): void => navigate('/accounts');

const Back = () => {
  const { t } = useTranslation();
  return (
    <Button variant="ghost" icon={<ArrowLeft aria-hidden className={styles.turn} />} onClick={toAccounts}>
      {t('accounts.back')}
    </Button>
  );
};

const Known = ({ account }: { readonly account: AccountView }) => {
  const { t } = useTranslation();
  const nameOf = usePlatformNames();
  const words = useCoreWords();
  const platform = usePlatformsStore((state) => state.items.get(account.platform));
  const { open, dialogs } = useAccountTasks();
  const onTask = (task: Parameters<typeof open>[1]): void => open(account.id, task);
  return (
    <Page title={account.label} actions={<Back />}>
      <header className={styles.cardHead}>
        <PlatformMark platform={account.platform} large />
        <div className={styles.cardWords}>
          <p>{[nameOf(account.platform), whoOf(account)].filter((part) => part !== '').join(' · ')}</p>
          <StateLine account={account} />
        </div>
        <AccountMenu account={account} onTask={onTask} />
      </header>
      <Trouble account={account} />
      <RepairButtons account={account} onTask={onTask} />
      {account.sync === null ? null : (
        <Progress label={t('people.syncing', { account: account.label, count: account.sync.people })} />
      )}
      {account.notices.map((notice) => (
        <Notice key={notice}>{words(notice)}</Notice>
      ))}
      <AccountHealth account={account} platform={platform} onSignIn={() => onTask('sign-in')}>
        {platform === undefined || platform.directory === null ? null : (
          <DirectorySection account={account} directory={platform.directory} />
        )}
        <Section title={t('accounts.page.can')}>
          <Capabilities capabilities={account.capabilities} />
        </Section>
        <AuditTrail accountId={account.id} key={account.since} />
      </AccountHealth>
      {dialogs}
    </Page>
  );
};

/** One account: how it is in numbers and words, what it may do, what happened, and everything that can be done with it. */
export const AccountPage = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useTranslation();
  const account = useAccountsStore((state) => state.items.get(id));
  const phase = useAccountsStore((state) => state.phase);
  if (account !== undefined) return <Known account={account} />;
  return (
    <Page title={t('accounts.title')} actions={<Back />}>
      {phase === 'loading' ? (
        <SkeletonRows rows={5} label={t('common.loading')} />
      ) : phase === 'failed' ? (
        <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />
      ) : (
        <EmptyState title={t('accounts.page.goneTitle')} text={t('accounts.page.goneText')}>
          <Button onClick={toAccounts}>{t('accounts.back')}</Button>
        </EmptyState>
      )}
    </Page>
  );
};
