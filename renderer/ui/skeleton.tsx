import { classNames } from './class-names.ts';
import styles from './skeleton.module.css';

/** Stand-ins for rows that are on their way; `label` says so to screen readers. Appears after 300 ms. */
export const SkeletonRows = ({ label, rows = 8 }: { readonly label: string; readonly rows?: number }) => (
  <div className={styles.skeleton} role="status" aria-label={label}>
    {Array.from({ length: rows }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never move.
      <div key={index} className={styles.row} aria-hidden>
        <span className={classNames(styles.block, styles.avatar)} />
        <span className={styles.lines}>
          <span className={classNames(styles.block, styles.line, styles.short)} />
          <span className={classNames(styles.block, styles.line)} />
        </span>
      </div>
    ))}
  </div>
);
