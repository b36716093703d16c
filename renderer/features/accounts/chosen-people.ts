import { z } from 'zod';
import type { AccountView, ContactView, DirectoryPersonView } from '../../../src/contract/index.ts';

/** Somebody whom an account was narrowed down to: the entry of its settings, and who that is. */
export type ChosenPerson = {
  /** As it stands in the settings: a user id, an address or a name. */
  readonly entry: string;
  readonly name: string;
  readonly email: string | null;
  readonly avatarUrl: string | null;
};

const entriesSchema = z.array(z.string()).catch([]);

/** The entries of the setting; empty where everybody is shown. */
export const chosenEntries = (settings: AccountView['settings'], setting: string): readonly string[] =>
  entriesSchema.parse(settings[setting]);

const fold = (text: string): string => text.trim().toLowerCase();

/** Whether an entry means this person. */
const means = (entry: string, person: DirectoryPersonView): boolean =>
  [person.userId, person.email, person.displayName].some((text) => text !== null && fold(text) === fold(entry));

/** The entries that mean a person: those to take away when they are removed. */
export const entriesOf = (entries: readonly string[], person: DirectoryPersonView): readonly string[] =>
  entries.filter((entry) => means(entry, person));

/** Who the entries are, in their order: as the account shows them, else as they were found; else the entry itself stands for them. */
export const chosenPeople = (
  account: Pick<AccountView, 'id'>,
  entries: readonly string[],
  contacts: Iterable<ContactView>,
  found: Iterable<DirectoryPersonView>,
): readonly ChosenPerson[] => {
  const known = new Map<string, Omit<ChosenPerson, 'entry'>>();
  const note = (person: DirectoryPersonView, avatarUrl: string | null): void => {
    const { displayName: name, email, userId } = person;
    // A name alone may be somebody else's: ids and addresses go first.
    for (const text of [userId, email, name]) {
      if (text !== null && (text !== name || !known.has(fold(text)))) known.set(fold(text), { name, email, avatarUrl });
    }
  };
  for (const person of found) note(person, null);
  for (const { identities, avatarUrl } of contacts) {
    for (const identity of identities) if (identity.accountId === account.id) note(identity, avatarUrl);
  }
  return entries.map((entry) => ({
    entry,
    ...(known.get(fold(entry)) ?? { name: entry, email: null, avatarUrl: null }),
  }));
};
