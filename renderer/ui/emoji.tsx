import { useState } from 'react';
import styles from './emoji.module.css';

const customName = /^:([^:\s]+):$/;

/** A Unicode emoji as text, an account's own one (`:name:`) as its picture, or as its name where there is no picture. */
export const Emoji = ({ emoji, accountId }: { readonly emoji: string; readonly accountId: string | null }) => {
  const [failed, setFailed] = useState<string | null>(null);
  const name = customName.exec(emoji)?.[1];
  if (name === undefined || accountId === null || failed === emoji) return <span>{emoji}</span>;
  return (
    <img
      className={styles.picture}
      src={`/v1/emoji/${encodeURIComponent(accountId)}/${encodeURIComponent(name)}`}
      alt={emoji}
      loading="lazy"
      draggable={false}
      onError={() => setFailed(emoji)}
    />
  );
};
