import { describe, expect, it } from 'vitest';
import { PageCursors } from '../../../src/services/paging/page-cursors.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const { id } = seededRandom();
const cursors = () => new PageCursors(() => id('page'));

describe('cursors', () => {
  it('walk the order of the first page, whatever happens to the list meanwhile', () => {
    const pages = cursors();
    let order = ['a', 'b', 'c', 'd', 'e'];
    const load = (one: string) => (order.includes(one) ? one : null);
    const first = pages.page(() => order, undefined, 2, load);
    expect(first).toMatchObject({ items: ['a', 'b'], total: 5 });
    order = ['e', 'x', 'd', 'b', 'a'];
    const second = pages.page(() => order, first.nextCursor ?? '', 2, load);
    expect(second).toEqual({ items: ['d', 'e'], nextCursor: null, total: 5 });
    expect(pages.page(() => order, first.nextCursor ?? '', 1, load).items).toEqual(['d']);
  });

  it('give no cursor when everything fits', () => {
    expect(
      cursors().page(
        () => ['a'],
        undefined,
        1,
        (one) => one,
      ),
    ).toEqual({ items: ['a'], nextCursor: null, total: 1 });
    expect(
      cursors().page(
        () => [],
        undefined,
        1,
        (one) => one,
      ),
    ).toEqual({ items: [], nextCursor: null, total: 0 });
  });

  it.each(['', 'nonsense', 'page_1.x', 'page_999999.3', '../../etc.1'])('refuse %j, naming the field', (cursor) => {
    expect(() =>
      cursors().page(
        () => ['a'],
        cursor,
        1,
        (one) => one,
      ),
    ).toThrow(expect.objectContaining({ code: 'invalid-request', params: { path: 'cursor' } }));
  });

  it('remember a bounded number of walks', () => {
    const pages = cursors();
    const begin = () =>
      pages.page(
        () => ['a', 'b'],
        undefined,
        1,
        (one) => one,
      ).nextCursor ?? '';
    const old = begin();
    for (let walk = 0; walk < 64; walk += 1) begin();
    expect(() =>
      pages.page(
        () => [],
        old,
        1,
        (one) => one,
      ),
    ).toThrow('not known any more');
  });
});
