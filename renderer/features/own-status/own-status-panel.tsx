import { BellOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MeView } from '../../../src/contract/index.ts';
import { ownCardOf } from '../../selectors/own-status.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { attempt } from '../../stores/attempt.ts';
import { useNow } from '../../stores/now-store.ts';
import { clearOwnStatus } from '../../stores/own-status-commands.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { DoNotDisturbMenu } from './do-not-disturb-menu.tsx';
import { Layers } from './layers.tsx';
import { OwnCard } from './own-card.tsx';
import styles from './own-status.module.css';
import { Presets } from './presets.tsx';
import { Results } from './results.tsx';

/** The reasons for my status and what became of it on each account. */
export const OwnStatusDetails = ({ me }: { readonly me: MeView }) => {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t(`ownStatus.whyTitle.${me.status}`)}>
        <Layers me={me} />
      </Section>
      <Section title={t('ownStatus.resultsTitle')}>
        <Results me={me} />
      </Section>
    </>
  );
};

/** Everything about my own status in one place: what it is, changing it, why it is so, where it holds. */
export const OwnStatusPanel = ({ me, onSet }: { readonly me: MeView; readonly onSet: () => void }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const { nextTransition } = me.doNotDisturb;
  return (
    <div className={styles.panel}>
      <OwnCard me={me} />
      <Presets />
      <div className={styles.actions}>
        <Button variant="primary" onClick={onSet}>
          {t('ownStatus.set')}
        </Button>
        {ownCardOf(me).clearable ? (
          <Button onClick={() => void attempt(clearOwnStatus)}>{t('ownStatus.clear')}</Button>
        ) : null}
        <DoNotDisturbMenu
          align="start"
          trigger={<Button icon={<BellOff aria-hidden />}>{t('ownStatus.doNotDisturbMenu')}</Button>}
        />
      </div>
      {nextTransition === null ? null : (
        <p className={styles.quiet}>
          {t('ownStatus.doNotDisturbNext', { time: formats.moment(instantOf(nextTransition), now) })}
        </p>
      )}
      <OwnStatusDetails me={me} />
    </div>
  );
};
