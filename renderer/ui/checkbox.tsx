import type { ReactNode } from 'react';
import styles from './checkbox.module.css';

/** One of any number of choices, taken when the form is. `hint` is read out as part of the label. */
export const Checkbox = ({
  label,
  hint,
  checked,
  disabled = false,
  onChange,
}: {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}) => (
  <label className={styles.checkbox}>
    <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
    <span>
      {label}
      {hint ? <span className={styles.hint}>{hint}</span> : null}
    </span>
  </label>
);
