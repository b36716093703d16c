import { Undo2, UsersRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attempt } from '../../stores/attempt.ts';
import { loadSuggestions } from '../../stores/contact-commands.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import type { Decision } from './decide.ts';
import { PairCard } from './pair-card.tsx';
import styles from './same-person.module.css';
import { usePairs } from './use-pairs.ts';

/** What was just said about a pair, to be taken back. Takes the focus, which was on a button that is gone. */
const Decided = ({ decision, onUndone }: { readonly decision: Decision; readonly onUndone: () => void }) => {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement | null>(null);
  const [name, other] = decision.names;
  useEffect(() => button.current?.focus({ preventScroll: true }), []);
  const undo = (): void =>
    void attempt(decision.undo).then((undone) => {
      if (undone) onUndone();
    });
  return (
    <li className={styles.decided}>
      <span role="status">{t(`samePerson.${decision.kind}`, { name, other })}</span>
      <Button
        ref={button}
        variant="ghost"
        icon={<Undo2 aria-hidden />}
        aria-label={t('samePerson.undoOf', { name, other })}
        onClick={undo}
      >
        {t('common.undo')}
      </Button>
    </li>
  );
};

/** How many pairs are shown at once: they are decided one by one. */
const shownAtMost = 30;

/** "Are these the same person?": each pair is linked or refused, and either is taken back; nothing is ever linked by itself on a guess. */
export const PairList = () => {
  const { t } = useTranslation();
  const { pairs, phase } = usePairs();
  const [decided, setDecided] = useState<readonly Decision[]>([]);
  useEffect(() => {
    // What the last look at the accounts brought together.
    void attempt(loadSuggestions);
  }, []);
  if (pairs.length === 0 && decided.length === 0) {
    if (phase === 'loading') return <SkeletonRows rows={3} label={t('common.loading')} />;
    if (phase === 'failed') {
      return <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />;
    }
    return <EmptyState icon={<UsersRound />} title={t('firstRun.noPairsTitle')} text={t('firstRun.noPairsText')} />;
  }
  return (
    <>
      <Card flush>
        <ul>
          {decided.map((decision) => (
            <Decided
              key={decision.id}
              decision={decision}
              onUndone={() => setDecided((before) => before.filter(({ id }) => id !== decision.id))}
            />
          ))}
          {pairs.slice(0, shownAtMost).map((pair) => (
            <PairCard
              key={pair.suggestion.id}
              pair={pair}
              onDecided={(decision) => setDecided((before) => [...before, decision])}
            />
          ))}
        </ul>
      </Card>
      {pairs.length > shownAtMost ? (
        <p className={styles.hint}>{t('samePerson.more', { count: pairs.length - shownAtMost })}</p>
      ) : null}
    </>
  );
};
