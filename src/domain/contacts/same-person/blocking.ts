import { deletions } from './edit-distance.ts';
import { handlesOf } from './handles.ts';
import { wordsOf } from './name-parts.ts';
import { nicknameGroups } from './nicknames.ts';
import type { Profile } from './profile.ts';

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
    if (name.rest.length > 1) keys.add(`w:${wordsOf(name).toSorted().join('|')}`);
    if (name.rest.length > 1) keys.add(`n:${[name.rest[0] ?? '', family].sort().join('|')}`);
  }
  for (const handle of handlesOf(name).keys()) keys.add(`h:${handle}`);
  for (const handle of handles) keys.add(`h:${handle}`);
  if (email) keys.add(`e:${email.local}@${email.domain}`);
  if (address) keys.add(`e:${address.local}@${address.domain}`);
  if (picture) keys.add(`p:${picture}`);
  return keys;
}
