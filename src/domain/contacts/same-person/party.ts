import { type Profile, withoutNumber } from './profile.ts';

/**
 * One person as far as is known: a contact with all identities, or several contacts that are plainly one. What speaks against two of
 * them being one is asked of everything that is known of both, not of the two identities that look most alike.
 */
export interface Party {
  readonly contacts: readonly string[];
  readonly profiles: readonly Profile[];
  readonly accounts: ReadonlySet<string>;
  /** By domain: a person has one mailbox under one roof. */
  readonly mailboxes: ReadonlyMap<string, string>;
  readonly zones: ReadonlySet<string>;
  readonly pictures: ReadonlySet<string>;
  /** Mailboxes that others of this name had first. */
  readonly namesakes: ReadonlySet<string>;
}

/** The parties of a directory by contact, one for each. */
export function partiesOf(profiles: readonly Profile[]): Map<string, Party> {
  const byContact = Map.groupBy(profiles, ({ contactId }) => contactId);
  return new Map([...byContact].map(([contactId, own]) => [contactId, partyOf([contactId], own)]));
}

/** Both as one. */
export function joined(a: Party, b: Party): Party {
  return partyOf([...a.contacts, ...b.contacts], [...a.profiles, ...b.profiles]);
}

function partyOf(contacts: readonly string[], profiles: readonly Profile[]): Party {
  return {
    contacts,
    profiles,
    accounts: new Set(profiles.map(({ identity }) => identity.accountId)),
    mailboxes: new Map(profiles.flatMap(({ email }) => (email ? [[email.domain, email.local] as const] : []))),
    zones: new Set(profiles.flatMap(({ timeZone }) => timeZone ?? [])),
    pictures: new Set(profiles.flatMap(({ picture }) => picture ?? [])),
    namesakes: new Set(profiles.flatMap(({ namesake }) => namesake ?? [])),
  };
}

/** Whether these are certainly two people: both on one account, or with two mailboxes under one roof. */
export function areTwo(a: Party, b: Party): boolean {
  for (const account of a.accounts) if (b.accounts.has(account)) return true;
  for (const [domain, local] of a.mailboxes) {
    const other = b.mailboxes.get(domain);
    if (other !== undefined && other !== local) return true;
  }
  return false;
}

/**
 * How the mailbox of one and the address of the other compare that one organisation gave them: `same`, `other`, or `numbered` where they
 * differ by the number of a second person of that name only. Null where no organisation gave both.
 */
export function underOneRoof(a: Party, b: Party): 'same' | 'other' | 'numbered' | null {
  let found: 'other' | 'numbered' | null = null;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const { address } of one.profiles) {
      for (const [domain, local] of other.mailboxes) {
        if (!address || !isUnder(address.domain, domain)) continue;
        if (address.local === local) return 'same';
        if (found !== 'numbered') found = withoutNumber(address.local) === withoutNumber(local) ? 'numbered' : 'other';
      }
    }
  }
  return found;
}

const isUnder = (domain: string, roof: string) => domain === roof || domain.endsWith(`.${roof}`);
