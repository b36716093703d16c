import type { Profile } from './profile.ts';

/**
 * How common a name is among people at large, for names that the directory itself has too few of to say: about one in 500 shares a
 * given name, one in 2,000 a family name (the middle of name statistics of several countries; it only has to be right to a factor).
 */
const GIVEN_AT_LARGE = 0.002;
const FAMILY_AT_LARGE = 0.0005;
/** A handle of so many letters is a whole name or as rare as one. */
const LONG_HANDLE = 10;
const FULL_NAME_AT_LARGE = 0.000005;
/** A name that so many identities have is none that was mistyped. */
const OWN_NAME = 3;
/** As many people the general knowledge counts for, beside those of the directory. */
const AT_LARGE_PEOPLE = 2_000;

/** How common everything is that people can share; from the directory itself, so that a rare name proves more than a common one. */
export interface Directory {
  /** Chance that somebody else has this given name, this family name, one that begins with this letter. */
  given(name: string): number;
  family(name: string): number;
  initial(letter: string): number;
  handle(handle: string): number;
  /** Whether it is a name of its own here, and not only somebody's misspelling. */
  isGiven(name: string): boolean;
  isFamily(name: string): boolean;
  timeZone(zone: string): number;
  /** The chance of sharing a picture by accident; 1 for one that several people of an account have. */
  picture(hash: string): number;
  /** How much more often two people share both names than chance says: names come in families, languages and fashions. */
  readonly namesakeFactor: number;
  readonly people: number;
}

/** Counts a directory. */
export function directoryOf(profiles: readonly Profile[]): Directory {
  const [given, family, initials, handles, zones, pictures] = [
    counter(),
    counter(),
    counter(),
    counter(),
    counter(),
    counter(),
  ];
  const shared = new Set<string>();
  const picturesOfAccounts = new Set<string>();
  for (const { identity, name, handles: own, timeZone, picture } of profiles) {
    if (name.given.length > 1) given.add(name.given);
    if (name.family.length > 1) family.add(name.family);
    if (name.given !== '') initials.add(name.given[0] ?? '');
    for (const handle of own) handles.add(handle);
    if (timeZone) zones.add(timeZone);
    if (picture === null) continue;
    pictures.add(picture);
    const inAccount = `${identity.accountId}\u0000${picture}`;
    if (picturesOfAccounts.has(inAccount)) shared.add(picture);
    picturesOfAccounts.add(inAccount);
  }
  const people = profiles.length;
  // The person in question is one of those counted.
  const share = (count: number, total: number, atLarge: number) =>
    (Math.max(0, count - 2) + atLarge * AT_LARGE_PEOPLE) / (total + AT_LARGE_PEOPLE);
  return {
    people,
    given: (name) => share(given.count(name), given.total(), GIVEN_AT_LARGE),
    family: (name) => share(family.count(name), family.total(), FAMILY_AT_LARGE),
    initial: (letter) => (initials.count(letter) + 2) / (initials.total() + 50),
    isGiven: (name) => given.count(name) >= OWN_NAME,
    isFamily: (name) => family.count(name) >= OWN_NAME,
    handle: (handle) =>
      share(handles.count(handle), handles.total(), handle.length < LONG_HANDLE ? FAMILY_AT_LARGE : FULL_NAME_AT_LARGE),
    timeZone: (zone) => (zones.count(zone) + 1) / (zones.total() + 5),
    picture: (hash) =>
      shared.has(hash) ? 1 : (Math.max(0, pictures.count(hash) - 2) + 1) / (pictures.total() + 1_000),
    namesakeFactor: namesakeFactor(profiles, given, family),
  };
}

interface Counter {
  add(key: string): void;
  count(key: string): number;
  total(): number;
  entries(): Iterable<[string, number]>;
}

function counter(): Counter {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    add(key) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      total += 1;
    },
    count: (key) => counts.get(key) ?? 0,
    total: () => total,
    entries: () => counts.entries(),
  };
}

/** Namesakes inside single accounts, who are certainly two people, against as many as chance would make. */
function namesakeFactor(profiles: readonly Profile[], given: Counter, family: Counter): number {
  const byAccount = new Map<string, { people: number; names: Map<string, number> }>();
  for (const { identity, name } of profiles) {
    if (name.given === '' || name.family === '') continue;
    const account = byAccount.get(identity.accountId) ?? { people: 0, names: new Map() };
    const full = `${name.given} ${name.family}`;
    account.people += 1;
    account.names.set(full, (account.names.get(full) ?? 0) + 1);
    byAccount.set(identity.accountId, account);
  }
  const pairs = (count: number) => (count * (count - 1)) / 2;
  let observed = 0;
  let all = 0;
  for (const { people, names } of byAccount.values()) {
    all += pairs(people);
    for (const count of names.values()) observed += pairs(count);
  }
  const alike = (counts: Counter) => {
    let sum = 0;
    for (const [, count] of counts.entries()) sum += (count / counts.total()) ** 2;
    return sum;
  };
  const expected = all === 0 ? 0 : all * alike(given) * alike(family);
  return Math.max(1, (observed + 3) / (expected + 1));
}
