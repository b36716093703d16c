import type { ContactView } from '../../src/contract/index.ts';

/** Text as it is compared: without case, accents and surrounding space. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss').trim();

const haystacks = new WeakMap<ContactView, string>();

const haystackOf = (contact: ContactView): string => {
  const known = haystacks.get(contact);
  if (known !== undefined) return known;
  const parts = [contact.name, contact.email ?? '', ...contact.groups];
  for (const identity of contact.identities) parts.push(identity.displayName, identity.userId, identity.email ?? '');
  const haystack = parts.map(fold).join('\n');
  haystacks.set(contact, haystack);
  return haystack;
};

/** A search as a test: every word must occur in name, email, user ids or groups. Prepared once, asked of thousands. */
export const matcherOf = (query: string): ((contact: ContactView) => boolean) => {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (contact) => {
    const haystack = haystackOf(contact);
    return words.every((word) => haystack.includes(word));
  };
};
