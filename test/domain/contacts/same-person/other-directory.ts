/**
 * A second directory, shaped differently in every respect from the first one: three organisations and free workers, teams that are on
 * some platforms together, a business network that is half strangers, few surnames, and typing errors of fingers rather than of ears.
 * Whoever has a namesake gets another form of mailbox, a middle initial or any number: no orderly “2”.
 */
import type { Identity } from '../../../../src/domain/contacts/contact.ts';
import { dice } from './dice.ts';
import type { Listed } from './generated-directory.ts';
import { ELSEWHERE, type Elsewhere, inLatin, plainly } from './people-elsewhere.ts';

interface Person {
  readonly index: number;
  readonly culture: Elsewhere;
  readonly given: string;
  readonly families: readonly string[];
  readonly patronymic: string;
  readonly house: number;
  readonly mailbox: string | null;
  readonly zone: string;
  readonly latin: boolean;
  readonly loose: boolean;
  readonly spelledOut: boolean;
}

const HOUSES = [
  { domain: 'northwind.example', share: 55, form: 'first.last' },
  { domain: 'quay.example', share: 20, form: 'flast' },
  { domain: 'atelier.example', share: 10, form: 'first' },
] as const;
const PRIVATE = ['mail.example', 'inbox.example', 'post.example'];
/** On which accounts the people of a kind are: offices, engineers, customers who are only in the business network. */
const KINDS = [
  { share: 40, on: { teams: 0.95, zoom: 0.7, linkedin: 0.4, whatsapp: 0.3, slack: 0.15, discord: 0.02, xmpp: 0.02 } },
  { share: 35, on: { slack: 0.95, discord: 0.55, xmpp: 0.4, zoom: 0.4, linkedin: 0.25, teams: 0.2, whatsapp: 0.1 } },
  { share: 25, on: { linkedin: 0.8, whatsapp: 0.2, zoom: 0.15, slack: 0.05, teams: 0.02, discord: 0.03, xmpp: 0 } },
] as const;
type Account = keyof (typeof KINDS)[number]['on'];
const ACCOUNTS = [
  'slack',
  'teams',
  'zoom',
  'discord',
  'xmpp',
  'linkedin',
  'whatsapp',
] as const satisfies readonly Account[];
const NEIGHBOURS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** Makes a directory of about `size` people; the same seed gives the same. */
export function otherDirectory(size: number, seed: number): readonly Listed[] {
  const { next, chance, pick } = dice(seed);
  const steeply = <T>(all: readonly T[], steepness: number): T => {
    // Half have one of the common ones.
    if (chance(0.5)) for (const one of all) if (chance(1 - steepness)) return one;
    return pick(all);
  };
  const byShare = <T extends { readonly share: number }>(all: readonly T[]): T => {
    let left = next() * all.reduce((sum, { share }) => sum + share, 0);
    for (const one of all) {
      left -= one.share;
      if (left < 0) return one;
    }
    return pick(all);
  };

  const taken = new Set<string>();
  const listed: Listed[] = [];
  for (let index = 0; index < size; index += 1) {
    const person = personOf(index);
    const { on } = byShare(KINDS);
    const places = ACCOUNTS.filter((account) => chance(on[account]));
    for (const account of places.length === 0 ? (['linkedin'] as const) : places)
      listed.push(identityOn(account, person));
  }
  return listed;

  function personOf(index: number): Person {
    const culture = byShare(ELSEWHERE);
    const given = pick(culture.given);
    const family = steeply(culture.families, culture.steepness);
    const families =
      culture.order === 'two-surnames' ? [family, steeply(culture.families, culture.steepness)] : [family];
    const patronymic = culture.order === 'patronymic' ? `${pick(culture.given).replace(/[йаяь]$/, '')}ович` : '';
    const house = HOUSES.indexOf(byShare(HOUSES));
    const made = { index, culture, given, families, patronymic, house };
    const spelledOut = chance(0.5);
    return {
      ...made,
      mailbox: chance(0.15) ? null : mailboxOf(culture, given, family, house, spelledOut),
      zone: chance(0.85) ? pick(culture.zones) : pick(pick(ELSEWHERE).zones),
      latin: chance(0.6),
      loose: chance(0.3),
      spelledOut,
    };
  }

  function ascii(text: string, spelledOut = true): string {
    return plainly(inLatin(text, false), spelledOut)
      .toLowerCase()
      .replaceAll(/[^a-z]/g, '');
  }

  function mailboxOf(culture: Elsewhere, given: string, family: string, house: number, spelledOut: boolean): string {
    const { domain, form } = HOUSES[house] ?? HOUSES[0];
    const [first, last] = [ascii(given.split('_')[0] ?? '', spelledOut), ascii(family, spelledOut)];
    const usual = { 'first.last': `${first}.${last}`, flast: `${first.charAt(0)}${last}`, first }[form];
    const others = [
      `${first}.${String.fromCharCode(97 + Math.floor(next() * 26))}.${last}`,
      `${first.slice(0, 2)}${last}`,
      `${last}.${first}`,
      `${usual}${2 + Math.floor(next() * 90)}`,
      `${first}-${last}.${ascii(pick(culture.families))}`,
    ];
    let local = usual;
    while (taken.has(`${local}@${domain}`)) local = others.shift() ?? `${usual}${1000 + Math.floor(next() * 9000)}`;
    taken.add(`${local}@${domain}`);
    return `${local}@${domain}`;
  }

  function identityOn(account: Account, person: Person): Listed {
    const own = person.mailbox;
    const hasEmail = { slack: 0.93, teams: 0.97, zoom: 0.8, discord: 0, xmpp: 0, linkedin: 0, whatsapp: 0 }[account];
    const atHome = `${ascii(person.given.split('_')[0] ?? '')}${pick(['', '.', '_'])}${ascii(person.families[0] ?? '')}${chance(0.4) ? Math.floor(next() * 99) : ''}@${pick(PRIVATE)}`;
    const email = chance(hasEmail) ? (own !== null && chance(0.94) ? own : atHome) : null;
    const [local = '', domain = ''] = own?.split('@') ?? [];
    const onServer = own !== null && chance(0.9) ? `${local}@xmpp.${domain}` : `${handleOf(person)}@jabber.example`;
    const picture = chance(0.5)
      ? chance(0.25)
        ? `face-${person.index}`
        : `${account}-${person.index}`
      : chance(0.4)
        ? `standard-${account}-${Math.floor(next() * 8)}`
        : null;
    const zone = { slack: 1, zoom: 0.9, teams: 0.3, discord: 0, xmpp: 0.2, linkedin: 0, whatsapp: 0 }[account];
    const identity: Identity = {
      accountId: `b_${account}`,
      userId: account === 'xmpp' ? onServer : `${account}:${person.index}`,
      displayName: nameOn(account, person),
      email,
      avatarKey: picture,
      timeZone: chance(zone) ? (chance(0.93) ? person.zone : pick(pick(ELSEWHERE).zones)) : null,
      groups: [],
    };
    return { person: person.index, full: `${person.given} ${person.families.join(' ')}`, identity, picture };
  }

  function nameOn(account: Account, person: Person): string {
    if (account === 'discord' && chance(0.5)) return chance(0.35) ? invented() : handleOf(person);
    if (account === 'xmpp' && chance(0.2)) return handleOf(person);
    if (account === 'whatsapp' && chance(0.12)) return written(person.given, person);
    const casual = account === 'whatsapp' || account === 'discord' || account === 'slack';
    const called = person.culture.called[person.given];
    const given = written(called !== undefined && chance(casual ? 0.25 : 0.04) ? called : person.given, person);
    const families = person.families.map((family) => written(family, person));
    return typed(arranged(account, person, given, families), account === 'whatsapp' ? 0.02 : 0.008);
  }

  function arranged(account: Account, person: Person, given: string, families: readonly string[]): string {
    const [first = '', second = ''] = families;
    switch (person.culture.order) {
      case 'family-first':
        if (account === 'teams' && chance(0.5)) return `${first.toUpperCase()} ${given}`;
        return chance(0.4) ? `${first} ${given}` : `${given} ${first}`;
      case 'two-surnames': {
        if (account === 'teams') return chance(0.5) ? `${first} ${second}, ${given}` : `${given} ${first} ${second}`;
        const short = given.includes(' ') && chance(0.4) ? (given.split(' ')[0] ?? given) : given;
        return chance(0.55)
          ? `${short} ${first}`
          : chance(0.1)
            ? `${short} ${first} ${second.charAt(0)}.`
            : `${short} ${first} ${second}`;
      }
      case 'patronymic':
        if (account === 'teams' && chance(0.4)) return `${first} ${given} ${written(person.patronymic, person)}`;
        return chance(0.2) ? `${first} ${given}` : `${given} ${first}`;
      case 'given-first':
        if (chance(0.03)) return `${given.charAt(0)}. ${first}`;
        if (chance(0.03)) return `${given} ${first.charAt(0)}.`;
        return account === 'teams' && chance(0.5) ? `${first}, ${given}` : `${given} ${first}`;
    }
  }

  /** As this person writes a word on this platform: their script, their accents, one of the spellings of the name. */
  function written(word: string, person: Person): string {
    const one = chance(0.15)
      ? pick(person.culture.spelled[word] ?? [word])
      : (person.culture.spelled[word]?.[person.index % (person.culture.spelled[word]?.length ?? 1)] ?? word);
    const spaced = one.replaceAll('_', ' ');
    const latin = person.latin || chance(0.3) ? inLatin(spaced, person.loose) : spaced;
    return chance(0.3) ? plainly(latin, person.spelledOut) : latin;
  }

  function handleOf(person: Person): string {
    const [first, last] = [ascii(person.given.split('_')[0] ?? ''), ascii(person.families[0] ?? '')];
    const made = pick([
      `${first}.${last}`,
      `${first}${last}`,
      `${last}${first}`,
      `${first.charAt(0)}${last}`,
      `${first}_${last}`,
      `${first}${last.charAt(0)}`,
    ]);
    return chance(0.3) ? `${made}${Math.floor(next() * 1000)}` : made;
  }

  function invented(): string {
    return `${pick(['silent', 'crimson', 'paper', 'north', 'velvet', 'tiny'])}_${pick(['otter', 'comet', 'bishop', 'lamp', 'raven', 'kite'])}${Math.floor(next() * 999)}`;
  }

  /** A slip of the finger: a neighbouring key, a letter left out, twice, or swapped; in any word, but rarely. */
  function typed(text: string, rate: number): string {
    if (!chance(rate)) return text;
    const at = 1 + Math.floor(next() * Math.max(1, text.length - 2));
    const letter = text.charAt(at);
    const row = NEIGHBOURS.find((keys) => keys.includes(letter.toLowerCase()));
    const kind = Math.floor(next() * 4);
    if (kind === 0 && row)
      return (
        text.slice(0, at) + (row.charAt(row.indexOf(letter.toLowerCase()) + 1) || row.charAt(0)) + text.slice(at + 1)
      );
    if (kind === 1) return text.slice(0, at) + text.slice(at + 1);
    if (kind === 2) return text.slice(0, at) + letter + text.slice(at);
    return text.slice(0, at - 1) + letter + text.charAt(at - 1) + text.slice(at + 1);
  }
}
