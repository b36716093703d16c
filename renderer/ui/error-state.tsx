import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './empty-state.module.css';

/** A view that could not be filled: what happened, what still works, what to do. */
export const ErrorState = ({
  title,
  text,
  onRetry,
  children,
}: {
  readonly title: string;
  readonly text: ReactNode;
  readonly onRetry?: () => void;
  readonly children?: ReactNode;
}) => {
  const { t } = useTranslation();
  return (
    <div className={styles.state} role="alert">
      <span className={classNames(styles.icon, styles.bad)} aria-hidden>
        <CircleAlert />
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{text}</p>
      <div className={styles.actions}>
        {onRetry === undefined ? null : <Button onClick={onRetry}>{t('common.retry')}</Button>}
        {children}
      </div>
    </div>
  );
};
