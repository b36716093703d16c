import { type NameParts, wordsOf } from './name-parts.ts';
import { namesakeFactor } from './namesakes.ts';
import type { Profile } from './profile.ts';
import { type Tally, tally } from './tally.ts';

/**
 * How common a name is among people at large, for names that the directory itself has too few of to say: about one in 500 shares a
 * given name, one in 2,000 a family name (the middle of name statistics of several countries; it only has to be right to a factor).
 */
const GIVEN_AT_LARGE = 0.002;
const FAMILY_AT_LARGE = 0.0005;
/** A handle of so many letters is a whole name or as rare as one. */
const LONG_HANDLE = 10;
const FULL_NAME_AT_LARGE = 0.000005;
/** A name that so many identities have is none that was mistyped: nobody mistypes it the same way twice. */
const OWN_NAME = 2;
/** As many people the general knowledge counts for, beside those of the directory. */
const AT_LARGE_PEOPLE = 2_000;
/** The two who are compared are among those counted. */
const BOTH = 2;

/** How common everything is that people can share; from the directory itself, so that a rare name proves more than a common one. */
export interface Directory {
  /** Chance that somebody else has this given name, this family name, one that begins with this letter. */
  given(name: string): number;
  family(name: string): number;
  initial(letter: string): number;
  /** The chance that somebody else has this name of three words or more: double names and double surnames go together. */
  fullName(words: readonly string[]): number;
  handle(handle: string): number;
  /** Whether it is a name of its own here, and not only somebody's misspelling. */
  isName(word: string): boolean;
  /** Whether more families than people are called so. */
  isSurname(word: string): boolean;
  /** The chance that a stranger of this name has this time zone: names come with places. */
  timeZone(zone: string, name: NameParts): number;
  /** The chance of sharing a picture by accident; 1 for one that several people of an account have. */
  picture(hash: string): number;
  /** How much more often two people share both names than chance says: names come in families, languages and fashions. */
  readonly namesakeFactor: number;
}

/** Counts a directory. */
export function directoryOf(profiles: readonly Profile[]): Directory {
  const people = profiles.length;
  const counts = countsOf(profiles);
  const { words, phrases, given, family, initials, handles } = counts;
  const factor = namesakeFactor(profiles, given, family);
  const share = (count: number, atLarge: number) =>
    (Math.max(0, count - BOTH) + atLarge * AT_LARGE_PEOPLE) / (people + AT_LARGE_PEOPLE);
  const word = (text: string) => share(words.count(text), GIVEN_AT_LARGE);
  const independent = (all: readonly string[]) => all.reduce((product, one) => product * word(one) * factor, 1);
  const phrase = (all: readonly string[]) => Math.max(0, phrases.count(all.join(' ')) - BOTH) / people;
  return {
    // Whole countries put the family's name first: a word counts wherever it stands.
    given: word,
    family: (name) => share(words.count(name), FAMILY_AT_LARGE),
    initial: (letter) => (initials.count(letter) + 2) / (initials.total() + 50),
    fullName: (all) =>
      Math.max(
        independent(all) / factor,
        phrase(all.slice(0, 2)) * independent(all.slice(2)),
        independent(all.slice(0, -2)) * phrase(all.slice(-2)),
      ),
    handle: (handle) => {
      const atLarge = handle.length < LONG_HANDLE ? FAMILY_AT_LARGE : FULL_NAME_AT_LARGE;
      const others = Math.max(0, handles.count(handle) - BOTH) + atLarge * AT_LARGE_PEOPLE;
      return others / (handles.total() + AT_LARGE_PEOPLE);
    },
    isName: (name) => words.count(name) >= OWN_NAME,
    isSurname: (name) => family.count(name) > given.count(name),
    timeZone: timeZoneOf(counts),
    picture: pictureOf(counts),
    namesakeFactor: factor,
  };
}

interface Counts {
  readonly words: Tally;
  readonly phrases: Tally;
  readonly given: Tally;
  readonly family: Tally;
  readonly initials: Tally;
  readonly handles: Tally;
  readonly zones: Tally;
  /** By a word of the name, and by that with the zone. */
  readonly zonesOfNames: Tally;
  readonly pictures: Tally;
  readonly picturesOfAccounts: Tally;
  readonly standard: Set<string>;
}

function countsOf(profiles: readonly Profile[]): Counts {
  const counts: Counts = {
    words: tally(),
    phrases: tally(),
    given: tally(),
    family: tally(),
    initials: tally(),
    handles: tally(),
    zones: tally(),
    zonesOfNames: tally(),
    pictures: tally(),
    picturesOfAccounts: tally(),
    standard: new Set(),
  };
  for (const profile of profiles) {
    countName(profile.name, counts);
    for (const handle of profile.handles) counts.handles.add(handle);
    countZone(profile, counts);
    countPicture(profile, counts);
  }
  return counts;
}

function countName(name: NameParts, { words, phrases, given, family, initials }: Counts): void {
  const all = wordsOf(name);
  for (const [at, word] of all.entries()) {
    if (word.length > 1) words.add(word);
    if (all.length > 2 && at > 0) phrases.add(`${all[at - 1]} ${word}`);
  }
  if (name.given.length > 1) given.add(name.given);
  if (name.family.length > 1) family.add(name.family);
  if (name.given !== '') initials.add(name.given[0] ?? '');
}

function countZone({ name, timeZone }: Profile, { zones, zonesOfNames }: Counts): void {
  if (!timeZone) return;
  zones.add(timeZone);
  for (const word of [name.given, name.family]) {
    if (word.length < 2) continue;
    zonesOfNames.add(word);
    zonesOfNames.add(`${word} ${timeZone}`);
  }
}

function countPicture({ identity, picture }: Profile, { pictures, picturesOfAccounts, standard }: Counts): void {
  if (picture === null) return;
  pictures.add(picture);
  const inAccount = `${identity.accountId}\u0000${picture}`;
  picturesOfAccounts.add(inAccount);
  if (picturesOfAccounts.count(inAccount) > 1) standard.add(picture);
}

function timeZoneOf({ zones, zonesOfNames }: Counts): Directory['timeZone'] {
  return (zone, { given, family }) => {
    const all = (zones.count(zone) + 1) / (zones.total() + 5);
    const among = (word: string) => {
      const others = Math.max(0, zonesOfNames.count(word) - BOTH);
      return (Math.max(0, zonesOfNames.count(`${word} ${zone}`) - BOTH) + 3 * all) / (others + 3);
    };
    return Math.max(all, among(given), among(family));
  };
}

function pictureOf({ pictures, standard }: Counts): Directory['picture'] {
  return (hash) =>
    standard.has(hash) ? 1 : (Math.max(0, pictures.count(hash) - BOTH) + 1) / (pictures.total() + 1_000);
}
