import { createHash } from 'node:crypto';

/** A short stable name for a text: 32 hex digits of its SHA-256. Not a secret. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
