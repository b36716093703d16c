import type { Identity } from '../contact.ts';
import { deletions } from './edit-distance.ts';
import { handleWords, type NameParts, namePartsOf } from './name-parts.ts';
import { nicknameGroups } from './nicknames.ts';

/** An identity as the comparison sees it. */
export interface Profile {
  readonly key: string;
  readonly identity: Identity;
  readonly contactId: string;
  readonly name: NameParts;
  /** Names without spaces that the person goes by: display name of one word, the local parts of addresses. Folded, without digits. */
  readonly handles: readonly string[];
  readonly email: { readonly local: string; readonly domain: string } | null;
  /** The user id where it is an address rather than an opaque id, in lower case; no email. */
  readonly address: string | null;
  readonly picture: string | null;
  readonly timeZone: string | null;
}

/** Prepares an identity. `picture` is a hash of its avatar's bytes, when they are known. */
export function profileOf(key: string, identity: Identity, contactId: string, picture: string | null): Profile {
  const name = namePartsOf(identity.displayName);
  const email = splitAddress(identity.email);
  const own = splitAddress(identity.userId);
  const handles = [
    ...(name.family === '' ? [identity.displayName] : []),
    ...(email ? [email.local] : []),
    ...(own ? [own.local] : []),
  ]
    .map((handle) => handleWords(handle).join(''))
    .filter((handle) => handle.length >= 4);
  const address = own ? `${own.local}@${own.domain}` : null;
  return {
    key,
    identity,
    contactId,
    name,
    handles: [...new Set(handles)],
    email,
    address,
    picture,
    timeZone: identity.timeZone,
  };
}

/** What a handle can be made of a name, from the surest to the vaguest. */
export const HANDLE_SHAPES = ['both', 'initial-family', 'given-initial', 'family', 'given'] as const;
export type HandleShape = (typeof HANDLE_SHAPES)[number];

/** The handles that a name gives. */
export function handlesOf({ given, rest, family }: NameParts): ReadonlyMap<string, HandleShape> {
  const shapes = new Map<string, HandleShape>();
  const put = (handle: string, shape: HandleShape) => {
    if (handle.length >= 4 && !shapes.has(handle)) shapes.set(handle, shape);
  };
  if (given.length > 1 && family.length > 1) {
    put(given + family, 'both');
    put(family + given, 'both');
    put(given + rest.join(''), 'both');
    put((given[0] ?? '') + family, 'initial-family');
    put(family + (given[0] ?? ''), 'initial-family');
    put(given + (family[0] ?? ''), 'given-initial');
    put(family, 'family');
  }
  if (given.length > 1) put(given, 'given');
  return shapes;
}

/** What two profiles of one person are likely to share at least one of; only such pairs are compared. */
export function blockingKeys(profile: Profile): Set<string> {
  const { name, handles, email, address, picture } = profile;
  const keys = new Set<string>();
  const { given, family } = name;
  if (given !== '' && family !== '') {
    keys.add(`n:${[given, family].sort().join('|')}`);
    keys.add(`f:${family}|${given[0]}`);
    keys.add(`g:${given}|${family[0]}`);
    for (const group of nicknameGroups(given)) keys.add(`k:${group}|${family}`);
    for (const deletion of deletions(`${given}|${family}`)) keys.add(`d:${deletion}`);
    for (const other of name.rest.slice(0, -1)) keys.add(`n:${[given, other].sort().join('|')}`);
    if (name.rest.length > 1) keys.add(`n:${[name.rest[0] ?? '', family].sort().join('|')}`);
  }
  for (const handle of handlesOf(name).keys()) keys.add(`h:${handle}`);
  for (const handle of handles) keys.add(`h:${handle}`);
  if (email) keys.add(`e:${email.local}@${email.domain}`);
  if (address) keys.add(`e:${address}`);
  if (picture) keys.add(`p:${picture}`);
  return keys;
}

function splitAddress(text: string | null): { local: string; domain: string } | null {
  const match = /^([^@\s/]+)@([^@\s/]+)$/.exec(text?.trim().toLowerCase() ?? '');
  return match?.[1] && match[2] ? { local: match[1], domain: match[2] } : null;
}
