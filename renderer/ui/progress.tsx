import { useId } from 'react';
import styles from './progress.module.css';

/** Long work: how much of it is done, or only that it goes on while `total` is not known. */
export const Progress = ({
  label,
  done,
  total,
}: {
  readonly label: string;
  readonly done?: number;
  readonly total?: number;
}) => {
  const id = useId();
  return (
    <div className={styles.progress}>
      <span id={id}>{label}</span>
      {done === undefined || total === undefined ? (
        <progress aria-labelledby={id} />
      ) : (
        <progress aria-labelledby={id} value={done} max={Math.max(total, 1)} />
      )}
    </div>
  );
};
