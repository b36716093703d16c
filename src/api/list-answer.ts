import type { Muster } from '../services/create-muster.ts';

/** A page of a short list whose items have ids, in the list's own order. */
export function listAnswer<Item extends { readonly id: string }>(
  muster: Muster,
  items: readonly Item[],
  query: { readonly limit: number; readonly cursor?: string | undefined },
): { items: Item[]; nextCursor: string | null; total: number; sequence: number } {
  const byId = new Map(items.map((item) => [item.id, item]));
  const page = muster.cursors.page(
    () => [...byId.keys()],
    query.cursor,
    query.limit,
    (id) => byId.get(id) ?? null,
  );
  return { ...page, items: [...page.items], sequence: muster.events.sequence };
}
