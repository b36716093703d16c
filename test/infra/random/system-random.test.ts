import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/infra/random/system-random.ts';
import { seededRandom } from '../../support/seeded-random.ts';

describe('randomness', () => {
  it('gives numbers from 0 up to, not including, 1', () => {
    const numbers = Array.from({ length: 1_000 }, () => systemRandom.next());
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
  });

  it('gives ids that differ and are safe in a path', () => {
    const ids = new Set(Array.from({ length: 1_000 }, () => systemRandom.id('c')));
    expect(ids.size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^c_[\w-]{16}$/);
  });

  it('repeats itself for the same seed in tests, and only then', () => {
    const [a, b, c] = [seededRandom(7), seededRandom(7), seededRandom(8)].map((random) => [
      random.next(),
      random.next(),
    ]);
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });
});
