import { useTranslation } from 'react-i18next';
import type { ContactView, SuggestionView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { usePlatformNames } from '../../stores/platform-names.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { showToast } from '../../ui/toast-store.ts';
import { acceptPair, type Decision, type Pair, refusePair } from '../same-person/decide.ts';
import { usePairs } from '../same-person/use-pairs.ts';
import styles from './person.module.css';

/** The other person of a suggestion. */
export const otherOf = (suggestion: SuggestionView, id: string): string =>
  suggestion.contactIds[0] === id ? suggestion.contactIds[1] : suggestion.contactIds[0];

const Suggestion = ({ pair }: { readonly pair: Pair }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = usePlatformNames();
  const { suggestion, first, second } = pair;
  const decide = (how: (pair: Pair) => Promise<Decision>): void =>
    void attempt(async () => {
      const { kind, undo } = await how(pair);
      showToast({
        tone: 'neutral',
        text: t(`samePerson.${kind}`, { name: first.name, other: second.name }),
        action: { label: t('common.undo'), run: () => void attempt(undo) },
      });
    });
  return (
    <Notice
      tone="accent"
      actions={
        <span className={styles.noticeActions}>
          <Button onClick={() => decide(acceptPair)}>{t('person.suggestionAccept')}</Button>
          <Button variant="ghost" onClick={() => decide(refusePair)}>
            {t('person.suggestionDismiss')}
          </Button>
        </span>
      }
    >
      {t('person.suggestion', {
        name: second.name,
        platforms: formats.list([...new Set(second.identities.map(({ platform }) => nameOf(platform)))]),
        reason: suggestion.reasons.map(({ kind, detail }) => t(`person.linkReason.${kind}`, { detail })).join(' · '),
      })}{' '}
      {t('samePerson.score', { score: formats.percent(suggestion.score) })}
    </Notice>
  );
};

/** Who may be the same person, for the user to decide; this person is the one who stays. */
export const Suggestions = ({ contact }: { readonly contact: ContactView }) => {
  const { pairs } = usePairs();
  return pairs.flatMap((pair) => {
    const { suggestion, first, second } = pair;
    if (first.id !== contact.id && second.id !== contact.id) return [];
    const turned = first.id === contact.id ? pair : { suggestion, first: second, second: first };
    return [<Suggestion key={suggestion.id} pair={turned} />];
  });
};
