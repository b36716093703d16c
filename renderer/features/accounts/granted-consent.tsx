import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../src/contract/index.ts';
import { loadAccountHealth } from '../../stores/account-health-commands.ts';
import { useLoaded } from '../../stores/use-loaded.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import styles from './accounts.module.css';
import { Scopes } from './scopes.tsx';

/** After a sign-in: which permissions it lacks and what each is for. Goes on by itself where none is missing. */
export const GrantedConsent = ({
  accountId,
  platform,
  onGoOn,
}: {
  readonly accountId: string;
  readonly platform: PlatformView;
  readonly onGoOn: () => void;
}) => {
  const { t } = useTranslation();
  const load = useCallback(() => loadAccountHealth(accountId), [accountId]);
  const { value, error } = useLoaded(load);
  const missing = value?.signIn?.missing ?? [];
  const nothingToSay = error !== null || (value !== null && missing.length === 0);
  useEffect(() => {
    if (nothingToSay) onGoOn();
  }, [nothingToSay, onGoOn]);
  if (value === null || nothingToSay) return <SkeletonRows rows={2} label={t('common.loading')} />;
  return (
    <>
      <Notice tone="warn">{t('accounts.consent.lacks', { count: missing.length, platform: platform.name })}</Notice>
      <Scopes platform={platform} granted={value.signIn?.granted ?? []} missing={missing} />
      <p className={styles.hint}>{t('accounts.consent.howToAdd')}</p>
      <div className={styles.actions}>
        <Button variant="primary" onClick={onGoOn}>
          {t('accounts.consent.goOn')}
        </Button>
      </div>
    </>
  );
};
