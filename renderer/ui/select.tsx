import { Field, type FieldWords } from './field.tsx';

/** One choice; `disabled` ones are shown and cannot be taken. */
export type SelectOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
};

/**
 * One of several values. The system's own list: it is complete for keyboards, screen readers and touch, and draws
 * outside of small windows such as the popover.
 */
export const Select = <Value extends string>({
  value,
  options,
  onChange,
  disabled = false,
  ...words
}: FieldWords & {
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}) => (
  <Field {...words}>
    {(control) => (
      <select
        {...control}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled ?? false}>
            {option.label}
          </option>
        ))}
      </select>
    )}
  </Field>
);
