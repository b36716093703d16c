import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../src/contract/index.ts';
import { usePlatformsStore } from '../../stores/mirrors.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import styles from './accounts.module.css';
import { Capabilities } from './capabilities.tsx';

type CardProps = { readonly platform: PlatformView; readonly onChoose: (platform: PlatformView) => void };

const PlatformCard = ({ platform, onChoose }: CardProps) => {
  const { t } = useTranslation();
  const words = useCoreWords();
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
        <Button aria-label={t('accounts.connectTo', { platform: platform.name })} onClick={() => onChoose(platform)}>
          {t('accounts.connect')}
        </Button>
      </header>
      {platform.offByDefault === null ? null : <Notice tone="warn">{words(platform.offByDefault)}</Notice>}
      <Capabilities capabilities={platform.capabilities} />
    </Card>
  );
};

const Cards = ({
  platforms,
  onChoose,
}: Pick<CardProps, 'onChoose'> & { readonly platforms: readonly PlatformView[] }) => (
  <div className={styles.cards}>
    {platforms.map((platform) => (
      <PlatformCard key={platform.id} platform={platform} onChoose={onChoose} />
    ))}
  </div>
);

/** Every platform with what it can and cannot do, to choose one to sign in to; those that give little stand apart, folded away. */
export const PlatformChoice = ({ onChoose }: Pick<CardProps, 'onChoose'>) => {
  const { t } = useTranslation();
  const { items, phase } = usePlatformsStore();
  if (phase === 'loading') return <SkeletonRows rows={4} label={t('common.loading')} />;
  if (phase === 'failed') {
    return <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />;
  }
  const all = [...items.values()];
  const off = all.filter(({ offByDefault }) => offByDefault !== null);
  return (
    <>
      <Cards platforms={all.filter(({ offByDefault }) => offByDefault === null)} onChoose={onChoose} />
      {off.length === 0 ? null : (
        <Disclosure title={t('accounts.offByDefault', { count: off.length })}>
          <p className={styles.hint}>{t('accounts.offByDefaultText')}</p>
          <Cards platforms={off} onChoose={onChoose} />
        </Disclosure>
      )}
    </>
  );
};
