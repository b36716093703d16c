import { Bell, BellRing, Star } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView, WatchView } from '../../../src/contract/index.ts';
import { matcherOf } from '../../selectors/search.ts';
import { attempt } from '../../stores/attempt.ts';
import { setFavourite } from '../../stores/contact-commands.ts';
import { useContactsStore, useWatchesStore } from '../../stores/mirrors.ts';
import { createWatch, deleteWatch } from '../../stores/watch-commands.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { NotificationSwitch } from '../alerts/notification-switch.tsx';
import { changeOf } from '../person/watch-choice.ts';
import styles from './first-run.module.css';

/** More are found by searching. */
const most = 30;

const watchOnline = async (contact: ContactView): Promise<void> => {
  const { from, to } = changeOf('online');
  await createWatch({
    contactId: contact.id,
    ...(from === null ? {} : { from: [...from] }),
    to: [...to],
    repeat: 'always',
  });
};

const PersonChoice = ({ contact, watch }: { readonly contact: ContactView; readonly watch: WatchView | undefined }) => {
  const { t } = useTranslation();
  return (
    <li className={styles.item}>
      <Avatar name={contact.name} url={contact.avatarUrl} status={contact.status} />
      <span className={styles.words}>{contact.name}</span>
      <span className={styles.actions}>
        <Chip
          on={contact.favourite}
          icon={<Star aria-hidden fill={contact.favourite ? 'currentColor' : 'none'} />}
          aria-label={t('firstRun.favouriteOf', { name: contact.name })}
          onClick={() => void attempt(() => setFavourite(contact, !contact.favourite))}
        >
          {t('people.favourite')}
        </Chip>
        <Chip
          on={watch !== undefined}
          icon={watch === undefined ? <Bell aria-hidden /> : <BellRing aria-hidden />}
          aria-label={t('firstRun.tellMeOf', { name: contact.name })}
          onClick={() => void attempt(() => (watch === undefined ? watchOnline(contact) : deleteWatch(watch.id)))}
        >
          {t('firstRun.tellMe')}
        </Chip>
      </span>
    </li>
  );
};

/** Who matters: favourites lead the list, and whom to be told about when they come online. */
export const AlertsStep = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const contacts = useContactsStore((state) => state.items);
  const watches = useWatchesStore((state) => state.items);
  const [query, setQuery] = useState('');
  const byName = useMemo(
    () => [...contacts.values()].filter(({ monitored }) => monitored).sort((a, b) => a.name.localeCompare(b.name)),
    [contacts],
  );
  if (byName.length === 0) {
    return <EmptyState icon={<Bell />} title={t('firstRun.nobodyTitle')} text={t('firstRun.nobodyText')} />;
  }
  const matches = matcherOf(query);
  const found = byName.filter(matches);
  const watchOf = (id: string): WatchView | undefined =>
    [...watches.values()].find(({ contactId, to }) => contactId === id && to.includes('online'));
  return (
    <>
      <NotificationSwitch />
      <SearchField label={t('people.search')} clearLabel={t('common.clearSearch')} value={query} onChange={setQuery} />
      <Card flush>
        <ul>
          {found.slice(0, most).map((contact) => (
            <PersonChoice key={contact.id} contact={contact} watch={watchOf(contact.id)} />
          ))}
        </ul>
      </Card>
      <p className={styles.hint} aria-live="polite">
        {found.length > most
          ? t('firstRun.moreBySearch', { shown: formats.number(most), count: found.length })
          : t('people.found', { count: found.length })}
      </p>
    </>
  );
};
