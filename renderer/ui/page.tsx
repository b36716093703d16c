import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './page.module.css';

/** A scrolling page of the main window with its heading. `wide` uses all the room; else lines stay readable. */
export const Page = ({
  title,
  intro,
  actions,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) => (
  <div className={styles.page}>
    <div className={classNames(styles.inner, wide && styles.wide)}>
      <header className={styles.header}>
        <h1 className={styles.title}>{title}</h1>
        {actions}
      </header>
      {intro === undefined ? null : <p className={styles.intro}>{intro}</p>}
      {children}
    </div>
  </div>
);
