import type { ContactView } from '../../src/contract/index.ts';
import { matcherOf } from './search.ts';

/** Which people a chip shows. */
export type PeopleFilter =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'available' }
  | { readonly kind: 'favourites' }
  | { readonly kind: 'group'; readonly group: string };

/** Whether two filters are the same choice. */
export const sameFilter = (a: PeopleFilter, b: PeopleFilter): boolean =>
  a.kind === b.kind && (a.kind !== 'group' || b.kind !== 'group' || a.group === b.group);

/** The parts of the list, in their order. */
export const sectionIds = ['favourites', 'available', 'away-and-busy', 'offline'] as const;

/** One part of the list. */
export type SectionId = (typeof sectionIds)[number];

/** One line of the list: the heading of a part, or a person. */
export type PeopleRow =
  | { readonly kind: 'section'; readonly section: SectionId; readonly count: number }
  | { readonly kind: 'person'; readonly contact: ContactView };

/** Counts behind the chips. */
export type PeopleCounts = {
  readonly everyone: number;
  readonly available: number;
  readonly favourites: number;
  /** Groups by size, then name. */
  readonly groups: readonly { readonly group: string; readonly count: number }[];
};

const testOf = (filter: PeopleFilter): ((contact: ContactView) => boolean) => {
  switch (filter.kind) {
    case 'everyone':
      return () => true;
    case 'available':
      return ({ available }) => available;
    case 'favourites':
      return ({ favourite }) => favourite;
    case 'group':
      return ({ groups }) => groups.includes(filter.group);
  }
};

/** Where someone belongs. A favourite stays on top whatever their status; available is stricter than online. */
export const sectionOf = (contact: ContactView): SectionId => {
  if (contact.favourite) return 'favourites';
  if (contact.available) return 'available';
  return contact.status === 'offline' || contact.status === 'unknown' ? 'offline' : 'away-and-busy';
};

/** Within favourites those who are around come first; the other parts are by name alone, so that rows do not jump. */
const favouriteRank = ({ available, status }: ContactView): number => {
  if (available) return 0;
  return status === 'offline' || status === 'unknown' ? 2 : 1;
};

/** The lines of the list for people in the order of their names. Parts without anybody are left out. */
export const rowsOf = (byName: readonly ContactView[], filter: PeopleFilter, query: string): readonly PeopleRow[] => {
  const wanted = testOf(filter);
  const matches = matcherOf(query);
  const sections: Record<SectionId, ContactView[]> = {
    favourites: [],
    available: [],
    'away-and-busy': [],
    offline: [],
  };
  for (const contact of byName) {
    if (wanted(contact) && matches(contact)) sections[sectionOf(contact)].push(contact);
  }
  sections.favourites.sort((a, b) => favouriteRank(a) - favouriteRank(b));
  return sectionIds.flatMap((section): readonly PeopleRow[] => {
    const members = sections[section];
    if (members.length === 0) return [];
    return [
      { kind: 'section', section, count: members.length },
      ...members.map((contact): PeopleRow => ({ kind: 'person', contact })),
    ];
  });
};

/** How many people each chip would show. */
export const countsOf = (contacts: Iterable<ContactView>): PeopleCounts => {
  let everyone = 0;
  let available = 0;
  let favourites = 0;
  const groups = new Map<string, number>();
  for (const contact of contacts) {
    everyone += 1;
    if (contact.available) available += 1;
    if (contact.favourite) favourites += 1;
    for (const group of contact.groups) groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return {
    everyone,
    available,
    favourites,
    groups: [...groups]
      .map(([group, count]) => ({ group, count }))
      .sort((a, b) => b.count - a.count || (a.group < b.group ? -1 : 1)),
  };
};

/** The people of some lines, without the headings. */
export const contactsOf = (rows: readonly PeopleRow[]): readonly ContactView[] =>
  rows.flatMap((row) => (row.kind === 'person' ? [row.contact] : []));
