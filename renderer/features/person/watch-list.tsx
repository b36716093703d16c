import { BellOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContactView, Status, WatchView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { useWatchesStore } from '../../stores/mirrors.ts';
import { deleteWatch } from '../../stores/watch-commands.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Section } from '../../ui/section.tsx';
import { showToast } from '../../ui/toast-store.ts';
import styles from './person.module.css';

/** A watch in a sentence: "Every time, when Offline or Away becomes Online". */
export const useWatchWords = (): ((watch: WatchView) => string) => {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language, { type: 'disjunction' });
  const words = (statuses: readonly Status[]): string => list.format(statuses.map((status) => t(`status.${status}`)));
  return (watch) => {
    const parts = { from: watch.from === null ? t('watch.anything') : words(watch.from), to: words(watch.to) };
    return watch.repeat === 'once' ? t('watch.existingOnce', parts) : t('watch.existingAlways', parts);
  };
};

/** What is watched about a person already; nothing when nothing is. */
export const WatchList = ({ contact }: { readonly contact: ContactView }) => {
  const { t } = useTranslation();
  const wordsOf = useWatchWords();
  const watches = useWatchesStore((state) => state.items);
  const own = [...watches.values()].filter(({ contactId }) => contactId === contact.id);
  if (own.length === 0) return null;
  const stop = async (id: string): Promise<void> => {
    await deleteWatch(id);
    showToast({ tone: 'neutral', text: t('watch.stopped') });
  };
  return (
    <Section title={t('watch.existing')}>
      <Card flush>
        <ul>
          {own.map((watch) => (
            <li key={watch.id} className={styles.watch}>
              <span className={styles.watchWords}>
                {wordsOf(watch)}
                {watch.note === null ? null : <span className={styles.note}> · {watch.note}</span>}
              </span>
              {watch.enabled ? null : <Badge>{t('watch.disabled')}</Badge>}
              <IconButton
                label={t('watch.stop')}
                icon={<BellOff aria-hidden />}
                onClick={() => void attempt(() => stop(watch.id))}
              />
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
};
