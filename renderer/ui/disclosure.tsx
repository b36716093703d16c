import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './disclosure.module.css';

/** Details that open below their heading; closed at first unless `open`. The browser's own element. */
export const Disclosure = ({
  title,
  open = false,
  children,
}: {
  readonly title: ReactNode;
  readonly open?: boolean;
  readonly children: ReactNode;
}) => (
  <details className={styles.details} open={open || undefined}>
    <summary className={styles.summary}>
      <ChevronRight aria-hidden className={styles.mark} />
      {title}
    </summary>
    <div className={styles.content}>{children}</div>
  </details>
);
