import { useTranslation } from 'react-i18next';
import type { MeView } from '../../../src/contract/index.ts';
import { type OwnCard as Card, ownCardOf } from '../../selectors/own-status.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { useAccountsStore } from '../../stores/mirrors.ts';
import { useNow } from '../../stores/now-store.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Emoji } from '../../ui/emoji.tsx';
import styles from './own-status.module.css';

/** My own name as the first account that knows it says it; empty before any does. */
export const useOwnName = (): string =>
  useAccountsStore(
    ({ items }) => [...items.values()].find(({ account }) => account !== null)?.account?.displayName ?? '',
  );

/** Why it is so, in a few words: until when, by whose wish, on how many accounts. */
export const useOwnReason = (card: Card): string => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const origin = {
    hand: t('ownStatus.byHand'),
    schedule: t('ownStatus.bySchedule', { name: card.origin.name ?? t('ownStatus.layer.schedule') }),
    default: t('ownStatus.byDefault'),
  }[card.origin.kind];
  return [
    card.until === null ? '' : t('ownStatus.until', { time: formats.moment(instantOf(card.until), now) }),
    origin,
    card.applied === null ? '' : t('ownStatus.appliedOn', card.applied),
  ]
    .filter((part) => part !== '')
    .join(' · ');
};

const Said = ({ card }: { readonly card: Card }) => (
  <>
    {card.emoji === null ? null : <Emoji emoji={card.emoji} accountId={null} />} {card.message}
  </>
);

const isSaid = (card: Card): boolean => card.emoji !== null || card.message !== null;

/** Status, emoji and message as one line; where there is little room, the message has the next line to itself. */
const Headline = ({ card, brief }: { readonly card: Card; readonly brief: boolean }) => {
  const { t } = useTranslation();
  return (
    <>
      <span className={styles.headline}>
        <b>{t(`status.${card.status}`)}</b>
        {brief || !isSaid(card) ? null : (
          <>
            {' · '}
            <Said card={card} />
          </>
        )}
      </span>
      {brief && isSaid(card) ? (
        <span className={styles.reason}>
          <Said card={card} />
        </span>
      ) : null}
    </>
  );
};

/** My status in shape and words, with the reason below it. */
export const OwnCard = ({ me, brief = false }: { readonly me: MeView; readonly brief?: boolean }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const name = useOwnName();
  const card = ownCardOf(me);
  const reason = useOwnReason(card);
  const { doNotDisturb } = card;
  const quiet =
    doNotDisturb.until === null
      ? t('ownStatus.doNotDisturbOn')
      : t('ownStatus.doNotDisturbUntil', { time: formats.moment(instantOf(doNotDisturb.until), now) });
  const until =
    card.until === null ? reason : t('ownStatus.until', { time: formats.moment(instantOf(card.until), now) });
  // Where nobody wishes anything there is nothing to say in few words.
  const nothing = brief && card.origin.kind === 'default';
  const briefly = doNotDisturb.active ? quiet : nothing ? '' : until;
  const below = brief ? briefly : reason;
  return (
    <span className={styles.card}>
      <Avatar name={name} url={null} status={card.status} statusSilent />
      <span className={styles.cardWords}>
        <Headline card={card} brief={brief} />
        {below === '' ? null : <span className={styles.reason}>{below}</span>}
        {!brief && doNotDisturb.active ? <span className={styles.reason}>{quiet}</span> : null}
      </span>
    </span>
  );
};
