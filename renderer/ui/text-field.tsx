import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import fieldStyles from './field.module.css';
import { Field, type FieldWords } from './field.tsx';

type InputProps = Omit<ComponentProps<'input'>, 'id' | 'children' | 'onChange' | 'className'>;

/** `mono` for ids, tokens and addresses. */
export type TextFieldProps = InputProps &
  FieldWords & { readonly onChange?: (value: string) => void; readonly mono?: boolean };

/** One line of text with its label. */
export const TextField = ({ label, labelHidden, hint, error, mono = false, onChange, ...rest }: TextFieldProps) => (
  <Field label={label} labelHidden={labelHidden ?? false} hint={hint} error={error}>
    {(control) => (
      <input
        type="text"
        {...rest}
        {...control}
        className={classNames(control.className, mono && fieldStyles.mono)}
        onChange={(event) => onChange?.(event.target.value)}
      />
    )}
  </Field>
);
