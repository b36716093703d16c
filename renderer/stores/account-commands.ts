import type { AccountPatch, AccountView, DirectoryPersonView, NewAccount } from '../../src/contract/index.ts';
import { call } from './api.ts';
import { withChanges } from './collection.ts';
import { useAccountsStore } from './mirrors.ts';

const put = (id: string, item: AccountView | null): void =>
  useAccountsStore.setState(({ items }) => ({ items: withChanges(items, [{ id, item }]) }));

/**
 * Puts a command's answer into the mirror, unless an event about the account came while the command was under way: the event is
 * newer than the answer, which still says that it is connecting.
 */
const answer = async (id: string, command: () => Promise<AccountView>): Promise<void> => {
  const before = useAccountsStore.getState().items.get(id);
  const account = await command();
  if (useAccountsStore.getState().items.get(id) === before) put(id, account);
};

/** Signs in; the core checks the credentials first. Secrets pass through and are kept nowhere here. Fails with an ApiError. */
export const createAccount = async (account: NewAccount): Promise<AccountView> => {
  const created = await call('createAccount', { body: account });
  if (!useAccountsStore.getState().items.has(created.id)) put(created.id, created);
  return created;
};

/** Renames, switches off and on, or signs in again. */
export const patchAccount = async (id: string, patch: AccountPatch): Promise<void> =>
  answer(id, () => call('patchAccount', { params: { id }, body: patch }));

/** Tries to connect now. */
export const reconnectAccount = async (id: string): Promise<void> =>
  answer(id, () => call('reconnectAccount', { params: { id } }));

/** Signs out and deletes its secrets and everything read through it. */
export const deleteAccount = async (id: string): Promise<void> => {
  await call('deleteAccount', { params: { id } });
  put(id, null);
};

/** People of an account's directory whose name or address has words that begin so. Fails with an ApiError. */
export const searchDirectory = async (
  id: string,
  query: string,
  signal: AbortSignal,
): Promise<readonly DirectoryPersonView[]> =>
  (await call('searchDirectory', { params: { id }, query: { query } }, signal)).items;
