import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../../src/contract/index.ts';
import { Link } from '../../app/link.tsx';
import { usePlatformNames } from '../../stores/platform-names.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { Card } from '../../ui/card.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import { Progress } from '../../ui/progress.tsx';
import { AccountMenu, type AccountTask, RepairButtons } from './account-actions.tsx';
import { accountPath } from './account-path.ts';
import { StateLine, Trouble, whoOf } from './account-state.tsx';
import styles from './accounts.module.css';
import { Capabilities } from './capabilities.tsx';

/** One account: how it is, why, what to do about it and what it can do; its name leads to its page. */
export const AccountCard = ({
  account,
  onTask,
}: {
  readonly account: AccountView;
  readonly onTask: (task: AccountTask) => void;
}) => {
  const { t } = useTranslation();
  const nameOf = usePlatformNames();
  const words = useCoreWords();
  return (
    <Card className={styles.card}>
      <header className={styles.cardHead}>
        <PlatformMark platform={account.platform} large />
        <div className={styles.cardWords}>
          <h2 className={styles.cardTitle}>
            <Link href={accountPath(account.id)} className={styles.cardLink}>
              {account.label}
            </Link>
          </h2>
          <p className={styles.hint}>
            {[nameOf(account.platform), whoOf(account)].filter((part) => part !== '').join(' · ')}
          </p>
        </div>
        <AccountMenu account={account} onTask={onTask} />
      </header>
      <StateLine account={account} />
      <Trouble account={account} />
      {account.sync === null ? null : (
        <Progress label={t('people.syncing', { account: account.label, count: account.sync.people })} />
      )}
      {account.notices.map((notice) => (
        <Notice key={notice}>{words(notice)}</Notice>
      ))}
      <RepairButtons account={account} onTask={onTask} />
      <Disclosure title={t('accounts.details')}>
        <Capabilities capabilities={account.capabilities} />
      </Disclosure>
    </Card>
  );
};
