import { type CSSProperties, useState } from 'react';
import styles from './avatar.module.css';
import { classNames } from './class-names.ts';
import { hueOf, initialsOf } from './initials.ts';
import { type ShapedStatus, StatusShape } from './status-shape.tsx';

/** `statusSilent` where the word of the status stands beside the avatar anyway. */
export type AvatarProps = {
  readonly name: string;
  readonly url: string | null;
  readonly size?: 'small' | 'medium' | 'large';
  readonly status?: ShapedStatus;
  readonly statusSilent?: boolean;
};

/** A person's picture, else their initials, with the shape of their status. The name itself stands beside it. */
export const Avatar = ({ name, url, size = 'medium', status, statusSilent = false }: AvatarProps) => {
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  const style: CSSProperties & { '--hue': number } = { '--hue': hueOf(name) };
  return (
    <span className={classNames(styles.avatar, size !== 'medium' && styles[size])}>
      {url === null || url === failedUrl ? (
        <span className={styles.picture} style={style} aria-hidden>
          {initialsOf(name)}
        </span>
      ) : (
        <img
          className={styles.picture}
          style={style}
          src={url}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setFailedUrl(url)}
        />
      )}
      {status === undefined ? null : (
        <span className={styles.badge}>
          <StatusShape status={status} silent={statusSilent} />
        </span>
      )}
    </span>
  );
};
