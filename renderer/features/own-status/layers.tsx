import { useTranslation } from 'react-i18next';
import type { MeView } from '../../../src/contract/index.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { useNow } from '../../stores/now-store.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { classNames } from '../../ui/class-names.ts';
import { StatusShape } from '../../ui/status-shape.tsx';
import styles from './own-status.module.css';

type Layer = MeView['layers'][number];

const useLayerTime = (layer: Layer): string => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  if (!layer.active && layer.begins !== null) {
    return t('ownStatus.layerBegins', { time: formats.moment(instantOf(layer.begins), now) });
  }
  if (layer.until !== null) return t('ownStatus.layerUntil', { time: formats.moment(instantOf(layer.until), now) });
  return layer.layer === 'manual' ? t('ownStatus.layerOpen') : '';
};

const LayerRow = ({ layer }: { readonly layer: Layer }) => {
  const { t } = useTranslation();
  const time = useLayerTime(layer);
  const wish = [
    layer.status === null ? '' : t(`status.${layer.status}`),
    layer.doNotDisturb ? t('ownStatus.layerDoNotDisturb') : '',
    `${layer.emoji ?? ''} ${layer.message ?? ''}`.trim(),
  ].filter((part) => part !== '');
  return (
    <li className={classNames(styles.layer, layer.won && styles.won)}>
      {layer.status === null ? <span /> : <StatusShape status={layer.status} silent />}
      <span>
        <b>{t(`ownStatus.layer.${layer.layer}`)}</b>
        {layer.origin.name === null ? null : ` · ${layer.origin.name}`}
        <span className={styles.layerWish}>{wish.join(' · ')}</span>
      </span>
      <span className={styles.layerState}>
        {layer.won ? <Badge tone="ok">{t('ownStatus.layerWon')}</Badge> : <Badge>{t('ownStatus.layerWaiting')}</Badge>}
        <span>{time}</span>
      </span>
    </li>
  );
};

/** "Why am I busy?": every wish about my status with its end, the one in force marked. */
export const Layers = ({ me }: { readonly me: MeView }) => {
  const { t } = useTranslation();
  if (me.layers.length === 0) return <p className={styles.quiet}>{t('ownStatus.noLayers')}</p>;
  return (
    <Card flush>
      <ul>
        {me.layers.map((layer) => (
          <LayerRow key={`${layer.layer} ${layer.origin.id ?? ''} ${layer.begins ?? ''}`} layer={layer} />
        ))}
      </ul>
    </Card>
  );
};
