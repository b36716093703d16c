import type { Identity } from '../contact.ts';
import { handlesOf, SHORTEST_HANDLE } from './handles.ts';
import { handleWords, type NameParts, namePartsOf } from './name-parts.ts';
import { areNicknames } from './nicknames.ts';

/** What stands before and after the @, in lower case. */
interface Address {
  readonly local: string;
  readonly domain: string;
}

/** An identity as the comparison sees it. */
export interface Profile {
  readonly key: string;
  readonly identity: Identity;
  readonly contactId: string;
  readonly name: NameParts;
  /** Whether the mailbox said what the name leaves out. */
  readonly isCompleted: boolean;
  /** Names without spaces that the person goes by: display name of one word, the local parts of addresses. Folded, without digits. */
  readonly handles: readonly string[];
  readonly email: Address | null;
  /** The user id where it is an address rather than an opaque id; no email. */
  readonly address: Address | null;
  /** The mailbox that somebody else of this name had first: ada.byron@… for ada.byron2@…. */
  readonly namesake: string | null;
  readonly picture: string | null;
  readonly timeZone: string | null;
}

/** Prepares an identity. `picture` is a hash of its avatar's bytes, when they are known. */
export function profileOf(key: string, identity: Identity, contactId: string, picture: string | null): Profile {
  const shown = namePartsOf(identity.displayName);
  const email = splitAddress(identity.email);
  const address = splitAddress(identity.userId);
  const own = email ?? address;
  const name = completed(shown, own?.local ?? '');
  const handles = [
    ...(shown.family === '' ? [identity.displayName] : []),
    ...(email ? [email.local] : []),
    ...(address ? [address.local] : []),
  ]
    .map((handle) => handleWords(handle).join(''))
    .filter((handle) => handle.length >= SHORTEST_HANDLE);
  return {
    key,
    identity,
    contactId,
    name,
    isCompleted: name !== shown,
    handles: [...new Set(handles)],
    email,
    address,
    namesake: own && namesakeOf(own, name),
    picture,
    timeZone: identity.timeZone,
  };
}

/** A mailbox's name without the number that the second person of a name gets. */
export const withoutNumber = (local: string) => local.replace(/(?<=\D)\d$/, '');

/** What a name leaves out and the mailbox says: “Ada”, “Ada B.” and “A. Byron” with ada.byron@… are Ada Byron. */
function completed(name: NameParts, local: string): NameParts {
  if (name.given === '' || (name.given.length > 1 && name.family.length > 1)) return name;
  const [first = '', last = '', ...more] = handleWords(local);
  if (first.length < 2 || last.length < 2 || more.length > 0) return name;
  for (const [given, family] of [
    [first, last],
    [last, first],
  ] as const) {
    if (!isShortFor(name.given, given) || (name.family !== '' && !isShortFor(name.family, family))) continue;
    return { given: name.given.length > 1 ? name.given : given, rest: [family], family };
  }
  return name;
}

const isShortFor = (shown: string, full: string) =>
  shown === full || (shown.length === 1 && full.startsWith(shown)) || areNicknames(shown, full);

function namesakeOf({ local, domain }: Address, name: NameParts): string | null {
  const first = withoutNumber(local);
  return first !== local && handlesOf(name).has(handleWords(local).join('')) ? `${first}@${domain}` : null;
}

function splitAddress(text: string | null): Address | null {
  const match = /^([^@\s/]+)@([^@\s/]+)$/.exec(text?.trim().toLowerCase() ?? '');
  return match?.[1] && match[2] ? { local: match[1], domain: match[2] } : null;
}
