import { randomBytes } from 'node:crypto';
import type { Random } from '../../ports/random.ts';

/** Randomness of the operating system; ids have 96 random bits. */
export const systemRandom: Random = {
  next: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  id: (prefix) => `${prefix}_${randomBytes(12).toString('base64url')}`,
};
