import { Search, X } from 'lucide-react';
import { type ComponentProps, useRef } from 'react';
import styles from './search-field.module.css';

/** Props of the search input besides its words; aria props of a combobox may be passed through. */
export type SearchFieldProps = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'type' | 'className' | 'ref'> & {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly clearLabel: string;
  /** How to get here by keyboard, shown while the field is empty. */
  readonly shortcut?: string;
  readonly inputRef?: { current: HTMLInputElement | null };
};

/** A search box that filters while typing. The label is read out and is the placeholder. */
export const SearchField = ({ label, value, onChange, clearLabel, shortcut, inputRef, ...rest }: SearchFieldProps) => {
  const own = useRef<HTMLInputElement | null>(null);
  const ref = inputRef ?? own;
  return (
    <div className={styles.search}>
      <Search aria-hidden />
      <input
        {...rest}
        ref={ref}
        type="search"
        className={styles.input}
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {value === '' ? (
        shortcut === undefined ? null : (
          <kbd className={styles.shortcut} aria-hidden>
            {shortcut}
          </kbd>
        )
      ) : (
        <button
          type="button"
          className={styles.clear}
          aria-label={clearLabel}
          onClick={() => {
            onChange('');
            ref.current?.focus();
          }}
        >
          <X aria-hidden />
        </button>
      )}
    </div>
  );
};
