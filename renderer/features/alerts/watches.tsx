import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WatchFields, WatchView } from '../../../src/contract/index.ts';
import { Link } from '../../app/link.tsx';
import { navigate } from '../../app/router.ts';
import { attempt } from '../../stores/attempt.ts';
import { useContactsStore, useWatchesStore } from '../../stores/mirrors.ts';
import { createWatch, deleteWatch, putWatch } from '../../stores/watch-commands.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showToast } from '../../ui/toast-store.ts';
import { useWatchWords } from '../person/watch-list.tsx';
import styles from './alerts.module.css';
import { EditWatch } from './edit-watch.tsx';

/** What a watch is written with. */
export const watchFieldsOf = ({ contactId, from, to, repeat, note, enabled }: WatchView): WatchFields => ({
  contactId,
  ...(from === null ? {} : { from: [...from] }),
  to: [...to],
  repeat,
  ...(note === null ? {} : { note }),
  enabled,
});

const WatchRow = ({ watch, onEdit }: { readonly watch: WatchView; readonly onEdit: () => void }) => {
  const { t } = useTranslation();
  const wordsOf = useWatchWords();
  const contact = useContactsStore((state) => state.items.get(watch.contactId));
  const name = contact?.name ?? t('alerts.someone');
  const remove = async (): Promise<void> => {
    await deleteWatch(watch.id);
    showToast({
      tone: 'neutral',
      text: t('watch.stopped'),
      action: { label: t('common.undo'), run: () => void attempt(() => createWatch(watchFieldsOf(watch))) },
    });
  };
  return (
    <li className={styles.row}>
      <Avatar
        name={name}
        url={contact?.avatarUrl ?? null}
        {...(contact === undefined ? {} : { status: contact.status })}
      />
      <div className={styles.words}>
        <p>
          {contact === undefined ? (
            <b>{name}</b>
          ) : (
            <Link className={styles.name} href={`/people/${encodeURIComponent(contact.id)}`}>
              {name}
            </Link>
          )}
        </p>
        <p className={styles.reason}>{wordsOf(watch)}</p>
        {watch.note === null ? null : <p className={styles.note}>{watch.note}</p>}
      </div>
      <span className={styles.rowActions}>
        <Switch
          label={t('alerts.watchOn', { name })}
          labelHidden
          checked={watch.enabled}
          onChange={(enabled) => void attempt(() => putWatch(watch.id, { ...watchFieldsOf(watch), enabled }))}
        />
        <IconButton label={t('alerts.editWatch', { name })} icon={<Pencil aria-hidden />} onClick={onEdit} />
        <IconButton
          label={t('alerts.deleteWatch', { name })}
          icon={<Trash2 aria-hidden />}
          onClick={() => void attempt(remove)}
        />
      </span>
    </li>
  );
};

/** What the user wants to be told, to switch, change and delete; new ones are made with the person. */
export const Watches = () => {
  const { t } = useTranslation();
  const { items, phase } = useWatchesStore();
  const [edited, setEdited] = useState<WatchView | null>(null);
  if (items.size === 0 && phase === 'loading') return <SkeletonRows rows={3} label={t('common.loading')} />;
  if (items.size === 0 && phase === 'failed') {
    return <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />;
  }
  if (items.size === 0) {
    return (
      <EmptyState title={t('alerts.noWatchesTitle')} text={t('alerts.noWatchesText')}>
        <Button variant="primary" onClick={() => navigate('/people')}>
          {t('navigation.goToPeople')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <>
      <Card flush>
        <ul>
          {[...items.values()].map((watch) => (
            <WatchRow key={watch.id} watch={watch} onEdit={() => setEdited(watch)} />
          ))}
        </ul>
      </Card>
      <p className={styles.quiet}>{t('alerts.howToAdd')}</p>
      {edited === null ? null : <EditWatch watch={edited} onClose={() => setEdited(null)} />}
    </>
  );
};
