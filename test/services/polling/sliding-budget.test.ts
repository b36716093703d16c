import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingBudget } from '../../../src/services/polling/sliding-budget.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** The most of `takes` (sorted instants) that lie in any stretch of 60 s, both ends included. */
function mostInAMinute(takes: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [index, at] of takes.entries()) {
    while ((takes[first] ?? at) < at - 60_000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

describe('a sliding budget', () => {
  it('never lets more through than it may in any 60 s, however the calls arrive, and lets all through in the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(
          fc.record({ gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40_000 })), waits: fc.boolean() }),
          {
            minLength: 1,
            maxLength: 60,
          },
        ),
        async (perMinute, arrivals) => {
          const clock = new FakeClock();
          const budget = new SlidingBudget('look', perMinute, clock);
          const takes: number[] = [];
          const waiting: Promise<void>[] = [];
          for (const { gapMs, waits } of arrivals) {
            await clock.advance(gapMs);
            if (waits) waiting.push(budget.take().then(() => void takes.push(clock.monotonicMs())));
            else if (budget.tryTake()) takes.push(clock.monotonicMs());
            expect(budget.used()).toBeLessThanOrEqual(perMinute);
          }
          await clock.advance((arrivals.length / perMinute + 2) * 61_000);
          await Promise.all(waiting);
          expect(mostInAMinute(takes)).toBeLessThanOrEqual(perMinute);
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('serves who waits in order, but callers of a user first', async () => {
    const clock = new FakeClock();
    const budget = new SlidingBudget('look', 1, clock);
    const served: string[] = [];
    await budget.take();
    for (const [name, urgent] of [
      ['one', false],
      ['two', false],
      ['user', true],
    ] as const)
      void budget.take(undefined, urgent).then(() => served.push(name));
    expect(budget.tryTake()).toBe(false);
    expect(budget.waitMs()).toBe(61_000);
    await clock.advance(61_000);
    expect(served).toEqual(['user']);
    await clock.advance(122_000);
    expect(served).toEqual(['user', 'one', 'two']);
    expect(clock.pending).toBe(0);
  });

  it('gives the place of one who left to the next, and keeps no timer for nobody', async () => {
    const clock = new FakeClock();
    const budget = new SlidingBudget('look', 1, clock);
    await budget.take();
    const leaving = new AbortController();
    const left = budget.take(leaving.signal);
    const stays = budget.take().then(() => clock.monotonicMs());
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    await clock.advance(61_000);
    expect(await stays).toBe(61_000);
    await expect(budget.take(leaving.signal)).rejects.toThrow('gone');
    const other = new AbortController();
    const alone = budget.take(other.signal);
    other.abort(new Error('gone too'));
    await expect(alone).rejects.toThrow('gone too');
    expect(clock.pending).toBe(0);
    expect(budget.used()).toBe(1);
  });
});
