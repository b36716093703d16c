import type { Candidate } from './candidates.ts';
import { areTwo, type Party } from './party.ts';
import type { Spread } from './spread.ts';

/** How likely it is that somebody whose mailbox has a number is not meant, but who had the name first and is not seen. */
const UNSEEN_NAMESAKE = 0.5;

/** A candidate, and the probability that the two are one. */
export interface Judged {
  readonly candidate: Candidate;
  readonly score: number;
}

/** Who else somebody can be, with the odds of being that rather than nobody of the directory. */
type Choices = ReadonlyMap<Party, ReadonlyMap<Party, number>>;

/**
 * The probability of each candidate, against everybody else that either of the two could be. `mailboxes`: every address that is known, to
 * tell whether a person's namesake is in sight.
 */
export function judged(
  candidates: readonly Candidate[],
  spread: Spread,
  mailboxes: ReadonlySet<string>,
): readonly Judged[] {
  const choices = new Map<Party, Map<Party, number>>();
  const stand = (party: Party, other: Party, odds: number) => {
    const known = choices.get(party);
    if (known) known.set(other, odds);
    else choices.set(party, new Map([[other, odds]]));
  };
  for (const { a, b, weight } of candidates) {
    const odds = Math.exp(weight) * spread(a, b);
    stand(a, b, odds);
    stand(b, a, odds);
  }
  const hasUnseen = ({ namesakes }: Party) => [...namesakes].some((mailbox) => !mailboxes.has(mailbox));
  return candidates.map((candidate) => {
    const { a, b, resemblance } = candidate;
    const odds = choices.get(a)?.get(b) ?? 0;
    const unseen = hasUnseen(a) || hasUnseen(b) ? UNSEEN_NAMESAKE * Math.exp(resemblance) * spread(a, b) : 0;
    const against = 1 + unseen + odds * apart(a, b, choices) + Math.max(rivals(a, b, choices), rivals(b, a, choices));
    return { candidate, score: odds / (odds + against) };
  });
}

/** The odds of a person being anybody but the other: not those who may well be the other, too. */
function rivals(person: Party, other: Party, choices: Choices): number {
  let sum = 0;
  for (const [rival, odds] of choices.get(person) ?? []) if (rival !== other && areTwo(rival, other)) sum += odds;
  return sum;
}

/** How sure it is that there are two people, either of whom both could be: then each may be another one of them. */
function apart(a: Party, b: Party, choices: Choices): number {
  const [ofA, ofB] = [choices.get(a), choices.get(b)];
  if (!ofA || !ofB) return 0;
  const common = [...ofA].filter(([party, odds]) => odds >= 1 && (ofB.get(party) ?? 0) >= 1);
  let most = 0;
  for (const [one, ofOne] of common) {
    for (const [two] of common) {
      if (one === two || !areTwo(one, two)) continue;
      const least = Math.min(ofOne, ofB.get(two) ?? 0);
      most = Math.max(most, least / (1 + least));
    }
  }
  return most;
}
