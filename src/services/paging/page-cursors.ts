import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';

/** A page of something, and where the next one begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total: number;
}

const tokenSchema = z.string().regex(/^[a-z]+_[\w-]+\.\d+$/i);

/** How many walks are remembered; older ones must begin anew. */
const WALKS = 64;

/**
 * Cursors that walk the order of their first page: the ids are kept when a walk begins, so that nobody is skipped or comes twice
 * while people change their places.
 */
export class PageCursors {
  readonly #walks = new Map<string, readonly string[]>();
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** The first page of `ids`, or the page that `cursor` points at. Throws `invalid-request` for a cursor that is not ours any more. */
  page<Item>(
    ids: () => readonly string[],
    cursor: string | undefined,
    limit: number,
    load: (id: string) => Item | null,
  ): Page<Item> {
    const { walk, order, offset } =
      cursor === undefined ? { walk: null, order: ids(), offset: 0 } : this.#resume(cursor);
    const items: Item[] = [];
    let at = offset;
    for (; at < order.length && items.length < limit; at += 1) {
      const item = load(order[at] ?? '');
      if (item !== null) items.push(item);
    }
    if (at >= order.length) return { items, nextCursor: null, total: order.length };
    const id = walk ?? this.#begin(order);
    return { items, nextCursor: `${id}.${at}`, total: order.length };
  }

  #begin(order: readonly string[]): string {
    const id = this.#newId();
    this.#walks.set(id, order);
    const oldest = this.#walks.keys().next().value;
    if (this.#walks.size > WALKS && oldest !== undefined) this.#walks.delete(oldest);
    return id;
  }

  #resume(cursor: string): { walk: string; order: readonly string[]; offset: number } {
    const [walk = '', offset = ''] = tokenSchema.safeParse(cursor).success ? cursor.split('.') : [];
    const order = this.#walks.get(walk);
    if (!order) {
      throw new MusterError('invalid-request', 'This cursor is not known any more. Begin again without a cursor.', {
        params: { path: 'cursor' },
      });
    }
    return { walk, order, offset: Number(offset) };
  }
}
