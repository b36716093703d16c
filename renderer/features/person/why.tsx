import { Unlink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { freshCount, type WhyRow, whyRows } from '../../selectors/why.ts';
import { attempt } from '../../stores/attempt.ts';
import { patchContact, unlinkIdentities } from '../../stores/contact-commands.ts';
import { useAccountsStore } from '../../stores/mirrors.ts';
import { useNow } from '../../stores/now-store.ts';
import { usePlatformNames } from '../../stores/platform-names.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import { Section } from '../../ui/section.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { showToast } from '../../ui/toast-store.ts';
import styles from './person.module.css';

/** The rule that decided, in a sentence. */
const useRule = (contact: ContactView): string => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const { rule, observedAt } = contact.why;
  switch (rule) {
    case 'highest-of-fresh':
      return t('person.rule.highest-of-fresh', { count: freshCount(contact) });
    case 'only-fresh':
      return t('person.rule.only-fresh');
    case 'last-known-all-stale':
      return t('person.rule.last-known-all-stale', {
        time: observedAt === null ? '' : formats.moment(instantOf(observedAt), now),
      });
    case 'nothing-observed':
      return t('person.rule.nothing-observed');
    case 'not-monitored':
      return t('person.rule.not-monitored');
  }
};

/** Raw status, message, do not disturb, account, last seen: whatever the platform said, in its own words. */
const useSaid = ({ identity }: WhyRow): string => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const words = useCoreWords();
  const label = useAccountsStore((state) => state.items.get(identity.accountId)?.label ?? null);
  return [
    identity.rawStatus ?? '',
    `${identity.emoji ?? ''} ${identity.message ?? ''}`.trim(),
    words(identity.activity ?? ''),
    identity.doNotDisturb ? t('person.identityDoNotDisturb') : '',
    identity.lastSeen === null || identity.status === 'online'
      ? ''
      : t('person.lastSeen', { ago: formats.relative(Math.min(instantOf(identity.lastSeen), now), now) }),
    label ?? '',
    identity.displayName,
    identity.linkedBy === 'alone' ? '' : t(`person.linkedBy.${identity.linkedBy}`),
  ]
    .filter((part) => part !== '')
    .join(' · ');
};

const Row = ({ contact, row }: { readonly contact: ContactView; readonly row: WhyRow }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const nameOf = usePlatformNames();
  const said = useSaid(row);
  const { identity, verdict, at } = row;
  const separate = async (): Promise<void> => {
    await unlinkIdentities(contact.id, [identity]);
    showToast({ tone: 'neutral', text: t('person.unlinked') });
  };
  return (
    <tr
      className={classNames(
        verdict === 'won' && styles.won,
        (verdict === 'stale' || verdict === 'nothing') && styles.uncounted,
      )}
    >
      <td className={styles.narrow}>
        <PlatformMark platform={identity.platform} name={nameOf(identity.platform)} />
      </td>
      <td>
        <span className={styles.statusWord}>
          <StatusShape status={identity.status} silent />
          {t(`status.${identity.status}`)}
        </span>
        <span className={styles.raw}>{said}</span>
      </td>
      <td className={styles.narrow}>
        <Badge tone={verdict === 'won' ? 'ok' : 'neutral'}>{t(`person.verdict.${verdict}`)}</Badge>
      </td>
      <td className={styles.narrow}>
        {at === null ? (
          <span className={styles.age}>{t('person.neverObserved')}</span>
        ) : (
          <time
            className={classNames(styles.age, 'numeric')}
            dateTime={new Date(at).toISOString()}
            title={formats.full(at)}
          >
            {identity.source === null ? null : (
              <span className={styles.raw}>{t(`person.source.${identity.source}`)}</span>
            )}
            {formats.relative(Math.min(at, now), now)}
          </time>
        )}
      </td>
      <td className={styles.narrow}>
        {contact.identities.length > 1 ? (
          <IconButton
            label={t('person.unlink', { name: contact.name })}
            icon={<Unlink aria-hidden />}
            onClick={() => void attempt(separate)}
          />
        ) : null}
      </td>
    </tr>
  );
};

/** Why the status is what it is: the rule in words, and every identity with what it said, when, and whether it counted. */
export const Why = ({ contact }: { readonly contact: ContactView }) => {
  const { t } = useTranslation();
  const rule = useRule(contact);
  const title = t(`person.whyTitle.${contact.status}`);
  return (
    <Section title={title}>
      <Card flush>
        <table className={styles.table}>
          <caption className="visually-hidden">{title}</caption>
          <tbody>
            {whyRows(contact).map((row) => (
              <Row key={row.key} contact={contact} row={row} />
            ))}
          </tbody>
        </table>
      </Card>
      <p className={styles.rule}>{rule}</p>
    </Section>
  );
};

/** In place of the reasons for somebody about whom nothing is read. */
export const OptedOut = ({ contact }: { readonly contact: ContactView }) => {
  const { t } = useTranslation();
  return (
    <Notice
      actions={
        <Button onClick={() => void attempt(() => patchContact(contact.id, { monitored: true }))}>
          {t('person.optIn')}
        </Button>
      }
    >
      <b>{t('person.optedOutTitle')}.</b> {t('person.optedOutText', { name: contact.name })}
    </Notice>
  );
};
