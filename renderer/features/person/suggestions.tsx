import { useTranslation } from 'react-i18next';
import type { ContactView, SuggestionView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { dismissSuggestion, linkContacts } from '../../stores/contact-commands.ts';
import { useContactsStore, useSuggestionsStore } from '../../stores/mirrors.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { showToast } from '../../ui/toast-store.ts';
import styles from './person.module.css';

/** The other person of a suggestion. */
export const otherOf = (suggestion: SuggestionView, id: string): string =>
  suggestion.contactIds[0] === id ? suggestion.contactIds[1] : suggestion.contactIds[0];

const Suggestion = ({
  contact,
  suggestion,
}: {
  readonly contact: ContactView;
  readonly suggestion: SuggestionView;
}) => {
  const { t } = useTranslation();
  const other = useContactsStore((state) => state.items.get(otherOf(suggestion, contact.id)));
  if (other === undefined) return null;
  const link = async (): Promise<void> => {
    await linkContacts([contact.id, other.id]);
    showToast({ tone: 'neutral', text: t('person.linked', { name: contact.name }) });
  };
  return (
    <Notice
      tone="accent"
      actions={
        <span className={styles.noticeActions}>
          <Button onClick={() => void attempt(link)}>{t('person.suggestionAccept')}</Button>
          <Button variant="ghost" onClick={() => void attempt(() => dismissSuggestion(suggestion.id))}>
            {t('person.suggestionDismiss')}
          </Button>
        </span>
      }
    >
      {t('person.suggestion', {
        name: other.name,
        reason: suggestion.reasons.map(({ kind, detail }) => t(`person.linkReason.${kind}`, { detail })).join(' · '),
      })}
    </Notice>
  );
};

/** Who may be the same person, for the user to decide. */
export const Suggestions = ({ contact }: { readonly contact: ContactView }) => {
  const suggestions = useSuggestionsStore((state) => state.items);
  return [...suggestions.values()]
    .filter(({ contactIds }) => contactIds.includes(contact.id))
    .map((suggestion) => <Suggestion key={suggestion.id} contact={contact} suggestion={suggestion} />);
};
