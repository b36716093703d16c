/**
 * A directory with its truth: people who are on one to five platforms, as those platforms show them. Written from how directories
 * look, not from what the matcher can do; the rates are stated where they are used. Work platforms carry the work address and the
 * full name; communities carry handles; phone networks carry what people call themselves.
 */
import type { Identity } from '../../../../src/domain/contacts/contact.ts';
import { dice } from './dice.ts';
import { CULTURES, type Culture } from './people-at-large.ts';

/** An identity, whose it is, and its avatar. */
export interface Listed {
  readonly person: number;
  /** Their full name in truth: namesakes are counted by it. */
  readonly full: string;
  readonly identity: Identity;
  readonly picture: string | null;
}

const PLATFORMS = ['slack', 'teams', 'zoom', 'discord', 'xmpp', 'linkedin', 'whatsapp'] as const;
type Platform = (typeof PLATFORMS)[number];
/** How many of all people are on each, beside their first platform. */
const PRESENT: Readonly<Record<Platform, number>> = {
  slack: 0.75,
  teams: 0.3,
  zoom: 0.25,
  discord: 0.3,
  xmpp: 0.2,
  linkedin: 0.35,
  whatsapp: 0.15,
};
const ZONES = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Europe/Madrid',
  'Europe/Warsaw',
  'Asia/Tokyo',
  'America/Chicago',
  'Asia/Singapore',
];
const ZONE_SHARES = [28, 14, 13, 8, 10, 8, 8, 5, 4, 2];

interface Person {
  readonly index: number;
  readonly given: string;
  readonly middle: string | null;
  readonly family: string;
  readonly called: string;
  readonly local: string;
  readonly zone: string;
  readonly hasPicture: boolean;
}

/** Makes a directory of `size` people; the same seed gives the same. */
export function generateDirectory(size: number, seed: number): readonly Listed[] {
  const { next, chance, pick } = dice(seed);
  const byShare = <T>(all: readonly T[], shares: readonly number[]): T => {
    let left = next() * shares.reduce((sum, share) => sum + share, 0);
    for (const [index, one] of all.entries()) {
      left -= shares[index] ?? 0;
      if (left < 0) return one;
    }
    return pick(all);
  };
  const zipf = new Map<readonly string[], number[]>();
  const named = (names: readonly string[]): string => {
    const shares = zipf.get(names) ?? names.map((_, rank) => 1 / (rank + 80));
    zipf.set(names, shares);
    return byShare(names, shares);
  };

  const locals = new Set<string>();
  function personOf(index: number, before: Person | undefined): Person {
    const culture: Culture = byShare(
      CULTURES,
      CULTURES.map(({ share }) => share),
    );
    const given = named(culture.given);
    // Some work where their spouse, sibling or parent does.
    const family = before !== undefined && chance(0.01) ? before.family : named(culture.families);
    const local = localOf(given, family, chance(0.2) ? 'short' : 'long', locals);
    return {
      index,
      given,
      middle: chance(0.12) ? pick(culture.given) : null,
      family,
      called: culture.short[given] ?? given,
      local,
      // Most live where their names are from; the rest anywhere.
      zone: byShare(ZONES, ZONE_SHARES),
      hasPicture: chance(0.7),
    };
  }

  const listed: Listed[] = [];
  let before: Person | undefined;
  for (let index = 0; index < size; index += 1) {
    const person = personOf(index, before);
    before = person;
    const places = new Set(PLATFORMS.filter((platform) => chance(PRESENT[platform])));
    if (places.size === 0) places.add('slack');
    for (const platform of [...places].slice(0, 5)) listed.push(identityOn(platform, person));
  }
  return listed;

  function identityOn(platform: Platform, person: Person): Listed {
    const shown = shownOn(platform, person);
    // A picture is uploaded once and again elsewhere; platforms shrink it in their own ways, so that its bytes are rarely the same.
    const picture =
      person.hasPicture && chance(0.6)
        ? chance(0.12)
          ? `own-${person.index}`
          : `${platform}-${person.index}`
        : chance(0.5)
          ? `default-${platform}-${Math.floor(next() * 12)}`
          : null;
    return {
      person: person.index,
      full: `${person.given} ${person.family}`,
      identity: {
        accountId: `a_${platform}`,
        userId: shown.userId ?? `${platform.toUpperCase()}${person.index}`,
        displayName: shown.name,
        email: shown.email ?? null,
        avatarKey: picture,
        timeZone: shown.zone ?? null,
        groups: [],
      },
      picture,
    };
  }

  function shownOn(
    platform: Platform,
    person: Person,
  ): { name: string; email?: string; userId?: string; zone?: string } {
    const work = `${person.local}@harbour.example`;
    // Aliases, former names in the address, the private address: one in eight work profiles has another one than elsewhere.
    const email = chance(0.88)
      ? work
      : chance(0.6)
        ? `${localOf(person.given, person.family, chance(0.5) ? 'short' : 'long', new Set())}@${pick(['mail.example', 'post.example'])}`
        : undefined;
    // People who are on the road or moved keep a zone that is not theirs.
    const zone = chance(0.9) ? person.zone : pick(ZONES);
    const withEmail = (name: string) => ({ name, ...(email ? { email } : {}) });
    switch (platform) {
      case 'slack':
        return {
          ...withEmail(nameOf(person, { nick: 0.1, initial: 0.01, only: 0.02, decorated: 0.12, typo: 0.005 })),
          zone,
        };
      case 'teams':
        // Whole companies turn the names round.
        return withEmail(
          chance(0.4)
            ? `${person.family}, ${person.given}`
            : nameOf(person, { nick: 0.02, initial: 0.01, only: 0, decorated: 0.1, typo: 0.005 }),
        );
      case 'zoom':
        return withEmail(nameOf(person, { nick: 0.12, initial: 0.02, only: 0.02, decorated: 0.03, typo: 0.01 }));
      case 'linkedin':
        return { name: nameOf(person, { nick: 0.04, initial: 0.02, only: 0, decorated: 0.12, typo: 0.002 }) };
      case 'xmpp': {
        // The server of the company: the local part of the address is its account; a roster name for most.
        const local = chance(0.9) ? person.local : handleOf(person);
        return {
          name: chance(0.7)
            ? nameOf(person, { nick: 0.08, initial: 0.02, only: 0.04, decorated: 0, typo: 0.01 })
            : local,
          userId: `${local}@chat.harbour.example`,
        };
      }
      case 'discord':
        // A server of the team asks for names; a few stay who they are elsewhere, and a quarter keep a handle made of their name.
        if (chance(0.04))
          return {
            name: `${pick(['shadow', 'pixel', 'turbo', 'lunar', 'mango', 'static'])}${pick(['fox', 'wave', 'cat', 'byte', 'moth', 'goose'])}${Math.floor(next() * 99)}`,
          };
        return {
          name: chance(0.25)
            ? handleOf(person)
            : nameOf(person, { nick: 0.12, initial: 0.04, only: 0.03, decorated: 0.03, typo: 0.01 }),
        };
      case 'whatsapp':
        return {
          name: nameOf(person, { nick: 0.15, initial: 0.05, only: 0.06, decorated: 0.1, typo: 0.01 }),
          userId: `49${150_000_000 + person.index}`,
        };
    }
  }

  function nameOf(
    person: Person,
    rates: { nick: number; initial: number; only: number; decorated: number; typo: number },
  ): string {
    const given = chance(rates.nick) ? person.called : person.given;
    // A marriage that one profile knows of and another does not.
    let family = chance(0.004) ? named(pick(CULTURES).families) : person.family;
    if (chance(rates.typo)) family = misspelt(family);
    if (chance(0.25)) family = transcribed(family);
    if (chance(rates.only)) return given;
    if (chance(rates.initial)) return chance(0.5) ? `${given} ${family[0]}.` : `${given[0]}. ${family}`;
    const middle =
      person.middle !== null && chance(0.3) ? ` ${chance(0.7) ? `${person.middle[0]}.` : person.middle}` : '';
    const full = `${chance(0.1) ? transcribed(given) : given}${middle} ${family}`;
    if (!chance(rates.decorated)) return full;
    return pick([
      `${full} (she/her)`,
      `${full} 🚀`,
      `Dr. ${full}`,
      `${full} (Support)`,
      `${full} | Harbour`,
      `${full}, PhD`,
      full.toUpperCase(),
    ]);
  }

  function handleOf({ given, family, called }: Person): string {
    const [first, last, short] = [plain(given), plain(family), plain(called)];
    const number = chance(0.2) ? String(Math.floor(next() * 99)) : '';
    const made = byShare(
      [
        `${first}.${last}`,
        `${first}${last}`,
        `${first[0]}${last}`,
        `${first}_${last[0]}`,
        `${short}.${last}`,
        last,
        `${last}.${first}`,
      ],
      [30, 20, 20, 6, 12, 2, 10],
    );
    return `${made}${number}`;
  }

  function misspelt(name: string): string {
    const at = 1 + Math.floor(next() * Math.max(1, name.length - 2));
    const kind = Math.floor(next() * 3);
    if (kind === 0) return name.slice(0, at) + name.slice(at + 1);
    if (kind === 1) return name.slice(0, at) + name.slice(at, at + 1) + name.slice(at);
    return name.slice(0, at - 1) + (name[at] ?? '') + (name[at - 1] ?? '') + name.slice(at + 1);
  }
}

/** As people write a name on a keyboard without its letters. */
function transcribed(name: string): string {
  const german: Readonly<Record<string, string>> = {
    ä: 'ae',
    ö: 'oe',
    ü: 'ue',
    ß: 'ss',
    Ä: 'Ae',
    Ö: 'Oe',
    Ü: 'Ue',
    ø: 'o',
    ł: 'l',
    Ł: 'L',
    ı: 'i',
  };
  return [...name]
    .map((letter) => german[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}

function plain(name: string): string {
  return transcribed(name)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
}

/** A mailbox that nobody has yet; namesakes get numbers. */
function localOf(given: string, family: string, kind: 'long' | 'short', taken: Set<string>): string {
  const made = kind === 'long' ? `${plain(given)}.${plain(family)}` : `${plain(given)[0]}${plain(family)}`;
  let local = made;
  for (let number = 2; taken.has(local); number += 1) local = `${made}${number}`;
  taken.add(local);
  return local;
}
