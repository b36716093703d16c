import { Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DirectoryPersonView } from '../../../src/contract/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import styles from './accounts.module.css';
import type { DirectorySearch } from './use-directory-search.ts';

/** Somebody with the button that adds or removes them; `saving` refuses presses while a change is under way. */
export const DirectoryRow = ({
  name,
  hint,
  avatarUrl = null,
  chosen,
  disabled = false,
  saving,
  onPress,
}: {
  readonly name: string;
  readonly hint: string | null;
  readonly avatarUrl?: string | null;
  readonly chosen: boolean;
  readonly disabled?: boolean;
  readonly saving: boolean;
  readonly onPress: () => void;
}) => {
  const { t } = useTranslation();
  return (
    <li className={styles.directoryRow}>
      <Avatar name={name} url={avatarUrl} size="small" />
      <span className={styles.cardWords} dir="auto">
        {name}
        {hint === null ? null : <span className={styles.hint}>{hint}</span>}
      </span>
      <Button
        disabled={disabled}
        busy={saving}
        icon={chosen ? <Minus aria-hidden /> : <Plus aria-hidden />}
        aria-label={t(chosen ? 'accounts.directory.removeOf' : 'accounts.directory.addOf', { name })}
        onClick={onPress}
      >
        {t(chosen ? 'accounts.directory.remove' : 'common.add')}
      </Button>
    </li>
  );
};

/** How the search is, and whom it found. */
export const FoundPeople = ({
  search,
  waiting,
  isChosen,
  full,
  saving,
  onToggle,
  onAgain,
}: {
  readonly search: DirectorySearch;
  /** The account is not connected, and nobody knows when it will be. */
  readonly waiting: boolean;
  readonly isChosen: (person: DirectoryPersonView) => boolean;
  /** How many can be chosen, once so many are; null before. */
  readonly full: number | null;
  readonly saving: boolean;
  readonly onToggle: (person: DirectoryPersonView) => void;
  readonly onAgain: () => void;
}) => {
  const { t } = useTranslation();
  switch (search.phase) {
    case 'idle':
      return <p className={styles.hint}>{t('accounts.directory.idle')}</p>;
    case 'searching':
      return waiting ? (
        <Notice tone="warn">{t('accounts.directory.waiting')}</Notice>
      ) : (
        <SkeletonRows rows={2} label={t('common.loading')} />
      );
    case 'failed':
      return (
        <Notice tone="bad" actions={<Button onClick={onAgain}>{t('common.retry')}</Button>}>
          {search.error}
        </Notice>
      );
    case 'found':
      if (search.people.length === 0) return <p className={styles.hint}>{t('accounts.directory.nobody')}</p>;
      return (
        <>
          {full === null ? null : <p className={styles.hint}>{t('accounts.directory.full', { most: full })}</p>}
          <Card flush>
            <ul className={styles.directoryList} aria-label={t('accounts.directory.foundList')}>
              {search.people.map((person) => {
                const chosen = isChosen(person);
                return (
                  <DirectoryRow
                    key={person.userId}
                    name={person.displayName}
                    hint={person.email}
                    chosen={chosen}
                    disabled={!chosen && full !== null}
                    saving={saving}
                    onPress={() => onToggle(person)}
                  />
                );
              })}
            </ul>
          </Card>
        </>
      );
  }
};
