import { Minus, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, DirectoryPersonView, PlatformView } from '../../../src/contract/index.ts';
import { patchAccount, searchDirectory } from '../../stores/account-commands.ts';
import { attempt } from '../../stores/attempt.ts';
import { errorWords } from '../../strings/error-words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { announce } from '../../ui/toast-store.ts';
import styles from './accounts.module.css';

/** A search begins once nothing was typed for this long. */
const typingMs = 300;
/** Shorter ones would find half of the directory. */
const shortest = 2;

type Found = { readonly people: readonly DirectoryPersonView[]; readonly error: string | null };
const nothing: Found = { people: [], error: null };

const useSearch = (accountId: string, query: string): Found => {
  const { t } = useTranslation();
  const [found, setFound] = useState<Found>(nothing);
  useEffect(() => {
    if (query.trim().length < shortest) {
      setFound(nothing);
      return;
    }
    let stopped = false;
    const timer = setTimeout(() => {
      searchDirectory(accountId, query.trim()).then(
        (people) => {
          if (stopped) return;
          setFound({ people, error: null });
          announce(t('accounts.directory.found', { count: people.length }));
        },
        (error: unknown) => {
          if (!stopped) setFound({ people: [], error: errorWords(error) });
        },
      );
    }, typingMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [accountId, query, t]);
  return found;
};

const chosenIn = (account: AccountView, setting: string): readonly string[] => {
  const value = account.settings[setting];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};

const Row = ({
  name,
  hint,
  chosen,
  disabled = false,
  onPress,
}: {
  readonly name: string;
  readonly hint: string | null;
  readonly chosen: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}) => {
  const { t } = useTranslation();
  return (
    <li className={styles.directoryRow}>
      <span className={styles.cardWords}>
        {name}
        {hint === null ? null : <span className={styles.hint}>{hint}</span>}
      </span>
      <Button
        disabled={disabled}
        icon={chosen ? <Minus aria-hidden /> : <Plus aria-hidden />}
        aria-label={t(chosen ? 'accounts.directory.removeOf' : 'accounts.directory.addOf', { name })}
        onClick={onPress}
      >
        {t(chosen ? 'accounts.directory.remove' : 'common.add')}
      </Button>
    </li>
  );
};

/** Whom an account looks at, where that can be narrowed down, and adding people from its directory. */
export const DirectorySection = ({
  account,
  directory,
}: {
  readonly account: AccountView;
  readonly directory: NonNullable<PlatformView['directory']>;
}) => {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const found = useSearch(account.id, query);
  const { setting, most } = directory;
  const chosen = chosenIn(account, setting);
  const save = (next: readonly string[]): void =>
    void attempt(() => patchAccount(account.id, { settings: { [setting]: next.length === 0 ? null : next } }));
  const toggle = (userId: string): void =>
    save(chosen.includes(userId) ? chosen.filter((one) => one !== userId) : [...chosen, userId]);
  return (
    <Section title={t('accounts.directory.title')}>
      <p className={styles.hint}>
        {chosen.length === 0
          ? t('accounts.directory.everybody')
          : t('accounts.directory.only', { count: chosen.length, most })}
      </p>
      <SearchField
        label={t('accounts.directory.search')}
        clearLabel={t('common.clearSearch')}
        value={query}
        onChange={setQuery}
      />
      {found.error === null ? null : <Notice tone="bad">{found.error}</Notice>}
      {found.people.length === 0 && chosen.length === 0 ? null : (
        <Card flush>
          <ul>
            {found.people.map(({ userId, displayName, email }) => (
              <Row
                key={userId}
                name={displayName}
                hint={email}
                chosen={chosen.includes(userId)}
                disabled={!chosen.includes(userId) && chosen.length >= most}
                onPress={() => toggle(userId)}
              />
            ))}
            {chosen
              .filter((one) => found.people.every(({ userId }) => userId !== one))
              .map((one) => (
                <Row key={one} name={one} hint={null} chosen onPress={() => toggle(one)} />
              ))}
          </ul>
        </Card>
      )}
    </Section>
  );
};
