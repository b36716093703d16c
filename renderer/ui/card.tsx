import type { ComponentProps } from 'react';
import styles from './card.module.css';
import { classNames } from './class-names.ts';

/** A framed part of a page. `flush` leaves the padding to its rows. */
export const Card = ({ flush = false, className, ...rest }: ComponentProps<'div'> & { readonly flush?: boolean }) => (
  <div {...rest} className={classNames(styles.card, !flush && styles.padded, className)} />
);
