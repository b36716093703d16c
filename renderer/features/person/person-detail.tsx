import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { navigate } from '../../app/router.ts';
import { setAttention } from '../../stores/attention.ts';
import { refreshSuggestions, resolveContact } from '../../stores/contact-commands.ts';
import { useContactsStore } from '../../stores/mirrors.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import styles from './person.module.css';
import { PersonFacts } from './person-facts.tsx';
import { PersonHeader } from './person-header.tsx';
import { Suggestions } from './suggestions.tsx';
import { WatchList } from './watch-list.tsx';
import { OptedOut, Why } from './why.tsx';

/** Somebody who is not in the mirror: linked into another, who is shown instead, or gone. */
const Missing = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useTranslation();
  const phase = useContactsStore((state) => state.phase);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    if (phase !== 'ready') return;
    let stopped = false;
    void resolveContact(id).then((other) => {
      if (stopped) return;
      if (other === null) setGone(true);
      else if (other !== id) navigate(`/people/${encodeURIComponent(other)}`, { replace: true });
    });
    return () => {
      stopped = true;
    };
  }, [id, phase]);
  if (!gone) return <SkeletonRows label={t('common.loading')} rows={4} />;
  return (
    <EmptyState title={t('person.notFoundTitle')} text={t('person.notFoundText')}>
      <Button onClick={() => navigate('/people')}>{t('person.back')}</Button>
    </EmptyState>
  );
};

const Known = ({ contact }: { readonly contact: ContactView }) => {
  useEffect(() => {
    setAttention('person', [contact.id]);
    refreshSuggestions();
    return () => setAttention('person', []);
  }, [contact.id]);
  return (
    <article className={styles.person}>
      <PersonHeader contact={contact} />
      <Suggestions contact={contact} />
      {contact.monitored ? <Why contact={contact} /> : <OptedOut contact={contact} />}
      <WatchList contact={contact} />
      <PersonFacts contact={contact} />
    </article>
  );
};

/** One person: who they are, why their status is what it is, and everything that can be done about them. */
export const PersonDetail = ({ id }: { readonly id: string }) => {
  const contact = useContactsStore((state) => state.items.get(id));
  return contact === undefined ? <Missing id={id} /> : <Known contact={contact} />;
};
