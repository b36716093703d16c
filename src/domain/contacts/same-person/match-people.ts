import { candidatesOf, type Likeness, likenessesOf } from './candidates.ts';
import { directoryOf } from './directory.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { type Judged, judged } from './judge.ts';
import { areTwo, joined, type Party, partiesOf } from './party.ts';
import type { Profile } from './profile.ts';
import type { SamePersonReason } from './reason.ts';
import { type Spread, spreadOf } from './spread.ts';

/** From this probability on a pair is worth asking about: a wrong link shows one colleague's presence as another's. */
const SUGGEST_FROM = 0.965;
/** How often what was found is taken for granted, to find more by it. */
const ROUNDS = 3;

/** Two people who are probably one. */
export interface MatchedPair {
  /** The identities that resemble each other most, one of each person. */
  readonly profiles: readonly [Profile, Profile];
  /** The probability that they are one person, 0 to 1. */
  readonly score: number;
  readonly reasons: readonly SamePersonReason[];
}

/** Who is probably one person, and how many pairs of identities were compared to know. */
interface Matches {
  readonly pairs: readonly MatchedPair[];
  readonly compared: number;
}

/**
 * Who in a directory is probably one person under several accounts, surest first. Pairs that share something are weighed; then somebody
 * can be one of two people only when these can be one themselves, so that namesakes of whom nothing else is known are never suggested.
 * Those who plainly are one are taken for one, and everybody is weighed again by all that is known of them. Never two people of the same
 * account, or with two mailboxes under one roof.
 */
export function matchPeople(profiles: readonly Profile[]): Matches {
  const directory = directoryOf(profiles);
  const parties = partiesOf(profiles);
  const { likenesses, compared } = likenessesOf(profiles, parties, directory);
  const sizes = new Map(
    [...Map.groupBy(profiles, ({ identity }) => identity.accountId)].map(([account, own]) => [account, own.length]),
  );
  const mailboxes = new Set(profiles.flatMap(({ email, address }) => [email, address].flatMap(mailboxOf)));
  const homes = new Map(parties);
  const scores = new Map<string, number>();
  let spread: Spread = spreadOf(parties.size, sizes, null);
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = judged(candidatesOf(likenesses, homes, directory), spread, mailboxes);
    join(homes, found, (a, b, score) => {
      for (const one of a.contacts) for (const other of b.contacts) scores.set(pairKey(one, other), score);
    });
    const people = new Set(homes.values());
    spread = spreadOf(people.size, sizes, people);
  }
  const pairs = [...likenesses.values()].flatMap((likeness) => pairOf(likeness, scores, parties, directory));
  pairs.sort((a, b) => b.score - a.score || (a.profiles[0].key < b.profiles[0].key ? -1 : 1));
  return { pairs, compared };
}

/** Makes one of those who are sure enough to be one, the surest first. */
function join(
  homes: Map<string, Party>,
  found: readonly Judged[],
  onJoin: (a: Party, b: Party, score: number) => void,
): void {
  for (const { candidate, score } of found.toSorted((x, y) => y.score - x.score)) {
    if (score < SUGGEST_FROM) break;
    const [a, b] = [homeOf(candidate.a, homes), homeOf(candidate.b, homes)];
    if (a === b || areTwo(a, b)) continue;
    onJoin(a, b, score);
    const both = joined(a, b);
    for (const contact of both.contacts) homes.set(contact, both);
  }
}

const homeOf = (party: Party, homes: ReadonlyMap<string, Party>) => homes.get(party.contacts[0] ?? '') ?? party;
const pairKey = (a: string, b: string) => (a < b ? `${a}\u0000${b}` : `${b}\u0000${a}`);
const mailboxOf = (address: Profile['email']) => (address ? [`${address.local}@${address.domain}`] : []);

function pairOf(
  { profiles: [a, b], evidence }: Likeness,
  scores: ReadonlyMap<string, number>,
  parties: ReadonlyMap<string, Party>,
  directory: ReturnType<typeof directoryOf>,
): MatchedPair[] {
  const score = scores.get(pairKey(a.contactId, b.contactId));
  const [one, other] = [parties.get(a.contactId), parties.get(b.contactId)];
  if (score === undefined || !one || !other) return [];
  const reasons = reasonsOf([...(evidence ? [evidence] : []), ...evidenceOf(one, other, directory)]);
  return reasons.length === 0 ? [] : [{ profiles: [a, b], score, reasons }];
}

function reasonsOf(evidence: readonly Evidence[]): SamePersonReason[] {
  return evidence
    .filter(({ weight, reason }) => reason !== null && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ reason }) => (reason === null ? [] : [reason]));
}
