import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContactIdentityView, ContactView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { usePlatformNames } from '../../stores/platform-names.ts';
import { cityOf } from '../../strings/format.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Address } from '../../ui/address.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import { acceptPair, type Decision, type Pair, refusePair } from './decide.ts';
import styles from './same-person.module.css';

/** Another name or an address; null where the platform has nothing to tell them apart by: ids without words tell nobody anything. */
const knownAs = ({ displayName, userId }: ContactIdentityView, name: string): string | null => {
  if (displayName !== name && displayName !== '') return displayName;
  return userId.includes('@') ? userId : null;
};

const Known = ({ identity, name }: { readonly identity: ContactIdentityView; readonly name: string }) => {
  const platform = usePlatformNames()(identity.platform);
  const known = knownAs(identity, name);
  if (known === null) return <span>{platform}</span>;
  return (
    <span>
      <span className="visually-hidden">{platform}: </span>
      <Address>{known}</Address>
    </span>
  );
};

/** What one of both is known by: enough to tell namesakes apart. */
const Half = ({ contact }: { readonly contact: ContactView }) => {
  const { t } = useTranslation();
  return (
    <div className={styles.half}>
      <Avatar name={contact.name} url={contact.avatarUrl} status={contact.status} />
      <div className={styles.words}>
        <b dir="auto">{contact.name}</b>
        <ul className={styles.identities}>
          {contact.identities.map((identity) => (
            <li key={`${identity.accountId} ${identity.userId}`}>
              <PlatformMark platform={identity.platform} />
              <Known identity={identity} name={contact.name} />
            </li>
          ))}
        </ul>
        {contact.email === null ? null : (
          <span className={styles.hint}>
            <Address>{contact.email}</Address>
          </span>
        )}
        {contact.timeZone === null ? null : (
          <span className={styles.hint}>{t('samePerson.zone', { city: cityOf(contact.timeZone) })}</span>
        )}
      </div>
    </div>
  );
};

/** Two people side by side, how sure it is that they are one and why, and the two answers. */
export const PairCard = ({
  pair,
  onDecided,
}: {
  readonly pair: Pair;
  readonly onDecided: (decision: Decision) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { suggestion, first, second } = pair;
  const names = { name: first.name, other: second.name };
  const decide = (how: (pair: Pair) => Promise<Decision>): void => void attempt(async () => onDecided(await how(pair)));
  return (
    <li className={styles.pair}>
      <div className={styles.halves}>
        <Half contact={first} />
        <Half contact={second} />
      </div>
      <div className={styles.reasons}>
        <Badge tone="accent">{t('samePerson.score', { score: formats.percent(suggestion.score) })}</Badge>
        <ul>
          {suggestion.reasons.map(({ kind, detail }) => (
            <li key={`${kind} ${detail}`}>{t(`person.linkReason.${kind}`, { detail })}</li>
          ))}
        </ul>
      </div>
      <div className={styles.actions}>
        <Button
          variant="primary"
          icon={<Check aria-hidden />}
          aria-label={t('firstRun.sameOf', names)}
          onClick={() => decide(acceptPair)}
        >
          {t('person.suggestionAccept')}
        </Button>
        <Button icon={<X aria-hidden />} aria-label={t('firstRun.notSameOf', names)} onClick={() => decide(refusePair)}>
          {t('person.suggestionDismiss')}
        </Button>
      </div>
    </li>
  );
};
