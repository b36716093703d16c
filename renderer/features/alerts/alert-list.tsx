import { BellOff, BellRing } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertView } from '../../../src/contract/index.ts';
import { Link } from '../../app/link.tsx';
import { type AlertFilter, sortedAlerts } from '../../selectors/alerts.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { loadAlerts } from '../../stores/alert-commands.ts';
import { attempt } from '../../stores/attempt.ts';
import { useAlertsStore, useContactsStore, useWatchesStore } from '../../stores/mirrors.ts';
import { useNow } from '../../stores/now-store.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import styles from './alerts.module.css';

const AlertRow = ({ alert, unseen }: { readonly alert: AlertView; readonly unseen: boolean }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const contact = useContactsStore((state) => state.items.get(alert.contactId));
  const note = useWatchesStore((state) => state.items.get(alert.watchId)?.note ?? null);
  const name = contact?.name ?? t('alerts.someone');
  const delivered = alert.outcome === 'delivered';
  return (
    <li className={classNames(styles.row, !delivered && styles.held)}>
      <Avatar name={name} url={contact?.avatarUrl ?? null} status={alert.to} statusSilent />
      <div className={styles.words}>
        <p>
          {contact === undefined ? (
            <b>{name}</b>
          ) : (
            <Link className={styles.name} href={`/people/${encodeURIComponent(contact.id)}`}>
              {name}
            </Link>
          )}{' '}
          {t('alerts.change', { from: t(`status.${alert.from}`), to: t(`status.${alert.to}`) })}
          {unseen ? (
            <>
              {' '}
              <Badge tone="accent">{t('alerts.new')}</Badge>
            </>
          ) : null}
        </p>
        <p className={styles.reason}>
          {delivered ? <BellRing aria-hidden /> : <BellOff aria-hidden />}
          <span>
            {delivered ? t('alerts.delivered') : t('alerts.suppressed')}: {t(`alerts.reason.${alert.reason}`)}
          </span>
        </p>
        {note === null ? null : <p className={styles.note}>{note}</p>}
      </div>
      <time className={styles.time} dateTime={alert.at} title={formats.full(instantOf(alert.at))}>
        {formats.moment(instantOf(alert.at), now)}
      </time>
    </li>
  );
};

/** Older alerts, page by page: the mirror holds the newest from the start. */
const useOlder = (shown: number) => {
  const [cursor, setCursor] = useState<string | null | 'unknown'>('unknown');
  const [busy, setBusy] = useState(false);
  const more = cursor === 'unknown' ? shown >= 100 : cursor !== null;
  const load = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    await attempt(async () => {
      // The mirror does not know where its page ended: begin with the same page for its cursor, then go on.
      const start = cursor === 'unknown' ? (await loadAlerts(null)).nextCursor : cursor;
      setCursor(start === null ? null : (await loadAlerts(start)).nextCursor);
    });
    setBusy(false);
  };
  return { more, busy, load };
};

/** What the watches saw: delivered and held back, each with the reason in a sentence. */
export const AlertList = ({ seenBefore }: { readonly seenBefore: number }) => {
  const { t } = useTranslation();
  const { items, phase } = useAlertsStore();
  const watches = useWatchesStore((state) => state.items.size);
  const [filter, setFilter] = useState<AlertFilter>('all');
  const older = useOlder(items.size);
  if (items.size === 0 && phase === 'loading') return <SkeletonRows rows={4} label={t('common.loading')} />;
  if (items.size === 0 && phase === 'failed') {
    return <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />;
  }
  if (items.size === 0) {
    return (
      <EmptyState
        icon={<BellRing />}
        title={t('alerts.emptyTitle')}
        text={watches === 0 ? t('alerts.emptyNoWatch') : t('alerts.emptyWatching')}
      />
    );
  }
  const shown = sortedAlerts(items.values(), filter);
  return (
    <>
      <div>
        <Segmented
          label={t('alerts.filter')}
          value={filter}
          options={[
            { value: 'all', label: t('alerts.all') },
            { value: 'delivered', label: t('alerts.delivered') },
            { value: 'suppressed', label: t('alerts.suppressed') },
          ]}
          onChange={setFilter}
        />
      </div>
      {shown.length === 0 ? (
        <p className={styles.quiet}>{t('alerts.noneOfFilter')}</p>
      ) : (
        <Card flush>
          <ul>
            {shown.map((alert) => (
              <AlertRow
                key={alert.id}
                alert={alert}
                unseen={alert.outcome === 'delivered' && instantOf(alert.at) > seenBefore}
              />
            ))}
          </ul>
        </Card>
      )}
      {older.more ? (
        <div>
          <Button busy={older.busy} onClick={() => void older.load()}>
            {t('alerts.older')}
          </Button>
        </div>
      ) : null}
    </>
  );
};
