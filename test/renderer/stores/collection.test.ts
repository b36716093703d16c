import { describe, expect, it } from 'vitest';
import { withChanges } from '../../../renderer/stores/collection.ts';

describe('changes of a list', () => {
  const one = { name: 'one' };
  const items = new Map([['1', one]]);

  it('keep every item that did not change, and the map when nothing did', () => {
    expect(withChanges(items, [])).toBe(items);
    const next = withChanges(items, [{ id: '2', item: { name: 'two' } }]);
    expect(next.get('1')).toBe(one);
    expect(items.size).toBe(1);
  });

  it('are applied in their order', () => {
    const changes = [
      { id: '1', item: null },
      { id: '1', item: { name: 'back' } },
    ];
    expect(withChanges(items, changes).get('1')).toEqual({ name: 'back' });
    expect(withChanges(items, [...changes].reverse()).has('1')).toBe(false);
  });
});
