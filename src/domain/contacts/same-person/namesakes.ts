import { wordsOf } from './name-parts.ts';
import type { Profile } from './profile.ts';
import { type Tally, tally } from './tally.ts';

/**
 * Namesakes inside single accounts, who are certainly two people, against as many as chance would make: how much more often people share
 * both names than they share each.
 */
export function namesakeFactor(profiles: readonly Profile[], given: Tally, family: Tally): number {
  const named = profiles.filter(({ name }) => name.given !== '' && name.family !== '');
  let observed = 0;
  let all = 0;
  for (const own of Map.groupBy(named, ({ identity }) => identity.accountId).values()) {
    const names = tally();
    for (const { name } of own) {
      const full = wordsOf(name).toSorted().join(' ');
      // As many pairs as there are with this name already.
      observed += names.count(full);
      names.add(full);
    }
    all += (own.length * (own.length - 1)) / 2;
  }
  const expected = all === 0 ? 0 : all * given.alike() * family.alike();
  return Math.max(1, (observed + 3) / (expected + 1));
}
