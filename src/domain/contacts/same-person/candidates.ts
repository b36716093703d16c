import { blockingKeys } from './blocking.ts';
import type { Directory } from './directory.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { contradictionOf, isSameName } from './name-evidence.ts';
import { areTwo, type Party } from './party.ts';
import type { Profile } from './profile.ts';
import { resemblanceOf } from './resemblance.ts';

/** What more share than this singles nobody out. */
const LARGEST_BLOCK = 60;
/** Less than that is nobody's rival. */
const LEAST_WEIGHT = 2;

/** The two identities of two contacts that resemble each other most. */
export interface Likeness {
  readonly profiles: readonly [Profile, Profile];
  readonly evidence: Evidence | null;
}

/** Two people who may be one. */
export interface Candidate {
  readonly a: Party;
  readonly b: Party;
  /** What their names say. */
  readonly resemblance: number;
  /** What everything says. */
  readonly weight: number;
}

/** Every two contacts that share something, and how many pairs of identities were compared. */
export function likenessesOf(
  profiles: readonly Profile[],
  parties: ReadonlyMap<string, Party>,
  directory: Directory,
): { readonly likenesses: ReadonlyMap<string, Likeness>; readonly compared: number } {
  const blocks = new Map<string, number[]>();
  for (const [index, profile] of profiles.entries()) {
    for (const key of blockingKeys(profile)) {
      const block = blocks.get(key);
      if (block) block.push(index);
      else blocks.set(key, [index]);
    }
  }
  const compared = new Set<number>();
  const likenesses = new Map<string, Likeness>();
  for (const block of blocks.values()) {
    if (block.length < 2 || block.length > LARGEST_BLOCK) continue;
    for (const [at, first] of block.entries()) {
      for (const second of block.slice(at + 1)) {
        const id = first * profiles.length + second;
        if (compared.has(id)) continue;
        compared.add(id);
        const [a, b] = [profiles[first], profiles[second]];
        if (a && b && mayBeOne(a, b, parties)) keepBest(likenesses, [a, b], resemblanceOf(a, b, directory));
      }
    }
  }
  return { likenesses, compared: compared.size };
}

function mayBeOne(a: Profile, b: Profile, parties: ReadonlyMap<string, Party>): boolean {
  if (a.contactId === b.contactId) return false;
  const [one, other] = [parties.get(a.contactId), parties.get(b.contactId)];
  return one !== undefined && other !== undefined && !areTwo(one, other);
}

function keepBest(likenesses: Map<string, Likeness>, profiles: Likeness['profiles'], evidence: Evidence | null): void {
  const key = profiles
    .map(({ contactId }) => contactId)
    .sort()
    .join('\u0000');
  const known = likenesses.get(key);
  if (known === undefined || (evidence?.weight ?? 0) > (known.evidence?.weight ?? 0))
    likenesses.set(key, { profiles, evidence });
}

/** Every two people who may be one, as the likenesses of their contacts have it. */
export function candidatesOf(
  likenesses: ReadonlyMap<string, Likeness>,
  homes: ReadonlyMap<string, Party>,
  directory: Directory,
): readonly Candidate[] {
  const best = new Map<Party, Map<Party, Likeness>>();
  for (const likeness of likenesses.values()) {
    const [one, other] = likeness.profiles.map(({ contactId }) => homes.get(contactId));
    if (!one || !other || one === other) continue;
    const [a, b] = (one.contacts[0] ?? '') < (other.contacts[0] ?? '') ? [one, other] : [other, one];
    const ofA = best.get(a) ?? new Map<Party, Likeness>();
    best.set(a, ofA);
    const known = ofA.get(b);
    if (known === undefined || (likeness.evidence?.weight ?? 0) > (known.evidence?.weight ?? 0)) ofA.set(b, likeness);
  }
  const candidates: Candidate[] = [];
  for (const [a, others] of best) {
    for (const [b, { profiles, evidence }] of others) {
      if (areTwo(a, b)) continue;
      const resemblance = evidence?.weight ?? 0;
      const beside = evidenceOf(a, b, directory).reduce((sum, { weight }) => sum + weight, 0);
      const weight = resemblance + beside + contradictions(a, b, profiles);
      if (weight >= LEAST_WEIGHT) candidates.push({ a, b, resemblance, weight });
    }
  }
  return candidates;
}

/**
 * What other names of theirs say against it, where no full name is the same: “Ada” with the mailbox abyron@… resembles Adam Byron, but
 * not when she is Ada Byron elsewhere.
 */
function contradictions(a: Party, b: Party, [one, other]: Likeness['profiles']): number {
  if (a.profiles.length + b.profiles.length === 2 || isSameName(one.name, other.name)) return 0;
  return Math.min(0, ...a.profiles.flatMap((x) => b.profiles.map((y) => contradictionOf(x.name, y.name))));
}
