/** A random source that says the same for the same seed (mulberry32): 0 ≤ value < 1. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the choices. Throws a RangeError when there is none. */
export function pick<Choice>(random: Random, choices: readonly Choice[]): Choice {
  const index = Math.floor(random() * choices.length);
  for (const choice of choices.slice(index, index + 1)) return choice;
  throw new RangeError('Nothing to choose from.');
}
