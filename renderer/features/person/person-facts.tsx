import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './person.module.css';

/** What else is known: groups, email, time zone. */
export const PersonFacts = ({ contact }: { readonly contact: ContactView }) => {
  const { t } = useTranslation();
  return (
    <Section title={t('person.details')}>
      <dl className={styles.facts}>
        <dt>{t('person.groups')}</dt>
        <dd>
          {contact.groups.length === 0
            ? t('person.noGroups')
            : contact.groups.map((group) => <Badge key={group}>{group}</Badge>)}
        </dd>
        {contact.email === null ? null : (
          <>
            <dt>{t('person.email')}</dt>
            <dd>{contact.email}</dd>
          </>
        )}
        {contact.timeZone === null ? null : (
          <>
            <dt>{t('person.timeZone')}</dt>
            <dd>{contact.timeZone.replaceAll('_', ' ')}</dd>
          </>
        )}
      </dl>
    </Section>
  );
};
