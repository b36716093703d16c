import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { createNameOrder } from '../../selectors/name-order.ts';
import { matcherOf } from '../../selectors/search.ts';
import { linkContacts } from '../../stores/contact-commands.ts';
import { useContactsStore, useSuggestionsStore } from '../../stores/mirrors.ts';
import { usePlatformNames } from '../../stores/platform-names.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { showToast } from '../../ui/toast-store.ts';
import styles from './person.module.css';
import { SaveButtons, useSave } from './save.tsx';
import { otherOf } from './suggestions.tsx';

/** More would not be looked through: one types a name. */
const shownAtMost = 50;

const Candidate = ({
  contact,
  suggested,
  chosen,
  onChoose,
}: {
  readonly contact: ContactView;
  readonly suggested: boolean;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) => {
  const { t } = useTranslation();
  const nameOf = usePlatformNames();
  return (
    <li>
      <button type="button" className={styles.candidate} aria-pressed={chosen} onClick={onChoose}>
        <Avatar name={contact.name} url={contact.avatarUrl} status={contact.status} />
        <span className={styles.candidateWords}>
          <b className="ellipsis">{contact.name}</b>
          <span className="ellipsis">
            {contact.identities.map(({ platform, userId }) => `${nameOf(platform)}: ${userId}`).join(', ')}
          </span>
        </span>
        {suggested ? <Badge tone="accent">{t('person.linkSuggested')}</Badge> : null}
      </button>
    </li>
  );
};

/** Picks the person who is the same one; suggestions lead. */
export const LinkDialog = ({ contact, onClose }: { readonly contact: ContactView; readonly onClose: () => void }) => {
  const { t, i18n } = useTranslation();
  const contacts = useContactsStore((state) => state.items);
  const suggestions = useSuggestionsStore((state) => state.items);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<ContactView | null>(null);
  const nameOrder = useMemo(() => createNameOrder(i18n.language), [i18n.language]);

  const suggested = new Set(
    [...suggestions.values()]
      .filter(({ contactIds }) => contactIds.includes(contact.id))
      .map((suggestion) => otherOf(suggestion, contact.id)),
  );
  const matches = matcherOf(query);
  const others = nameOrder(contacts).filter((other) => other.id !== contact.id && matches(other));
  const candidates = [
    ...others.filter(({ id }) => suggested.has(id)),
    ...others.filter(({ id }) => !suggested.has(id)),
  ].slice(0, shownAtMost);

  const save = useSave(async () => {
    if (chosen === null) return;
    await linkContacts([contact.id, chosen.id]);
    showToast({ tone: 'neutral', text: t('person.linked', { name: contact.name }) });
  }, onClose);
  return (
    <Dialog
      open
      title={t('person.linkTitle', { name: contact.name })}
      onClose={onClose}
      onSubmit={save.run}
      footer={
        <SaveButtons
          save={save}
          disabled={chosen === null}
          label={t('person.linkConfirm', { name: chosen?.name ?? '…' })}
          onCancel={onClose}
        />
      }
    >
      {save.notice}
      <p>{t('person.linkText')}</p>
      <SearchField
        label={t('person.linkSearch')}
        clearLabel={t('common.clearSearch')}
        value={query}
        onChange={setQuery}
      />
      {candidates.length === 0 ? (
        <p className={styles.note}>{t('person.linkNone')}</p>
      ) : (
        <ul className={styles.candidates}>
          {candidates.map((other) => (
            <Candidate
              key={other.id}
              contact={other}
              suggested={suggested.has(other.id)}
              chosen={other.id === chosen?.id}
              onChoose={() => setChosen(other)}
            />
          ))}
        </ul>
      )}
    </Dialog>
  );
};
