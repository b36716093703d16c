import { UsersRound } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView, SuggestionView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { dismissSuggestion, linkContacts, loadSuggestions } from '../../stores/contact-commands.ts';
import { useContactsStore, useSuggestionsStore } from '../../stores/mirrors.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import styles from './first-run.module.css';

const Half = ({ contact }: { readonly contact: ContactView }) => (
  <span className={styles.half}>
    <Avatar name={contact.name} url={contact.avatarUrl} status={contact.status} />
    <span className={styles.words}>
      <b>{contact.name}</b>
      <span className={styles.marks}>
        {[...new Set(contact.identities.map(({ platform }) => platform))].map((platform) => (
          <PlatformMark key={platform} platform={platform} name={platform} />
        ))}
        <span className={styles.hint}>{contact.identities[0]?.userId}</span>
      </span>
    </span>
  </span>
);

const Pair = ({ suggestion }: { readonly suggestion: SuggestionView }) => {
  const { t } = useTranslation();
  const [firstId, secondId] = suggestion.contactIds;
  const first = useContactsStore((state) => state.items.get(firstId));
  const second = useContactsStore((state) => state.items.get(secondId));
  if (first === undefined || second === undefined) return null;
  const names = { name: first.name, other: second.name };
  return (
    <li className={styles.pair}>
      <div className={styles.halves}>
        <Half contact={first} />
        <Half contact={second} />
      </div>
      <p className={styles.hint}>
        {suggestion.reasons.map(({ kind, detail }) => t(`person.linkReason.${kind}`, { detail })).join(' · ')}
      </p>
      <div className={styles.actions}>
        <Button
          variant="primary"
          aria-label={t('firstRun.sameOf', names)}
          onClick={() => void attempt(() => linkContacts([first.id, second.id]))}
        >
          {t('person.suggestionAccept')}
        </Button>
        <Button
          aria-label={t('firstRun.notSameOf', names)}
          onClick={() => void attempt(() => dismissSuggestion(suggestion.id))}
        >
          {t('person.suggestionDismiss')}
        </Button>
      </div>
    </li>
  );
};

/** "Are these the same person?": each pair is linked or refused; nothing is ever linked by itself on a guess. */
export const SamePersonStep = () => {
  const { t } = useTranslation();
  const { items, phase } = useSuggestionsStore();
  const people = useContactsStore((state) => state.items);
  useEffect(() => {
    // What the first look at a new account brought together.
    void attempt(loadSuggestions);
  }, []);
  const shown = [...items.values()].filter(({ contactIds }) => contactIds.every((id) => people.has(id)));
  if (shown.length === 0 && phase === 'loading') return <SkeletonRows rows={3} label={t('common.loading')} />;
  if (shown.length === 0 && phase === 'failed') {
    return <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />;
  }
  if (shown.length === 0) {
    return <EmptyState icon={<UsersRound />} title={t('firstRun.noPairsTitle')} text={t('firstRun.noPairsText')} />;
  }
  return (
    <Card flush>
      <ul>
        {shown.map((suggestion) => (
          <Pair key={suggestion.id} suggestion={suggestion} />
        ))}
      </ul>
    </Card>
  );
};
