import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** An empty list: what would be here, and what to do next. */
export const EmptyState = ({
  icon,
  title,
  text,
  children,
}: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
}) => (
  <div className={styles.state}>
    {icon === undefined ? null : (
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
    )}
    <h2 className={styles.title}>{title}</h2>
    {text === undefined ? null : <p className={styles.text}>{text}</p>}
    {children === undefined ? null : <div className={styles.actions}>{children}</div>}
  </div>
);
