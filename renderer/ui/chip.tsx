import type { ComponentProps, ReactNode } from 'react';
import styles from './chip.module.css';
import { classNames } from './class-names.ts';
import type { Tone } from './tone.ts';

/** A chip that can be switched on: a filter, a preset. `count` is shown after the words. */
export type ChipProps = ComponentProps<'button'> & {
  readonly on?: boolean;
  readonly icon?: ReactNode;
  readonly count?: number;
};

/** A pressable chip. Without `on` it acts once; with it, it is a toggle. */
export const Chip = ({ on, icon, count, className, children, type = 'button', ...rest }: ChipProps) => (
  <button {...rest} type={type} aria-pressed={on} className={classNames(styles.chip, on && styles.on, className)}>
    {icon}
    {children}
    {count === undefined ? null : <span className="numeric">{count}</span>}
  </button>
);

/** A chip that only tells something, coloured by its tone; the words must say it without the colour. */
export const StaticChip = ({
  tone = 'neutral',
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) => (
  <span
    className={classNames(
      styles.chip,
      styles.told,
      tone !== 'neutral' && tone !== 'accent' && styles[tone],
      tone === 'accent' && styles.on,
    )}
  >
    {icon}
    <span>{children}</span>
  </span>
);
