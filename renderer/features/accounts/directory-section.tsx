import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, ContactView, DirectoryPersonView, PlatformView } from '../../../src/contract/index.ts';
import { patchAccount } from '../../stores/account-commands.ts';
import { attempt } from '../../stores/attempt.ts';
import { useContactsStore } from '../../stores/mirrors.ts';
import { Card } from '../../ui/card.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { announce } from '../../ui/toast-store.ts';
import styles from './accounts.module.css';
import { type ChosenPerson, chosenEntries, chosenPeople, entriesOf } from './chosen-people.ts';
import { AskEverybody, AskOnly } from './directory-dialogs.tsx';
import { DirectoryRow, FoundPeople } from './directory-rows.tsx';
import { useDirectorySearch } from './use-directory-search.ts';

/** What is asked first, since it changes whom the whole account shows. */
type Question =
  | { readonly ask: 'only'; readonly person: DirectoryPersonView }
  | { readonly ask: 'everybody'; readonly name: string };

const noContacts: ReadonlyMap<string, ContactView> = new Map();

/** Whom an account looks at, where that can be narrowed down: those who were chosen, and adding people from its directory. */
export const DirectorySection = ({
  account,
  directory: { setting, most },
}: {
  readonly account: AccountView;
  readonly directory: NonNullable<PlatformView['directory']>;
}) => {
  const { t } = useTranslation();
  const { settings } = account;
  const entries = useMemo(() => chosenEntries(settings, setting), [settings, setting]);
  // Whoever shows everybody has no use for the people: thousands come and go.
  const contacts = useContactsStore((state) => (entries.length === 0 ? noContacts : state.items));
  const field = useRef<HTMLInputElement | null>(null);
  const pressed = useRef(false);
  const [text, setText] = useState('');
  const [question, setQuestion] = useState<Question | null>(null);
  const [saving, setSaving] = useState(false);
  // Whoever was just added has a name before the account shows them.
  const [seen, setSeen] = useState<ReadonlyMap<string, DirectoryPersonView>>(new Map());
  const ready = account.state === 'connected' || account.state === 'degraded';
  const { search, again } = useDirectorySearch(account.id, text, ready);
  const chosen = useMemo(
    () =>
      chosenPeople(account, entries, contacts.values(), [
        ...seen.values(),
        ...(search.phase === 'found' ? search.people : []),
      ]),
    [account, entries, contacts, seen, search],
  );

  useEffect(() => {
    if (search.phase === 'found') announce(t('accounts.directory.found', { count: search.people.length }));
  }, [search, t]);

  // The row with the button that was pressed may be gone, and the focus with it.
  useEffect(() => {
    if (!pressed.current || question !== null || saving) return;
    pressed.current = false;
    if (document.activeElement === document.body) field.current?.focus();
  }, [question, saving]);

  const put = (next: readonly string[]): Promise<void> =>
    patchAccount(account.id, { settings: { [setting]: next.length === 0 ? null : next } });
  const change = async (next: readonly string[], said: string): Promise<void> => {
    setSaving(true);
    if (await attempt(() => put(next))) announce(said);
    pressed.current = true;
    setSaving(false);
  };
  const remove = (gone: readonly string[], name: string): void => {
    const next = entries.filter((entry) => !gone.includes(entry));
    if (next.length === 0) setQuestion({ ask: 'everybody', name });
    else void change(next, t('accounts.directory.removed', { name }));
  };
  const toggle = (person: DirectoryPersonView): void => {
    const { userId, displayName: name } = person;
    const there = entriesOf(entries, person);
    setSeen((before) => new Map(before).set(userId, person));
    if (there.length > 0) remove(there, name);
    else if (entries.length === 0) setQuestion({ ask: 'only', person });
    else void change([...entries, userId], t('accounts.directory.added', { name }));
  };
  const answered = (): void => {
    pressed.current = true;
    setQuestion(null);
  };

  return (
    <Section title={t('accounts.directory.title')}>
      <p className={styles.hint}>
        {entries.length === 0
          ? t('accounts.directory.everybody')
          : t('accounts.directory.only', { count: entries.length, most })}
      </p>
      <SearchField
        label={t('accounts.directory.search')}
        clearLabel={t('common.clearSearch')}
        value={text}
        onChange={setText}
        inputRef={field}
      />
      <FoundPeople
        search={search}
        waiting={!ready && account.state !== 'connecting'}
        isChosen={(person) => entriesOf(entries, person).length > 0}
        full={entries.length >= most ? most : null}
        saving={saving}
        onToggle={toggle}
        onAgain={again}
      />
      {chosen.length === 0 ? null : (
        <>
          <h3 className={styles.hint}>{t('accounts.directory.chosenList')}</h3>
          <Card flush>
            <ul className={styles.directoryList} aria-label={t('accounts.directory.chosenList')}>
              {chosen.map(({ entry, name, email, avatarUrl }: ChosenPerson) => (
                <DirectoryRow
                  key={entry}
                  name={name}
                  hint={email}
                  avatarUrl={avatarUrl}
                  chosen
                  saving={saving}
                  onPress={() => remove([entry], name)}
                />
              ))}
            </ul>
          </Card>
        </>
      )}
      {question?.ask === 'only' ? (
        <AskOnly
          account={account}
          person={question.person}
          onYes={() => put([question.person.userId])}
          onClose={answered}
        />
      ) : null}
      {question?.ask === 'everybody' ? (
        <AskEverybody account={account} name={question.name} onYes={() => put([])} onClose={answered} />
      ) : null}
    </Section>
  );
};
