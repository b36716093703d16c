import type { ContactView } from '../../src/contract/index.ts';

/** Everyone by name, as the language sorts. */
export type NameOrder = (contacts: ReadonlyMap<string, ContactView>) => readonly ContactView[];

/**
 * Keeps people in the order of their names. Comparing by language is dear and names rarely change: while nobody came, went
 * or was renamed since the last call, only the contacts behind the order are replaced.
 */
export const createNameOrder = (locale: string): NameOrder => {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  let before: ReadonlyMap<string, ContactView> = new Map();
  let order: readonly ContactView[] = [];

  const sameNames = (contacts: ReadonlyMap<string, ContactView>): boolean => {
    if (contacts.size !== before.size) return false;
    for (const [id, contact] of contacts) {
      if (before.get(id)?.name !== contact.name) return false;
    }
    return true;
  };

  return (contacts) => {
    if (contacts === before) return order;
    if (sameNames(contacts)) {
      order = order.map((contact) => contacts.get(contact.id) ?? contact);
    } else {
      order = [...contacts.values()].sort((a, b) => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
    }
    before = contacts;
    return order;
  };
};
