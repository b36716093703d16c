import { RadioGroup as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './segmented.module.css';

/** One of a few values, all of them visible; a radio group: arrows choose. */
export const Segmented = <Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode; readonly icon?: ReactNode }[];
  readonly onChange: (value: Value) => void;
}) => (
  <Radix.Root
    className={styles.segmented}
    aria-label={label}
    value={value}
    onValueChange={(next) => {
      const chosen = options.find((option) => option.value === next);
      if (chosen !== undefined) onChange(chosen.value);
    }}
  >
    {options.map((option) => (
      <Radix.Item key={option.value} value={option.value} className={styles.segment}>
        {option.icon}
        {option.label}
      </Radix.Item>
    ))}
  </Radix.Root>
);
