/**
 * What speaks for two identities being one person, and what against it, as logarithms of likelihood ratios (Fellegi & Sunter, "A theory
 * for record linkage", 1969): how often one person's accounts look so, over how often two strangers' do.
 */
import type { Directory } from './directory.ts';
import { withinOneEdit } from './edit-distance.ts';
import { handleWords, type NameParts } from './name-parts.ts';
import { areNicknames } from './nicknames.ts';
import { type HandleShape, handlesOf, type Profile } from './profile.ts';
import type { SamePersonReason } from './reason.ts';

/** One piece of evidence. `reason` is null for what only speaks against. */
export interface Evidence {
  readonly weight: number;
  readonly reason: SamePersonReason | null;
}

/** How often one person's two accounts show each of these; estimates that only have to be right to a factor. */
const OF_ONE_PERSON = {
  sameName: 0.7,
  nickname: 0.1,
  typo: 0.03,
  initial: 0.06,
  doubleName: 0.04,
  sameHandle: 0.3,
  picture: 0.3,
  timeZone: 0.9,
} as const;
const HANDLE_OF_ONE_PERSON: Readonly<Record<HandleShape, number>> = {
  both: 0.25,
  'initial-family': 0.1,
  'given-initial': 0.06,
  family: 0.03,
  given: 0.06,
};
/** A name within one letter of another's: as if one name in 250 were. */
const NEAR_NAMES = 0.004;
/** What speaks against: siblings and spouses, two first names, two people altogether. */
const OTHER_GIVEN_NAME = -7;
const OTHER_FAMILY_NAME = -5;
const OTHER_NAME = -9;
/** Another name before the @ than in the mailbox of the same organisation: most give one account for both. */
const OTHER_ADDRESS = -2.5;
/** A number in a mailbox's name (ada.byron2) says that somebody else had the name first. */
const NAMESAKE_KNOWN = -4;
const OTHER_TIME_ZONE = -1.8;
const ADDRESS_IS_EMAIL = 16;
/** No single resemblance proves more than this. */
const MOST = 14;

/** Everything about a pair; the weights add up. */
export function evidenceOf(a: Profile, b: Profile, directory: Directory): readonly Evidence[] {
  const found: Evidence[] = [];
  const name = shown(nameEvidence(a.name, b.name, directory), a, b);
  const handle = handleEvidence(a, b, directory);
  // An email or a handle is made of the name: the better of the two is the evidence, not both.
  if (name !== null && name.weight < 0) found.push(name);
  const best = [name, handle].filter((one) => one !== null).sort((x, y) => y.weight - x.weight)[0];
  if (best !== undefined && best.weight > 0) found.push(best);
  const address = addressEvidence(a, b);
  if (address) found.push(address);
  if (isNumbered(a) !== isNumbered(b)) found.push({ weight: NAMESAKE_KNOWN, reason: null });
  if (underOneRoof(a, b)) found.push({ weight: OTHER_ADDRESS, reason: null });
  const picture = a.picture !== null && a.picture === b.picture ? directory.picture(a.picture) : 1;
  if (picture < 1)
    found.push({ weight: ratio(OF_ONE_PERSON.picture, picture), reason: { kind: 'same-picture', detail: '' } });
  if (a.timeZone && b.timeZone) {
    found.push(
      a.timeZone === b.timeZone
        ? {
            weight: Math.max(0, ratio(OF_ONE_PERSON.timeZone, directory.timeZone(a.timeZone))),
            reason: { kind: 'same-time-zone', detail: a.timeZone },
          }
        : { weight: OTHER_TIME_ZONE, reason: null },
    );
  }
  return found;
}

/** The address of one and the mailbox of the other are the same organisation's, and named differently. */
function underOneRoof(a: Profile, b: Profile): boolean {
  return [
    [a, b],
    [b, a],
  ].some(([one, other]) => {
    const [local, domain] = one?.address?.split('@') ?? [];
    const email = other?.email;
    if (!local || !domain || !email || email.local === local) return false;
    return domain === email.domain || domain.endsWith(`.${email.domain}`);
  });
}

/** The mailbox is named like the person, and has a number after it. */
function isNumbered({ name, email, address }: Profile): boolean {
  const local = email?.local ?? address?.split('@')[0] ?? '';
  return /\D\d$/.test(local) && handlesOf(name).has(handleWords(local).join(''));
}

function ratio(ofOne: number, ofStrangers: number): number {
  return Math.min(MOST, Math.log(ofOne / ofStrangers));
}

/** With the names as people wrote them. */
function shown(evidence: Evidence | null, a: Profile, b: Profile): Evidence | null {
  if (!evidence?.reason) return evidence;
  const [one, other] = [a.identity.displayName, b.identity.displayName];
  return { ...evidence, reason: { ...evidence.reason, detail: one === other ? one : `${one} ~ ${other}` } };
}

/** Null where one of them has no full name to compare. */
function nameEvidence(a: NameParts, b: NameParts, directory: Directory): Evidence | null {
  if (a.given === '' || b.given === '' || a.family === '' || b.family === '') return null;
  const verdict = fullNames(a, b, directory);
  return verdict ?? { weight: contradiction(a, b), reason: null };
}

function fullNames(a: NameParts, b: NameParts, directory: Directory): Evidence | null {
  const { namesakeFactor } = directory;
  const [given, family] = [directory.given(a.given), directory.family(a.family)];
  const said = (kind: SamePersonReason['kind'], ofOne: number, ofStrangers: number): Evidence => ({
    weight: ratio(ofOne, ofStrangers),
    reason: { kind, detail: '' },
  });
  const sameFamily = a.family === b.family;
  const sameGiven = a.given === b.given;
  if (sameGiven && sameFamily && (a.family.length === 1 || a.given.length === 1)) {
    const [name, letter] = a.family.length === 1 ? [given, a.family] : [family, a.given];
    return said('initials', OF_ONE_PERSON.initial, name * directory.initial(letter) * 1.5);
  }
  if ((sameGiven && sameFamily) || (a.given === b.family && a.family === b.given)) {
    return said('same-name', OF_ONE_PERSON.sameName, given * family * namesakeFactor);
  }
  if (sameFamily) {
    if (isInitial(a.given, b.given)) {
      return said('initials', OF_ONE_PERSON.initial, family * directory.initial(a.given[0] ?? '') * 1.5);
    }
    if (areNicknames(a.given, b.given)) {
      const either = directory.given(a.given) + directory.given(b.given);
      return said('nickname', OF_ONE_PERSON.nickname, 2 * either * family * namesakeFactor);
    }
    if (isNear(a.given, b.given) && !(directory.isGiven(a.given) && directory.isGiven(b.given)))
      return said('similar-name', OF_ONE_PERSON.typo, family * NEAR_NAMES);
    if (a.rest.includes(b.given) || b.rest.includes(a.given)) {
      const called = Math.max(given, directory.given(b.given));
      return said('similar-name', OF_ONE_PERSON.doubleName, 2 * called * family * namesakeFactor);
    }
    return null;
  }
  if (!sameGiven) return null;
  if (isInitial(a.family, b.family)) {
    return said('initials', OF_ONE_PERSON.initial, given * directory.initial(a.family[0] ?? '') * 1.5);
  }
  if (isNear(a.family, b.family) && !(directory.isFamily(a.family) && directory.isFamily(b.family)))
    return said('similar-name', OF_ONE_PERSON.typo, given * NEAR_NAMES);
  const shared = [a.family, ...a.rest].find((part) => part.length > 2 && [b.family, ...b.rest].includes(part));
  if (shared !== undefined)
    return said('similar-name', OF_ONE_PERSON.doubleName, 2 * given * directory.family(shared) * namesakeFactor);
  return null;
}

function contradiction(a: NameParts, b: NameParts): number {
  if (a.family === b.family) return OTHER_GIVEN_NAME;
  return a.given === b.given || areNicknames(a.given, b.given) ? OTHER_FAMILY_NAME : OTHER_NAME;
}

const isInitial = (a: string, b: string) => (a.length === 1 || b.length === 1) && a !== b && a[0] === b[0];
const isNear = (a: string, b: string) => Math.min(a.length, b.length) >= 4 && withinOneEdit(a, b);

/** The best resemblance between the handles of one and the name or the handles of the other. */
function handleEvidence(a: Profile, b: Profile, directory: Directory): Evidence | null {
  let best: Evidence | null = null;
  const offer = (evidence: Evidence) => {
    if (best === null || evidence.weight > best.weight) best = evidence;
  };
  const [ofA, ofB] = [handlesOf(a.name), handlesOf(b.name)];
  for (const [handles, shapes, named, owner] of [
    [a.handles, ofB, b.name, a],
    [b.handles, ofA, a.name, b],
  ] as const) {
    for (const handle of handles) {
      const fits = shapes.get(handle);
      if (fits === undefined) continue;
      // “Ada” with the mailbox abyron: what the name leaves out the mailbox says.
      const shape = fits !== 'given' && owner.name.family === '' && owner.name.given === named.given ? 'both' : fits;
      const kind = owner.email !== null && owner.name.family !== '' ? 'email-matches-name' : 'handle-matches-name';
      offer({
        weight: ratio(HANDLE_OF_ONE_PERSON[shape], strangers(shape, named, directory)),
        reason: { kind, detail: handle },
      });
    }
  }
  for (const handle of a.handles) {
    if (!b.handles.includes(handle)) continue;
    const known = ofA.get(handle) ?? ofB.get(handle);
    const named = ofA.has(handle) ? a.name : b.name;
    // One word that is a given name says little, and says it of many.
    const unknown = Math.max(3 * directory.handle(handle), a.name.given === handle ? 10 * directory.given(handle) : 0);
    const chance = known === undefined || known === 'given' ? unknown : strangers(known, named, directory);
    offer({
      weight: ratio(OF_ONE_PERSON.sameHandle, chance),
      reason: { kind: a.email && b.email ? 'same-email-name' : 'handle-matches-name', detail: handle },
    });
  }
  return best;
}

/** How often a stranger's name gives this handle too. */
function strangers(shape: HandleShape, { given, family }: NameParts, directory: Directory): number {
  switch (shape) {
    case 'both':
      return directory.given(given) * directory.family(family) * directory.namesakeFactor;
    case 'initial-family':
      return directory.family(family) * directory.initial(given[0] ?? '') * 1.5;
    case 'given-initial':
      return directory.given(given) * directory.initial(family[0] ?? '') * 1.5;
    case 'family':
      return directory.family(family);
    case 'given':
      return directory.given(given);
  }
}

function addressEvidence(a: Profile, b: Profile): Evidence | null {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const email = other.email && `${other.email.local}@${other.email.domain}`;
    if (email !== null && one.address === email)
      return { weight: ADDRESS_IS_EMAIL, reason: { kind: 'address-equals-email', detail: email } };
  }
  return null;
}
