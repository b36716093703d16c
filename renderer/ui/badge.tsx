import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { classNames } from './class-names.ts';
import type { Tone } from './tone.ts';

/** A word or a number beside something. */
export const Badge = ({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) => (
  <span className={classNames(styles.badge, tone !== 'neutral' && styles[tone])}>{children}</span>
);
