import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

/** How much a button asks for attention: one `primary` a view, `danger` for what cannot be undone. */
export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';

/** `busy` keeps the focus and the name of the button, and refuses further presses, while its work goes on. */
export type ButtonProps = ComponentProps<'button'> & {
  readonly variant?: ButtonVariant;
  readonly large?: boolean;
  readonly icon?: ReactNode;
  readonly busy?: boolean;
};

/** A button with words; for an icon alone take IconButton. */
export const Button = ({
  variant = 'secondary',
  large = false,
  icon,
  busy = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) => (
  <button
    {...rest}
    type={type}
    aria-disabled={busy || undefined}
    aria-busy={busy || undefined}
    className={classNames(styles.button, variant !== 'secondary' && styles[variant], large && styles.large, className)}
    onClick={busy ? (event) => event.preventDefault() : onClick}
  >
    {icon}
    {children}
  </button>
);
