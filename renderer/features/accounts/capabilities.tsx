import { Check, CircleSlash, Contrast } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CapabilitiesView } from '../../../src/contract/index.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import styles from './accounts.module.css';

type Level = CapabilitiesView['push']['level'];

const order = ['readOthers', 'push', 'lastSeen', 'ownAvailability', 'ownMessage', 'ownExpiry', 'doNotDisturb'] as const;

const icons: Readonly<Record<Level, ReactNode>> = {
  full: <Check aria-hidden />,
  partial: <Contrast aria-hidden />,
  none: <CircleSlash aria-hidden />,
};

/** What a platform can and cannot do, in words; whatever is not whole says why. */
export const Capabilities = ({ capabilities }: { readonly capabilities: CapabilitiesView }) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  return (
    <ul className={styles.capabilities}>
      {order.map((key) => {
        const { level, reason } = capabilities[key];
        return (
          <li key={key} className={styles[level]}>
            {icons[level]}
            <span>
              <b>{t(`accounts.capability.${key}`)}</b>
              <span className={styles.level}> · {t(`accounts.level.${level}`)}</span>
              {reason === null ? null : <span className={styles.hint}>{words(reason)}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
};
