import { useTranslation } from 'react-i18next';
import { OwnStatusButton } from '../features/own-status/own-status-button.tsx';
import { accountsInTrouble } from '../selectors/account-health.ts';
import { unseenCount } from '../selectors/alerts.ts';
import { useAccountsStore, useAlertsStore, useContactsStore } from '../stores/mirrors.ts';
import { useSeenAlertsStore } from '../stores/seen-alerts-store.ts';
import { useFormats } from '../strings/use-formats.ts';
import { Link } from './link.tsx';
import { type Place, places } from './places.ts';
import { isWithin, usePath } from './router.ts';
import styles from './shell.module.css';

/** What stands behind a place's name: how many people there are, how many alerts are new, that an account needs attention. */
const PlaceMark = ({ place }: { readonly place: Place }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const people = useContactsStore((state) => (state.phase === 'ready' ? state.items.size : null));
  const seenUntil = useSeenAlertsStore((state) => state.seenUntil);
  const unseen = useAlertsStore((state) => unseenCount(state.items.values(), seenUntil));
  const trouble = useAccountsStore((state) => accountsInTrouble(state.items).length > 0);
  if (place.id === 'people' && people !== null) {
    return <span className={styles.count}>{formats.number(people)}</span>;
  }
  if (place.id === 'alerts' && unseen > 0) {
    return (
      <span className={styles.count}>
        <span aria-hidden>{formats.number(unseen)}</span>
        <span className="visually-hidden">{t('alerts.unseen', { count: unseen })}</span>
      </span>
    );
  }
  if (place.id === 'accounts' && trouble) {
    return (
      <>
        <span className={styles.trouble} aria-hidden />
        <span className="visually-hidden">{t('navigation.accountsTrouble')}</span>
      </>
    );
  }
  return null;
};

/** The navigation with my status below it. */
export const Sidebar = () => {
  const { t } = useTranslation();
  const path = usePath();
  return (
    <header className={styles.sidebar}>
      <div className={styles.brand}>{t('common.appName')}</div>
      <nav className={styles.places} aria-label={t('navigation.label')}>
        {places.map((place) => (
          <Link
            key={place.id}
            href={place.path}
            className={styles.place}
            title={t(`navigation.${place.id}`)}
            aria-current={isWithin(place.path, path) ? 'page' : undefined}
          >
            <place.icon aria-hidden />
            <span className={styles.placeName}>{t(`navigation.${place.id}`)}</span>
            <PlaceMark place={place} />
          </Link>
        ))}
      </nav>
      <div className={styles.me}>
        <OwnStatusButton />
      </div>
    </header>
  );
};
