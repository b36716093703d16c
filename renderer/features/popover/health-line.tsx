import { useTranslation } from 'react-i18next';
import { healthOf, lastingState } from '../../selectors/account-health.ts';
import { useConnectionStore } from '../../stores/connection-store.ts';
import { useAccountsStore } from '../../stores/mirrors.ts';
import { Chip } from '../../ui/chip.tsx';
import { accountPath } from '../accounts/account-path.ts';
import styles from './popover.module.css';

/** All connections in a few words; trouble can be pressed to see to it: where one account has it, on its own page. */
export const HealthLine = ({ onOpen }: { readonly onOpen: (path: string) => void }) => {
  const { t } = useTranslation();
  const lost = useConnectionStore(({ state }) => state === 'lost');
  const accounts = useAccountsStore((state) => state.items);
  const phase = useAccountsStore((state) => state.phase);
  const health = healthOf(accounts);
  if (lost) return <span className={styles.health}>{t('popover.health.lost')}</span>;
  if (phase !== 'ready') return <span className={styles.health} />;
  if (health.kind !== 'trouble') {
    return (
      <span className={styles.health}>
        {health.kind === 'well'
          ? t('popover.health.well', { count: health.count })
          : t(`popover.health.${health.kind}`)}
      </span>
    );
  }
  const { id, label } = health.account;
  const state = lastingState(health.account);
  const key = state === 'needs-sign-in' || state === 'offline' ? state : 'degraded';
  const trouble = t(`popover.health.${key}`, { account: label });
  return (
    <span className={styles.health}>
      <Chip className={styles.trouble} onClick={() => onOpen(health.others === 0 ? accountPath(id) : '/accounts')}>
        {health.others === 0 ? trouble : t('popover.health.more', { trouble, count: health.others })}
      </Chip>
    </span>
  );
};
