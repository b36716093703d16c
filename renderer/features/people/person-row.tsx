import { BellOff } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { staleSince } from '../../selectors/person-line.ts';
import { differingZone } from '../../selectors/time-zone.ts';
import { cityOf } from '../../strings/format.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classNames } from '../../ui/class-names.ts';
import { PersonLine } from './person-line.tsx';
import styles from './person-row.module.css';
import { PlatformMarks } from './platform-marks.tsx';

const myZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What stands at the end of a row: platforms, their local time where it differs, the age of what is stale. */
const Side = ({ contact, now }: { readonly contact: ContactView; readonly now: number }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const zone = differingZone(contact.timeZone, myZone, now);
  const staleAt = staleSince(contact);
  return (
    <span className={styles.side}>
      <span className={styles.marks}>
        {contact.doNotDisturb ? (
          <span className={styles.quiet}>
            <BellOff aria-hidden />
            <span className="visually-hidden">{t('people.doNotDisturb')}</span>
          </span>
        ) : null}
        <PlatformMarks contact={contact} most={4} />
      </span>
      {staleAt !== null ? (
        <span className="numeric">{t('people.asOf', { time: formats.moment(staleAt, now) })}</span>
      ) : zone !== null ? (
        <span className="numeric">
          {formats.time(now, zone)} <span className={styles.city}>{cityOf(zone)}</span>
        </span>
      ) : null}
    </span>
  );
};

/** One person in the list. Renders again only when the person, the minute or their place in the list changes. */
export const PersonRow = memo(
  ({
    contact,
    now,
    active,
    selected,
  }: {
    readonly contact: ContactView;
    readonly now: number;
    readonly active: boolean;
    readonly selected: boolean;
  }) => (
    <div
      className={classNames(
        styles.row,
        selected && styles.selected,
        active && styles.active,
        contact.stale && styles.stale,
      )}
    >
      <Avatar name={contact.name} url={contact.avatarUrl} status={contact.status} />
      <span className={styles.words}>
        <b className={styles.name} dir="auto">
          {contact.name}
        </b>
        <span className={styles.line} dir="auto">
          <PersonLine contact={contact} now={now} />
        </span>
      </span>
      <Side contact={contact} now={now} />
    </div>
  ),
);
