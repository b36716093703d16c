import { type ReactNode, useId } from 'react';
import styles from './field.module.css';

/** What a field's control gets, so that its words are bound to it. */
export type FieldControl = {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly className: string | undefined;
};

/** Words around a control: shared by every field primitive. */
export type FieldWords = {
  readonly label: string;
  /** The label is read out only, where the place of the field already says it. */
  readonly labelHidden?: boolean;
  readonly hint?: ReactNode;
  /** What is wrong and how to put it right; makes the control invalid. */
  readonly error?: ReactNode;
};

/** Label, hint and error around one control. */
export const Field = ({
  label,
  labelHidden = false,
  hint,
  error,
  children,
}: FieldWords & { readonly children: (control: FieldControl) => ReactNode }) => {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [errorId, hintId].filter((part) => part !== undefined).join(' ');
  return (
    <div className={styles.field}>
      <label className={labelHidden ? 'visually-hidden' : styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
        'aria-invalid': error ? true : undefined,
        className: styles.input,
      })}
      {error ? (
        <p id={errorId} className={styles.error}>
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  );
};
