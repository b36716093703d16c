/**
 * `loading`: the first snapshot is on its way (items may already hold its first pages); `failed`: it could not be had.
 * Once `ready` a list stays so: what was known is shown until there is something newer.
 */
export type Phase = 'loading' | 'ready' | 'failed';

/** A mirror of one list of the core, by id. */
export type Collection<Item> = { readonly items: ReadonlyMap<string, Item>; readonly phase: Phase };

/** One change of a list: a whole new item, or its removal. */
export type Change<Item> = { readonly id: string; readonly item: Item | null };

/** A list of which nothing is known yet. */
export const emptyCollection = <Item>(): Collection<Item> => ({ items: new Map(), phase: 'loading' });

/** Applies changes in their order; items that did not change keep their identity, and so does a map without changes. */
export const withChanges = <Item>(
  items: ReadonlyMap<string, Item>,
  changes: readonly Change<Item>[],
): ReadonlyMap<string, Item> => {
  if (changes.length === 0) return items;
  const next = new Map(items);
  for (const { id, item } of changes) {
    if (item === null) next.delete(id);
    else next.set(id, item);
  }
  return next;
};
