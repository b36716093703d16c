import { directoryOf } from './directory.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { blockingKeys, type Profile } from './profile.ts';
import type { SamePersonReason } from './reason.ts';

/** From this probability on a pair is worth asking about: a wrong link shows one colleague's presence as another's. */
const SUGGEST_FROM = 0.55;
/** How many of one account's people are on another one, before anything is known about them. */
const OVERLAP = 0.4;
/** From this probability on somebody counts as found, while overlaps are learned. */
const PLAINLY = 0.8;
/** What it says that two profiles have different mailboxes: about one person in eight has two. */
const OTHER_MAILBOX = -2;
/** Less than that is nobody's rival: one in a hundred at the most, of a handful of people. */
const LEAST_WEIGHT = 2;
/** What more share than this singles nobody out. */
const LARGEST_BLOCK = 60;

/** Two people who are probably one. */
export interface MatchedPair {
  /** The identities that resemble each other most, one of each person. */
  readonly profiles: readonly [Profile, Profile];
  /** The probability that they are one person, 0 to 1. */
  readonly score: number;
  readonly reasons: readonly SamePersonReason[];
}

interface Candidate {
  readonly pair: readonly [Profile, Profile];
  readonly weight: number;
  readonly evidence: readonly Evidence[];
}

/**
 * Who in a directory is probably one person under several accounts. Pairs that share something are weighed; then somebody can be one of
 * two people only when these can be one themselves: what speaks for a second one speaks against the first, so that namesakes of whom
 * nothing else is known are never suggested. Never two people of the same account, or with two mailboxes under one roof.
 */
export function matchPeople(profiles: readonly Profile[]): readonly MatchedPair[] {
  const people = peopleOf(profiles);
  const candidates = weighed(profiles, people);
  // How many of one account's people are on another is learned from those that are plainly there (one step of expectation maximisation).
  const first = judged(candidates, people, () => OVERLAP);
  const overlap = overlapsOf(people, first, profiles);
  const together = new Map(first.map(({ candidate, score }) => [pairKey(candidate.pair), score]));
  return judged(candidates, people, overlap, together)
    .filter(({ score }) => score >= SUGGEST_FROM)
    .map(({ candidate, score }) => ({ profiles: candidate.pair, score, reasons: reasonsOf(candidate.evidence) }))
    .sort((a, b) => b.score - a.score || (a.profiles[0].key < b.profiles[0].key ? -1 : 1));
}

/** The share of one account's people who are on another one. */
type Overlap = (account: string, other: string) => number;

interface Judged {
  readonly candidate: Candidate;
  readonly score: number;
}

/** The probability of each candidate, against everybody else that either of the two could be. */
function judged(
  candidates: ReadonlyMap<string, Candidate>,
  people: ReadonlyMap<string, Known>,
  overlap: Overlap,
  together?: ReadonlyMap<string, number>,
): readonly Judged[] {
  const choices = new Map<string, Choice[]>();
  const stands = [...candidates.values()].map((candidate) => ({
    candidate,
    sides: sidesOf(candidate, people, overlap),
  }));
  for (const { sides } of stands) {
    for (const { person, other, odds } of sides) {
      const known = choices.get(person);
      if (known) known.push({ other, odds });
      else choices.set(person, [{ other, odds }]);
    }
  }
  return stands.map(({ candidate, sides }) => {
    const scores = sides.map(({ person, other, odds, nobody }) => {
      let against = nobody;
      for (const rival of choices.get(person) ?? []) {
        if (rival.other === other) continue;
        if (areTwo(people.get(rival.other), people.get(other))) against += rival.odds;
        else if (together)
          against += rival.odds * (1 - (together.get([rival.other, other].sort().join('\u0000')) ?? 0));
      }
      return odds / (odds + against);
    });
    return { candidate, score: Math.min(...scores) };
  });
}

/** A candidate as each of the two sees it: how likely the other is it, and how likely nobody is. */
function sidesOf({ pair: [a, b], weight }: Candidate, people: ReadonlyMap<string, Known>, overlap: Overlap) {
  return [
    [a, b],
    [b, a],
  ].flatMap(([person, other]) => {
    if (!person || !other) return [];
    let share = 0;
    let among = 1;
    for (const account of people.get(person.contactId)?.accounts ?? []) {
      for (const [theirs, size] of people.get(other.contactId)?.sizes ?? []) {
        if (overlap(account, theirs) < share) continue;
        share = overlap(account, theirs);
        among = size;
      }
    }
    return [
      { person: person.contactId, other: other.contactId, odds: (Math.exp(weight) * share) / among, nobody: 1 - share },
    ];
  });
}

const pairKey = ([a, b]: Candidate['pair']) => [a.contactId, b.contactId].sort().join('\u0000');

function overlapsOf(
  people: ReadonlyMap<string, Known>,
  found: readonly Judged[],
  profiles: readonly Profile[],
): Overlap {
  const sizes = new Map<string, number>();
  const both = new Map<string, number>();
  const count = (a: string, b: string) => both.set(`${a}\u0000${b}`, (both.get(`${a}\u0000${b}`) ?? 0) + 1);
  for (const { identity } of profiles) sizes.set(identity.accountId, (sizes.get(identity.accountId) ?? 0) + 1);
  for (const { accounts } of people.values()) {
    for (const a of accounts) for (const b of accounts) if (a !== b) count(a, b);
  }
  const seen = new Set<string>();
  for (const { candidate, score } of found) {
    if (score < PLAINLY) continue;
    const [a, b] = candidate.pair;
    for (const [person, other] of [
      [a, b],
      [b, a],
    ] as const) {
      for (const account of people.get(person.contactId)?.accounts ?? []) {
        for (const theirs of people.get(other.contactId)?.accounts ?? []) {
          const once = `${person.contactId}\u0000${account}\u0000${theirs}`;
          if (!seen.has(once)) count(account, theirs);
          seen.add(once);
        }
      }
    }
  }
  // Small accounts say little about themselves.
  const known = (a: string, b: string) =>
    ((both.get(`${a}\u0000${b}`) ?? 0) + OVERLAP * 10) / ((sizes.get(a) ?? 0) + 10);
  return (a, b) => Math.min(0.95, Math.max(0.02, known(a, b)));
}

/** Somebody with all identities. */
interface Known {
  readonly accounts: Set<string>;
  /** By domain: a person has one mailbox under one roof. */
  readonly mailboxes: Map<string, string>;
  /** The accounts again, each with how many people it has. */
  readonly sizes: Map<string, number>;
}

interface Choice {
  readonly other: string;
  readonly odds: number;
}

function peopleOf(profiles: readonly Profile[]): ReadonlyMap<string, Known> {
  const sizes = new Map<string, number>();
  for (const { identity } of profiles) sizes.set(identity.accountId, (sizes.get(identity.accountId) ?? 0) + 1);
  const people = new Map<string, Known>();
  for (const { contactId, identity, email } of profiles) {
    const known = people.get(contactId) ?? { accounts: new Set(), mailboxes: new Map(), sizes: new Map() };
    known.accounts.add(identity.accountId);
    if (email) known.mailboxes.set(email.domain, email.local);
    known.sizes.set(identity.accountId, sizes.get(identity.accountId) ?? 1);
    people.set(contactId, known);
  }
  return people;
}

/** Whether these are certainly two people: both on one account, or with two mailboxes under one roof. */
function areTwo(a: Known | undefined, b: Known | undefined): boolean {
  if (!a || !b) return false;
  for (const account of a.accounts) if (b.accounts.has(account)) return true;
  for (const [domain, local] of a.mailboxes) {
    const other = b.mailboxes.get(domain);
    if (other !== undefined && other !== local) return true;
  }
  return false;
}

/** Both have an email that is known, and none is shared; else they would be one person already. */
function otherMailbox(people: ReadonlyMap<string, Known>, a: Profile, b: Profile): number {
  const known = [a, b].every(({ contactId }) => (people.get(contactId)?.mailboxes.size ?? 0) > 0);
  return known ? OTHER_MAILBOX : 0;
}

/** The best pair of identities for each pair of people that share something, with what speaks against any other of theirs. */
function weighed(profiles: readonly Profile[], people: ReadonlyMap<string, Known>): ReadonlyMap<string, Candidate> {
  const directory = directoryOf(profiles);
  const blocks = new Map<string, number[]>();
  for (const [index, profile] of profiles.entries()) {
    for (const key of blockingKeys(profile)) {
      const block = blocks.get(key);
      if (block) block.push(index);
      else blocks.set(key, [index]);
    }
  }
  const compared = new Set<number>();
  const candidates = new Map<string, Candidate>();
  for (const block of blocks.values()) {
    if (block.length < 2 || block.length > LARGEST_BLOCK) continue;
    for (const [at, first] of block.entries()) {
      for (const second of block.slice(at + 1)) {
        const id = first * profiles.length + second;
        if (compared.has(id)) continue;
        compared.add(id);
        const [a, b] = [profiles[first], profiles[second]];
        if (!a || !b || a.contactId === b.contactId) continue;
        if (areTwo(people.get(a.contactId), people.get(b.contactId))) continue;
        const evidence = evidenceOf(a, b, directory);
        const weight = evidence.reduce((sum, one) => sum + one.weight, 0) + otherMailbox(people, a, b);
        if (weight < LEAST_WEIGHT) continue;
        const pair = [a.contactId, b.contactId].sort().join('\u0000');
        const known = candidates.get(pair);
        if (known === undefined || weight > known.weight) candidates.set(pair, { pair: [a, b], weight, evidence });
      }
    }
  }
  return candidates;
}

function reasonsOf(evidence: readonly Evidence[]): SamePersonReason[] {
  return evidence
    .filter(({ weight, reason }) => reason !== null && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ reason }) => (reason === null ? [] : [reason]));
}
