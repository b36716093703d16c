import { SearchX, UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../app/router.ts';
import { useAccountsStore, useContactsStore } from '../../stores/mirrors.ts';
import { setFilter, setQuery, usePeopleView } from '../../stores/people-view-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Progress } from '../../ui/progress.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import styles from './people-states.module.css';

/** Why the list shows nobody, and what to do next. */
export const NobodyShown = ({ onConnect }: { readonly onConnect: () => void }) => {
  const { t } = useTranslation();
  const phase = useContactsStore((state) => state.phase);
  const known = useContactsStore((state) => state.items.size);
  const accounts = useAccountsStore((state) => state.items.size);
  const query = usePeopleView((state) => state.query);
  if (known === 0 && phase === 'loading') return <SkeletonRows label={t('common.loading')} />;
  if (known === 0 && phase === 'failed') {
    return <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />;
  }
  if (known > 0) {
    return (
      <EmptyState
        icon={<SearchX />}
        title={query === '' ? t('people.noMatchFilterTitle') : t('people.noMatchTitle')}
        text={query === '' ? t('people.noMatchFilterText') : t('people.noMatchText', { query })}
      >
        <Button
          onClick={() => {
            setQuery('');
            setFilter({ kind: 'everyone' });
          }}
        >
          {t('people.showEveryone')}
        </Button>
      </EmptyState>
    );
  }
  if (accounts > 0) {
    return (
      <EmptyState icon={<UsersRound />} title={t('people.emptyConnectedTitle')} text={t('people.emptyConnectedText')} />
    );
  }
  return (
    <EmptyState icon={<UsersRound />} title={t('people.emptyTitle')} text={t('people.emptyText')}>
      <Button variant="primary" onClick={onConnect}>
        {t('people.emptyAction')}
      </Button>
    </EmptyState>
  );
};

/** Opens the place where accounts are connected. */
export const goToAccounts = (): void => navigate('/accounts');

/** How far loading the list has come, and reading a large roster, for each account that is at it. */
export const SyncProgress = () => {
  const { t } = useTranslation();
  const accounts = useAccountsStore((state) => state.items);
  const loaded = useContactsStore((state) => (state.phase === 'loading' ? state.items.size : 0));
  const total = useContactsStore((state) => state.total);
  const syncing = [...accounts.values()].filter(({ sync }) => sync !== null);
  if (syncing.length === 0 && loaded === 0) return null;
  return (
    <div className={styles.sync}>
      {loaded === 0 ? null : (
        <Progress label={t('people.loadingMore', { count: loaded, total })} done={loaded} total={total} />
      )}
      {syncing.map(({ id, label, sync }) => (
        <Progress key={id} label={t('people.syncing', { account: label, count: sync?.people ?? 0 })} />
      ))}
    </div>
  );
};
