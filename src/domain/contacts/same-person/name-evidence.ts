import type { Directory } from './directory.ts';
import { withinOneEdit } from './edit-distance.ts';
import { type Evidence, weightOf } from './evidence.ts';
import { type NameParts, wordsOf } from './name-parts.ts';
import { areNicknames } from './nicknames.ts';
import type { SamePersonReason } from './reason.ts';

/** How often one person's two accounts show each of these; estimates that only have to be right to a factor. */
const SAME_NAME = 0.7;
/** The same, but one of them shows a middle name and the other none. */
const MIDDLE_LEFT_OUT = 0.15;
const NICKNAME = 0.1;
const TYPO = 0.03;
const INITIAL = 0.06;
const DOUBLE_NAME = 0.04;
/** A name within one letter of another's: as if one name in 250 were. */
const NEAR_NAMES = 0.004;
/** Letters are shared by more people than their share says: names come in languages. */
const INITIALS_FACTOR = 1.5;
/** What speaks against: siblings and spouses, two first names, two people altogether. */
const OTHER_GIVEN_NAME = -7;
const OTHER_FAMILY_NAME = -5;
const OTHER_NAME = -9;

/** What two full names say of two identities being one person; null where one of them has none. */
export function nameEvidence(a: NameParts, b: NameParts, directory: Directory): Evidence | null {
  if (a.given === '' || b.given === '' || a.family === '' || b.family === '') return null;
  return sameWords(a, b, directory) ?? sameOrNear(a, b, directory) ?? { weight: contradiction(a, b), reason: null };
}

/** Whether two full names are the same, whatever stands between. */
export function isSameName(a: NameParts, b: NameParts): boolean {
  return a.given.length > 1 && a.family.length > 1 && a.given === b.given && a.family === b.family;
}

/** What two full names that cannot be one person's say against it; 0 where they can. */
export function contradictionOf(a: NameParts, b: NameParts): number {
  if (a.given.length < 2 || b.given.length < 2 || a.family.length < 2 || b.family.length < 2) return 0;
  const [words, others] = [wordsOf(a), wordsOf(b)];
  if (words.every((word) => others.includes(word)) || others.every((word) => words.includes(word))) return 0;
  const given =
    a.given === b.given ||
    areNicknames(a.given, b.given) ||
    isNear(a.given, b.given) ||
    isMiddle(a, b.given) ||
    isMiddle(b, a.given);
  const family =
    a.family === b.family || isNear(a.family, b.family) || a.rest.includes(b.family) || b.rest.includes(a.family);
  if (given && family && !(isSameName(a, b) && haveOtherMiddles(a, b))) return 0;
  return contradiction(a, b);
}

function contradiction(a: NameParts, b: NameParts): number {
  if (a.family === b.family) return OTHER_GIVEN_NAME;
  return a.given === b.given || areNicknames(a.given, b.given) ? OTHER_FAMILY_NAME : OTHER_NAME;
}

const said = (kind: SamePersonReason['kind'], ofOne: number, ofStrangers: number): Evidence => ({
  weight: weightOf(ofOne, ofStrangers),
  reason: { kind, detail: '' },
});

/** The same three words or more, in whatever order: "Nguyễn Văn An", "Văn An Nguyễn". */
function sameWords(a: NameParts, b: NameParts, directory: Directory): Evidence | null {
  const [words, others] = [wordsOf(a), wordsOf(b)];
  if (words.length < 3 || words.length !== others.length) return null;
  if (words.toSorted().join(' ') !== others.toSorted().join(' ')) return null;
  return said('same-name', SAME_NAME, Math.max(directory.fullName(words), directory.fullName(others)));
}

function sameOrNear(a: NameParts, b: NameParts, directory: Directory): Evidence | null {
  const [sameGiven, sameFamily] = [a.given === b.given, a.family === b.family];
  if ((sameGiven && sameFamily) || (a.given === b.family && a.family === b.given)) return sameEnds(a, b, directory);
  if (sameFamily) return sameFamilyName(a, b, directory);
  return sameGiven ? sameGivenName(a, b, directory) : null;
}

function sameEnds(a: NameParts, b: NameParts, directory: Directory): Evidence | null {
  const [given, family] = [directory.given(a.given), directory.family(a.family)];
  if (a.family.length === 1) return said('initials', INITIAL, given * directory.initial(a.family) * INITIALS_FACTOR);
  if (a.given.length === 1) return said('initials', INITIAL, family * directory.initial(a.given) * INITIALS_FACTOR);
  if (haveOtherMiddles(a, b)) return null;
  const ofStrangers = given * family * directory.namesakeFactor;
  // Mateo Núñez has Núñez for his first surname, Mateo Domínguez Núñez for his second: half of the world goes by the first alone.
  const more = middlesOf(a).length === middlesOf(b).length ? [] : [...middlesOf(a), ...middlesOf(b)].filter(isWord);
  if (more.some((word) => directory.isSurname(word))) return said('similar-name', DOUBLE_NAME, 2 * ofStrangers);
  return said('same-name', more.length > 0 ? MIDDLE_LEFT_OUT : SAME_NAME, ofStrangers);
}

function sameFamilyName(a: NameParts, b: NameParts, directory: Directory): Evidence | null {
  const family = directory.family(a.family);
  const [given, other] = [directory.given(a.given), directory.given(b.given)];
  if (isInitial(a.given, b.given)) {
    return said('initials', INITIAL, family * directory.initial(a.given[0] ?? '') * INITIALS_FACTOR);
  }
  if (areNicknames(a.given, b.given)) {
    return said('nickname', NICKNAME, 2 * (given + other) * family * directory.namesakeFactor);
  }
  if (isNear(a.given, b.given) && !(directory.isName(a.given) && directory.isName(b.given))) {
    return said('similar-name', TYPO, family * NEAR_NAMES);
  }
  if (isMiddle(a, b.given) || isMiddle(b, a.given)) {
    return said('similar-name', DOUBLE_NAME, 2 * Math.max(given, other) * family * directory.namesakeFactor);
  }
  return null;
}

function sameGivenName(a: NameParts, b: NameParts, directory: Directory): Evidence | null {
  const given = directory.given(a.given);
  if (isInitial(a.family, b.family)) {
    return said('initials', INITIAL, given * directory.initial(a.family[0] ?? '') * INITIALS_FACTOR);
  }
  if (isNear(a.family, b.family) && !(directory.isName(a.family) && directory.isName(b.family))) {
    return said('similar-name', TYPO, given * NEAR_NAMES);
  }
  const shared = a.rest.find((part) => part.length > 2 && b.rest.includes(part));
  if (shared === undefined) return null;
  return said('similar-name', DOUBLE_NAME, 2 * given * directory.family(shared) * directory.namesakeFactor);
}

const middlesOf = ({ rest }: NameParts) => rest.slice(0, -1);
const isWord = (word: string) => word.length > 1;
const isMiddle = (name: NameParts, given: string) => isWord(given) && middlesOf(name).includes(given);
const isInitial = (a: string, b: string) => (a.length === 1 || b.length === 1) && a !== b && a[0] === b[0];
// The first letter of a word is hardly ever the wrong one (Pollock & Zamora, "Automatic spelling correction", 1984).
const isNear = (a: string, b: string) => a[0] === b[0] && Math.min(a.length, b.length) >= 4 && withinOneEdit(a, b);

/** Both have middle names, and none of one can be one of the other's. */
function haveOtherMiddles(a: NameParts, b: NameParts): boolean {
  const [one, other] = [middlesOf(a), middlesOf(b)];
  return one.length > 0 && other.length > 0 && !one.some((word) => other.some((letter) => word[0] === letter[0]));
}
