import { describe, expect, it } from 'vitest';
import { CallWindow } from '../../../src/services/health/call-window.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const MINUTE = 60_000;

describe('the calls of the last hour', () => {
  it('are nothing before the first, and after an hour without any', () => {
    const window = new CallWindow();
    expect(window.summary(0)).toBeNull();
    window.add(1_000, 80, true);
    expect(window.summary(59 * MINUTE)?.count).toBe(1);
    expect(window.summary(61 * MINUTE)).toBeNull();
  });

  it('are counted with their failures, and leave by the minute', () => {
    const window = new CallWindow();
    for (let minute = 0; minute < 120; minute += 1) {
      window.add(minute * MINUTE, 100, true);
      window.add(minute * MINUTE + 1, 100, false);
    }
    expect(window.summary(119 * MINUTE + 2)).toMatchObject({ count: 120, failed: 60 });
  });

  it('have quantiles that are at most a tenth off', () => {
    const { next } = seededRandom(4);
    const window = new CallWindow();
    const took = Array.from({ length: 5_000 }, () => 20 + 3_000 * next() ** 4);
    for (const ms of took) window.add(0, ms, true);
    const sorted = took.toSorted((a, b) => a - b);
    const { latencyMs } = window.summary(1) ?? {};
    for (const [share, measured] of [
      [0.5, latencyMs?.p50],
      [0.9, latencyMs?.p90],
      [0.99, latencyMs?.p99],
    ] as const) {
      const truth = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
      expect((measured ?? 0) / truth).toBeGreaterThan(0.89);
      expect((measured ?? 0) / truth).toBeLessThan(1.11);
    }
  });
});
