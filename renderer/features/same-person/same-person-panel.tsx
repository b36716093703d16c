import { UsersRound } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from '../../app/link.tsx';
import { refreshSuggestions } from '../../stores/contact-commands.ts';
import { PairList } from './pair-list.tsx';
import styles from './same-person.module.css';
import { usePairs } from './use-pairs.ts';

/** The last part of the panel's path below `/people`; no contact has it as an id. */
export const samePersonSegment = 'same-person';

/** All pairs who may be one person, beside the list of people. */
export const SamePersonPanel = () => {
  const { t } = useTranslation();
  return (
    <section className={styles.panel} aria-labelledby="same-person-title">
      <h2 id="same-person-title">{t('firstRun.samePersonTitle')}</h2>
      <p className={styles.hint}>{t('firstRun.samePersonIntro')}</p>
      <PairList />
    </section>
  );
};

/** Above the list of people: leads to the pairs, where there are any. */
export const SamePersonLink = () => {
  const { t } = useTranslation();
  const { pairs } = usePairs();
  useEffect(refreshSuggestions, []);
  if (pairs.length === 0) return null;
  return (
    <Link href={`/people/${samePersonSegment}`} className={styles.banner}>
      <UsersRound aria-hidden />
      {t('samePerson.link', { count: pairs.length })}
    </Link>
  );
};
