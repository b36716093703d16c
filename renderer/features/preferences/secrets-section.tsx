import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecretStoreView } from '../../../src/contract/index.ts';
import { loadSecretStore, moveSecrets } from '../../stores/system-commands.ts';
import { useLoaded } from '../../stores/use-loaded.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast-store.ts';
import { SaveButtons, useSave } from '../person/save.tsx';
import styles from './preferences.module.css';

type Kind = SecretStoreView['kind'];

const MoveDialog = ({
  kind,
  onMoved,
  onClose,
}: {
  readonly kind: Kind;
  readonly onMoved: (view: SecretStoreView) => void;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  const name = t(`preferences.store.${kind}`);
  const save = useSave(async () => {
    onMoved(await moveSecrets(kind));
    showToast({ tone: 'neutral', text: t('preferences.moved', { store: name }) });
  }, onClose);
  return (
    <Dialog
      open
      title={t('preferences.moveTitle', { store: name })}
      onClose={onClose}
      onSubmit={save.run}
      footer={<SaveButtons save={save} label={t('preferences.move')} onCancel={onClose} />}
    >
      {save.notice}
      <p>{t(`preferences.storeWords.${kind}`)}</p>
      <p>{t('preferences.moveText')}</p>
    </Dialog>
  );
};

const Stores = ({ view, onMove }: { readonly view: SecretStoreView; readonly onMove: (kind: Kind) => void }) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  return (
    <Card flush>
      <ul>
        {view.stores.map(({ kind, available, reason }) => (
          <li key={kind} className={styles.item}>
            <KeyRound aria-hidden className={styles.icon} />
            <span className={styles.words}>
              <span>
                <b>{t(`preferences.store.${kind}`)}</b>{' '}
                {kind === view.kind ? <Badge tone="ok">{t('preferences.inUse')}</Badge> : null}
              </span>
              <span className={styles.hint}>{t(`preferences.storeWords.${kind}`)}</span>
              {available ? null : (
                <span className={styles.hint}>
                  {t('preferences.notAvailable')} {reason === null ? null : words(reason)}
                </span>
              )}
            </span>
            {kind === view.kind || !available ? null : (
              <Button onClick={() => onMove(kind)}>{t('preferences.moveHere')}</Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
};

/** Where passwords and tokens are kept, why not somewhere better, and moving them. */
export const SecretsSection = () => {
  const { t } = useTranslation();
  const { value, error, reload, set } = useLoaded(loadSecretStore);
  const [moving, setMoving] = useState<Kind | null>(null);
  return (
    <Section title={t('preferences.secrets')}>
      {error === null ? null : (
        <Notice tone="bad" actions={<Button onClick={reload}>{t('common.retry')}</Button>}>
          {error}
        </Notice>
      )}
      {value === null && error === null ? <SkeletonRows rows={3} label={t('common.loading')} /> : null}
      {value?.kind === 'memory' ? <Notice tone="warn">{t('preferences.memoryWarning')}</Notice> : null}
      {value === null ? null : <Stores view={value} onMove={setMoving} />}
      {moving === null ? null : <MoveDialog kind={moving} onMoved={set} onClose={() => setMoving(null)} />}
    </Section>
  );
};
