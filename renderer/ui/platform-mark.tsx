import { classNames } from './class-names.ts';
import styles from './platform-mark.module.css';

/**
 * A platform's letter on its colour; vendors' logos are theirs. `name` is read out unless it stands beside the mark; `quiet` is
 * a platform on which somebody is, but not around.
 */
export const PlatformMark = ({
  platform,
  name,
  large = false,
  quiet = false,
}: {
  readonly platform: string;
  readonly name?: string | undefined;
  readonly large?: boolean;
  readonly quiet?: boolean;
}) => (
  <span
    className={classNames(styles.mark, styles[platform], large && styles.large, quiet && styles.quiet)}
    title={name}
  >
    <span aria-hidden>{platform.slice(0, 1).toLocaleUpperCase()}</span>
    {name === undefined ? null : <span className="visually-hidden">{name}</span>}
  </span>
);
