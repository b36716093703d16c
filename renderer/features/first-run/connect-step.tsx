import { CircleCheck, Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../src/contract/index.ts';
import { useAccountsStore } from '../../stores/mirrors.ts';
import { usePlatformNames } from '../../stores/platform-names.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import { Progress } from '../../ui/progress.tsx';
import { showToast } from '../../ui/toast-store.ts';
import { Connect } from '../accounts/connect.tsx';
import { PlatformChoice } from '../accounts/platform-choice.tsx';
import styles from './first-run.module.css';

const Connected = ({ onMore }: { readonly onMore: () => void }) => {
  const { t } = useTranslation();
  const accounts = useAccountsStore((state) => state.items);
  const nameOf = usePlatformNames();
  return (
    <>
      <Card flush>
        <ul>
          {[...accounts.values()].map((account) => (
            <li key={account.id} className={styles.item}>
              <PlatformMark platform={account.platform} large />
              <span className={styles.words}>
                <b>{account.label}</b>
                <span className={styles.hint}>{nameOf(account.platform)}</span>
                {account.sync === null ? null : (
                  <Progress label={t('people.syncing', { account: account.label, count: account.sync.people })} />
                )}
              </span>
              {account.state === 'connected' ? <CircleCheck aria-hidden className={styles.good} /> : null}
              <span className={styles.hint}>{t(`accounts.state.${account.state}`)}</span>
            </li>
          ))}
        </ul>
      </Card>
      <div>
        <Button icon={<Plus aria-hidden />} onClick={onMore}>
          {t('firstRun.another')}
        </Button>
      </div>
    </>
  );
};

/** Connecting the first account, and as many more as wanted. */
export const ConnectStep = () => {
  const { t } = useTranslation();
  const connected = useAccountsStore((state) => state.items.size);
  const [choosing, setChoosing] = useState(false);
  const [platform, setPlatform] = useState<PlatformView | null>(null);
  const done = useCallback(() => {
    setPlatform(null);
    setChoosing(false);
    showToast({ tone: 'neutral', text: t('accounts.added') });
  }, [t]);
  if (platform !== null) {
    return (
      <>
        <h2 className={styles.wayTitle}>{t('accounts.signInTo', { platform: platform.name })}</h2>
        <Connect target={{ platform, accountId: null }} onDone={done} onCancel={() => setPlatform(null)} />
      </>
    );
  }
  if (connected > 0 && !choosing) return <Connected onMore={() => setChoosing(true)} />;
  return <PlatformChoice onChoose={setPlatform} />;
};
