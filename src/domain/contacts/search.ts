import { STATUS_RANK, type Status } from '../presence/status.ts';

/** What a search looks at. */
export interface Searchable {
  readonly name: string;
  readonly emails: readonly string[];
  readonly userIds: readonly string[];
}

/** What the order of the list depends on. */
export interface Sortable {
  readonly id: string;
  readonly name: string;
  readonly favourite: boolean;
  readonly status: Status;
}

/** Letters that Unicode does not decompose, as people type them without their keyboard. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** A text without case and accents, as it is compared. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/gu, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/** A search as a test, folded once: every word of the query occurs in the name, an email or a user id. An empty query matches all. */
export function matcher(query: string): (searchable: Searchable) => boolean {
  const words = fold(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return () => true;
  return ({ name, emails, userIds }) => {
    const text = fold([name, ...emails, ...userIds].join('\n'));
    return words.every((word) => text.includes(word));
  };
}

/** Whether one person matches a search; for many, make a `matcher` once. */
export function matches(query: string, searchable: Searchable): boolean {
  return matcher(query)(searchable);
}

/** Names as people sort them; the root order, so that every computer lists alike. */
const collator = new Intl.Collator('und', { sensitivity: 'base', numeric: true });

/** The order of the list: favourites, then the higher status, then the name; the id makes it total. */
export function compareContacts(a: Sortable, b: Sortable): number {
  return (
    Number(b.favourite) - Number(a.favourite) ||
    STATUS_RANK[b.status] - STATUS_RANK[a.status] ||
    collator.compare(a.name, b.name) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}
