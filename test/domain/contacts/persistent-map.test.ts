import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PersistentMap } from '../../../src/domain/contacts/persistent-map.ts';

describe('a persistent map', () => {
  it('holds what a Map would, and every earlier value stays what it was', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.string({ maxLength: 2 }), fc.nat(9)), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (all) => {
        const expected = new Map<string, number>();
        let map = PersistentMap.of<number>();
        const past: [PersistentMap<number>, string][] = [];
        const content = (entries: Iterable<readonly [string, number]>) =>
          JSON.stringify([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
        for (const [put, key, value] of all) {
          past.push([map, content(map)]);
          if (put) expected.set(key, value);
          else expected.delete(key);
          map = put ? map.set(key, value) : map.delete(key);
          expect([map.size, map.get(key), map.has(key)]).toEqual([expected.size, expected.get(key), expected.has(key)]);
        }
        expect(content(map)).toBe(content(expected));
        expect(content(PersistentMap.of(expected))).toBe(content(expected));
        expect([...map.keys()].sort()).toEqual([...expected.keys()].sort());
        for (const [earlier, was] of past) expect(content(earlier)).toBe(was);
      }),
    );
  });

  it('is the very same when nothing changes', () => {
    const map = PersistentMap.of([['a', 1]]);
    expect([map.set('a', 1), map.delete('b')]).toEqual([map, map]);
    expect(map.set('a', 1)).toBe(map);
    expect(map.delete('b')).toBe(map);
  });
});
