import { useTranslation } from 'react-i18next';
import type { MeView, PresetView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { useMeStore, usePresetsStore } from '../../stores/mirrors.ts';
import { applyPreset, clearOwnStatus } from '../../stores/own-status-commands.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Chip } from '../../ui/chip.tsx';
import { Emoji } from '../../ui/emoji.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';

import styles from './own-status.module.css';

const isInForce = (me: MeView | null, preset: PresetView): boolean => {
  const intent = me?.intent ?? null;
  return (
    intent !== null &&
    intent.layer === 'manual' &&
    intent.status === preset.status &&
    intent.message === preset.message &&
    intent.emoji === preset.emoji
  );
};

/** One-tap statuses; pressing the one in force takes it back. */
export const Presets = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const presets = usePresetsStore((state) => state.items);
  const me = useMeStore((state) => state.me);
  if (presets.size === 0) return null;
  return (
    <fieldset className={styles.presets} aria-label={t('ownStatus.presets')}>
      {[...presets.values()].map((preset) => {
        const on = isInForce(me, preset);
        return (
          <Chip
            key={preset.id}
            on={on}
            icon={
              preset.emoji === null ? (
                <StatusShape status={preset.status} silent />
              ) : (
                <Emoji emoji={preset.emoji} accountId={null} />
              )
            }
            onClick={() => void attempt(() => (on ? clearOwnStatus() : applyPreset(preset)))}
          >
            {preset.forSeconds === null
              ? preset.name
              : t('ownStatus.presetFor', { name: preset.name, duration: formats.duration(preset.forSeconds) })}
          </Chip>
        );
      })}
    </fieldset>
  );
};
