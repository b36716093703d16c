import type { ContactIdentityView, ContactPatch, ContactView } from '../../src/contract/index.ts';
import { ApiError } from '../transport/api-error.ts';
import { call } from './api.ts';
import { type Change, withChanges } from './collection.ts';
import { useContactsStore, useSuggestionsStore } from './mirrors.ts';

const change = (changes: readonly Change<ContactView>[]): void =>
  useContactsStore.setState(({ items }) => ({ items: withChanges(items, changes) }));

const put = (contact: ContactView): void => change([{ id: contact.id, item: contact }]);

/** Changes what the user says about a person; the mirror follows at once. Fails with an ApiError. */
export const patchContact = async (id: string, patch: ContactPatch): Promise<void> =>
  put(await call('patchContact', { params: { id }, body: patch }));

/** Marks or unmarks a favourite: shown at once, taken back when it fails. */
export const setFavourite = async (contact: ContactView, favourite: boolean): Promise<void> => {
  put({ ...contact, favourite });
  try {
    await patchContact(contact.id, { favourite });
  } catch (error) {
    const current = useContactsStore.getState().items.get(contact.id);
    if (current !== undefined) put({ ...current, favourite: contact.favourite });
    throw error;
  }
};

/** Makes one person of several; the first id survives. */
export const linkContacts = async (contactIds: readonly string[]): Promise<void> => {
  const survivor = await call('linkContacts', { body: { contactIds: [...contactIds] } });
  change([
    ...contactIds.filter((id) => id !== survivor.id).map((id) => ({ id, item: null })),
    { id: survivor.id, item: survivor },
  ]);
  await loadSuggestions();
};

/** Makes a person of their own of some identities, and answers that person's id. */
export const unlinkIdentities = async (
  contactId: string,
  identities: readonly ContactIdentityView[],
): Promise<string> => {
  const split = await call('unlinkContact', {
    params: { id: contactId },
    body: { identities: identities.map(({ accountId, userId }) => ({ accountId, userId })) },
  });
  put(split);
  put(await call('getContact', { params: { id: contactId } }));
  return split.id;
};

/** Brings the suggestions up to date; the core has no event for them. */
export const loadSuggestions = async (): Promise<void> => {
  const { items } = await call('listSuggestions', { query: { limit: 500 } });
  useSuggestionsStore.setState({ items: new Map(items.map((item) => [item.id, item])), phase: 'ready' });
};

const suggestionsMs = 10_000;
let suggestionsAt = Number.NEGATIVE_INFINITY;

/** Brings the suggestions up to date unless that was done within ten seconds; they are a help, so that a failure is silent. */
export const refreshSuggestions = (): void => {
  const now = performance.now();
  if (now - suggestionsAt < suggestionsMs) return;
  suggestionsAt = now;
  loadSuggestions().catch(() => undefined);
};

/** Refuses a suggestion; it is not made again until that is undone. */
export const dismissSuggestion = async (id: string): Promise<void> => {
  await call('dismissSuggestion', { params: { id } });
  useSuggestionsStore.setState(({ items }) => ({ items: withChanges(items, [{ id, item: null }]) }));
};

/** Undoes a refusal: the suggestion is made again. */
export const restoreSuggestion = async (id: string): Promise<void> => {
  await call('restoreSuggestion', { params: { id } });
  await loadSuggestions();
};

/** Who answers for an id: the person themselves (then the mirror knows them too), whoever they were linked into, or nobody. */
export const resolveContact = async (id: string): Promise<string | null> => {
  try {
    put(await call('getContact', { params: { id } }));
    return id;
  } catch (error) {
    return error instanceof ApiError ? error.mergedInto : null;
  }
};
