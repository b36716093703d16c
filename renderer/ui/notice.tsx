import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './notice.module.css';
import type { Tone } from './tone.ts';

/** A sentence inside a page that needs attention, with its buttons. Put it in the page when it starts to be true. */
export const Notice = ({
  tone = 'neutral',
  actions,
  children,
}: {
  readonly tone?: Tone;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) => (
  <div
    className={classNames(styles.notice, tone !== 'neutral' && styles[tone])}
    role={tone === 'bad' ? 'alert' : 'note'}
  >
    <div>{children}</div>
    {actions}
  </div>
);
