import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';
import { Tooltip } from './tooltip.tsx';

/** `label` is both the accessible name and the tooltip. */
export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & {
  readonly label: string;
  readonly icon: ReactNode;
};

/** A square button with an icon alone. */
export const IconButton = ({ label, icon, className, type = 'button', ...rest }: IconButtonProps) => (
  <Tooltip text={label}>
    <button {...rest} type={type} aria-label={label} className={classNames(styles.iconButton, className)}>
      {icon}
    </button>
  </Tooltip>
);
