import type { Party } from './party.ts';

/**
 * How much likelier it is that one person has all of these accounts than that two of a name have them by halves, over how many people
 * there are: the odds before anything is compared. If accounts were independent, it would be the chance of a namesake who is on none of
 * them; but how people spread over accounts is learned, since half of a business network may be strangers and a whole office may be on two.
 */
export type Spread = (a: Party, b: Party) => number;

/** As many people the independence of accounts counts for, beside those of the directory. */
const PRIOR_PEOPLE = 50;
const MOST_OF_ALL = 0.95;

/** `sizes`: how many identities each account has. `known`: who has which accounts, as far as it is known; null before anything is. */
export function spreadOf(people: number, sizes: ReadonlyMap<string, number>, known: Iterable<Party> | null): Spread {
  const shares = [...sizes].map(([account, size]) => [account, Math.min(MOST_OF_ALL, size / people)] as const);
  const nowhere = shares.reduce((product, [, share]) => product * (1 - share), 1);
  const counts = new Map<string, number>();
  for (const { accounts } of known ?? []) counts.set(keyOf(accounts), (counts.get(keyOf(accounts)) ?? 0) + 1);
  const chances = new Map<string, number>();
  const chance = (accounts: ReadonlySet<string>) => {
    const key = keyOf(accounts);
    let made = chances.get(key);
    if (made === undefined) {
      const independent =
        shares.reduce((product, [account, share]) => product * (accounts.has(account) ? share : 1 - share), 1) /
        (1 - nowhere);
      made =
        known === null ? independent : ((counts.get(key) ?? 0) + PRIOR_PEOPLE * independent) / (people + PRIOR_PEOPLE);
      chances.set(key, made);
    }
    return made;
  };
  return ({ accounts: a }, { accounts: b }) => chance(new Set([...a, ...b])) / (chance(a) * chance(b) * people);
}

const keyOf = (accounts: ReadonlySet<string>) => [...accounts].sort().join('\u0000');
