import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import styles from './status-shape.module.css';

/** The statuses that have a shape. */
export type ShapedStatus = 'online' | 'idle' | 'busy' | 'away' | 'offline' | 'unknown';

/** Drawn in a 12 × 12 box, readable from 10 px on. The shape tells the status; its colour only repeats it. */
const shapes: Readonly<Record<ShapedStatus, ReactNode>> = {
  online: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  // A disc with the hands of a clock cut out of it.
  idle: (
    <>
      <circle cx="6" cy="6" r="5" fill="currentColor" />
      <path className={styles.cutLine} d="M6 2.6V6l2.4 1.6" fill="none" strokeWidth="1.4" strokeLinecap="round" />
    </>
  ),
  busy: (
    <>
      <circle cx="6" cy="6" r="5" fill="currentColor" />
      <rect className={styles.cut} x="2.8" y="5" width="6.4" height="2" rx="1" />
    </>
  ),
  away: <path d="M10.2 8.3A5 5 0 1 1 5.3 1.1a4.1 4.1 0 0 0 4.9 7.2Z" fill="currentColor" />,
  offline: <circle cx="6" cy="6" r="4.1" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  unknown: (
    <circle cx="6" cy="6" r="4.1" fill="none" stroke="currentColor" strokeWidth="1.7" strokeDasharray="2.1 2.19" />
  ),
};

/** A status as its shape. `silent` where its word stands beside it anyway; otherwise the word is read out. */
export const StatusShape = ({
  status,
  silent = false,
  className,
}: {
  readonly status: ShapedStatus;
  readonly silent?: boolean;
  readonly className?: string | undefined;
}) => {
  const { t } = useTranslation();
  return (
    <span className={classNames(styles.shape, styles[status], className)}>
      <svg viewBox="0 0 12 12" aria-hidden focusable="false">
        {shapes[status]}
      </svg>
      {silent ? null : <span className="visually-hidden">{t(`status.${status}`)}</span>}
    </span>
  );
};
