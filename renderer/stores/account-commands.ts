import type { AccountPatch, AccountView, NewAccount } from '../../src/contract/index.ts';
import { call } from './api.ts';
import { withChanges } from './collection.ts';
import { useAccountsStore } from './mirrors.ts';

const put = (id: string, item: AccountView | null): void =>
  useAccountsStore.setState(({ items }) => ({ items: withChanges(items, [{ id, item }]) }));

/** Signs in; the core checks the credentials first. Secrets pass through and are kept nowhere here. Fails with an ApiError. */
export const createAccount = async (account: NewAccount): Promise<AccountView> => {
  const created = await call('createAccount', { body: account });
  put(created.id, created);
  return created;
};

/** Renames, switches off and on, or signs in again. */
export const patchAccount = async (id: string, patch: AccountPatch): Promise<void> =>
  put(id, await call('patchAccount', { params: { id }, body: patch }));

/** Tries to connect now. */
export const reconnectAccount = async (id: string): Promise<void> =>
  put(id, await call('reconnectAccount', { params: { id } }));

/** Signs out and deletes its secrets and everything read through it. */
export const deleteAccount = async (id: string): Promise<void> => {
  await call('deleteAccount', { params: { id } });
  put(id, null);
};
