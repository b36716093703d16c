import type { MusterError } from '../../domain/errors.ts';
import type { Random } from '../../ports/random.ts';

/** Longest wait between our own tries, so that with the try itself nothing stays away longer than 30 s; a server may ask for longer. */
const MAX_BACK_OFF_MS = 26_000;

/**
 * How long to wait before try number `attempt` (from 1): doubling from `baseMs`, at most 26 s, with full jitter on its upper half
 * so that clients do not line up; at least what the server asked for.
 */
export function backOffMs(attempt: number, error: MusterError | null, random: Random, baseMs = 1_000): number {
  const ceiling = Math.min(MAX_BACK_OFF_MS, baseMs * 2 ** Math.min(attempt - 1, 10));
  const own = ceiling / 2 + (random.next() * ceiling) / 2;
  return Math.max(own, error?.retryAfterMs ?? 0);
}
