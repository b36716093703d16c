import type { Random } from '../../src/ports/random.ts';

/** The same numbers and ids for the same seed (mulberry32); ids are counted, so that a failure reads well. */
export function seededRandom(seed = 1): Random {
  let state = seed >>> 0;
  let ids = 0;
  return {
    next: () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
    id: (prefix) => {
      ids += 1;
      return `${prefix}_${ids}`;
    },
  };
}
