import { seededRandom } from '../../../support/seeded-random.ts';

/** What the makers of directories draw with; the same seed draws the same. */
export function dice(seed: number) {
  const { next } = seededRandom(seed);
  return {
    /** From 0 up to 1. */
    next,
    chance: (rate: number): boolean => next() < rate,
    pick: <T>(all: readonly T[]): T => {
      const one = all[Math.floor(next() * all.length)];
      if (one === undefined) throw new RangeError('nothing to pick from');
      return one;
    },
  };
}
