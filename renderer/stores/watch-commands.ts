import type { WatchFields, WatchView } from '../../src/contract/index.ts';
import { call } from './api.ts';
import { withChanges } from './collection.ts';
import { useWatchesStore } from './mirrors.ts';

const put = (id: string, item: WatchView | null): void =>
  useWatchesStore.setState(({ items }) => ({ items: withChanges(items, [{ id, item }]) }));

/** "Tell me when". Fails with an ApiError. */
export const createWatch = async (fields: WatchFields): Promise<void> => {
  const watch = await call('createWatch', { body: fields });
  put(watch.id, watch);
};

/** Replaces what a watch looks for, or switches it on and off. */
export const putWatch = async (id: string, fields: WatchFields): Promise<void> =>
  put(id, await call('putWatch', { params: { id }, body: fields }));

/** Stops telling. */
export const deleteWatch = async (id: string): Promise<void> => {
  await call('deleteWatch', { params: { id } });
  put(id, null);
};
