/** One page of any list of the contract. */
export type Page<Item> = {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly sequence: number;
};

/** How many items a page asks for: the most that the contract allows. */
export const pageSize = 500;

/** Walks a list page by page, so that the first rows can be shown while the rest is on its way. */
export async function* allPages<Item>(
  load: (query: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Item>>,
): AsyncGenerator<Page<Item>, void, undefined> {
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await load(cursor === null ? { limit: pageSize } : { limit: pageSize, cursor });
    yield page;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** A whole list at once, for the short ones. */
export const wholeList = async <Item>(
  load: (query: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Item>>,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const page of allPages(load)) items.push(...page.items);
  return items;
};
