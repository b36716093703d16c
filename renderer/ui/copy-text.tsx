import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './copy-text.module.css';
import { showToast } from './toast-store.ts';

/** Text to be taken elsewhere: shown in full, copied by a button. `label` names it; `large` for a code that is typed elsewhere. */
export const CopyText = ({
  label,
  text,
  large = false,
}: {
  readonly label: string;
  readonly text: string;
  readonly large?: boolean;
}) => {
  const { t } = useTranslation();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      showToast({ tone: 'neutral', text: t('common.copied') });
    } catch {
      showToast({ tone: 'bad', text: t('common.notCopied') });
    }
  };
  return (
    <section className={styles.box} aria-label={label}>
      <pre className={classNames(styles.text, large && styles.large)}>
        {/* Scrolls, so the keyboard must reach it. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part is reachable by keyboard. */}
        <code tabIndex={0}>{text}</code>
      </pre>
      <Button className={styles.copy} icon={<Copy aria-hidden />} onClick={() => void copy()}>
        {t('common.copy')}
      </Button>
    </section>
  );
};
