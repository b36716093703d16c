import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallHistory } from '../../../src/services/polling/call-history.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a history of calls', () => {
  it('is exact for minutes, and for a day never tells of fewer calls than there were, nor of many more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 20 * MINUTE })), {
          minLength: 1,
          maxLength: 600,
        }),
        (gaps) => {
          const history = new CallHistory([MINUTE, DAY], MINUTE);
          const calls: number[] = [];
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            history.add(now);
            calls.push(now);
          }
          const truly = (since: number) => calls.filter((at) => at > since).length;
          expect(history.since(now - MINUTE)).toBe(truly(now - MINUTE));
          for (const age of [HOUR, 6 * HOUR, DAY - 1]) {
            expect(history.since(now - age)).toBeGreaterThanOrEqual(truly(now - age));
            expect(history.since(now - age)).toBeLessThanOrEqual(truly(now - age - DAY / 200));
          }
          for (const nth of [1, 2, Math.ceil(calls.length / 2), calls.length]) {
            const at = history.nthLast(nth);
            const truth = calls[calls.length - nth];
            if (truth === undefined) continue;
            if (truth > now - DAY) expect(at).toBeGreaterThanOrEqual(truth);
            if (at !== undefined) expect(at).toBeLessThanOrEqual(truth + DAY / 200);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps a day of thousands of calls in a few hundred marks, and forgets what no window counts', () => {
    const history = new CallHistory([MINUTE, DAY], MINUTE);
    for (let call = 0; call < 30_000; call += 1) history.add(call * 9_000);
    const now = 29_999 * 9_000;
    const kept = history.entries(now);
    expect(kept.length).toBeLessThan(300);
    const total = kept.reduce((sum, { calls }) => sum + calls, 0);
    expect(total).toBeGreaterThanOrEqual(DAY / 9_000);
    expect(total).toBeLessThan(1.01 * (DAY / 9_000) + 64);
    expect(history.nthLast(29_000)).toBeUndefined();
  });
});
