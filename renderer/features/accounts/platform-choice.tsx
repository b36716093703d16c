import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../src/contract/index.ts';
import { usePlatformsStore } from '../../stores/mirrors.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import styles from './accounts.module.css';
import { Capabilities } from './capabilities.tsx';

const PlatformCard = ({ platform, onChoose }: { readonly platform: PlatformView; readonly onChoose: () => void }) => {
  const { t } = useTranslation();
  return (
    <Card className={styles.card}>
      <header className={styles.cardHead}>
        <PlatformMark platform={platform.id} large />
        <div className={styles.cardWords}>
          <h2 className={styles.cardTitle}>{platform.name}</h2>
          <p className={styles.hint}>
            {platform.verifiedLive === null
              ? t('accounts.notVerified')
              : t('accounts.verified', { date: platform.verifiedLive })}
          </p>
        </div>
      </header>
      <Capabilities capabilities={platform.capabilities} />
      <div className={styles.actions}>
        <Button variant="primary" onClick={onChoose}>
          {t('accounts.connectTo', { platform: platform.name })}
        </Button>
      </div>
    </Card>
  );
};

/** Every platform with what it can and cannot do, to choose one to sign in to. */
export const PlatformChoice = ({ onChoose }: { readonly onChoose: (platform: PlatformView) => void }) => {
  const { t } = useTranslation();
  const { items, phase } = usePlatformsStore();
  if (phase === 'loading') return <SkeletonRows rows={4} label={t('common.loading')} />;
  if (phase === 'failed') {
    return <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />;
  }
  return (
    <div className={styles.cards}>
      {[...items.values()].map((platform) => (
        <PlatformCard key={platform.id} platform={platform} onChoose={() => onChoose(platform)} />
      ))}
    </div>
  );
};
