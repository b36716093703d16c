import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BudgetWindow } from '../../../src/ports/call-budget.ts';
import { CallBudgets } from '../../../src/services/polling/call-budgets.ts';
import { plannedPerMinute } from '../../../src/services/polling/planned-share.ts';
import { SlidingBudget } from '../../../src/services/polling/sliding-budget.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryValues } from '../support/memory-values.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The most of `takes` (sorted) in any stretch of the window, both ends included. */
function mostIn(window: BudgetWindow, takes: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [index, at] of takes.entries()) {
    while ((takes[first] ?? at) < at - window.seconds * SECOND) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** Takes every planned place for so long; each gives when it was taken. */
async function plan(
  budget: SlidingBudget,
  clock: FakeClock,
  forMs: number,
  pressing: () => boolean,
): Promise<number[]> {
  const takes: number[] = [];
  const end = clock.now() + forMs;
  while (clock.now() < end) {
    const wait = budget.plannedWaitMs(pressing());
    if (wait === 0 && budget.tryTake()) takes.push(clock.now());
    else await clock.advance(Math.min(wait, end - clock.now()) || 1);
  }
  return takes;
}

const DAILY = [
  { calls: 2, seconds: 1 },
  { calls: 2_000, seconds: 86_400 },
];

describe('a budget with a daily quota', () => {
  it('spends a third at once when it has to, then evenly, and leaves a part to whoever waits', async () => {
    const clock = new FakeClock();
    const budget = new SlidingBudget('contact', DAILY, clock);
    const first = await plan(budget, clock, 10 * MINUTE, () => true);
    expect(first.length).toBeGreaterThan(550);
    expect(first.length).toBeLessThan(600);
    const rest = await plan(budget, clock, 2 * DAY - 10 * MINUTE, () => true);
    const all = [...first, ...rest];
    for (const window of DAILY) expect(mostIn(window, all)).toBeLessThanOrEqual(window.calls);
    expect(mostIn({ calls: 2_000, seconds: 86_400 }, all)).toBeLessThanOrEqual(1_700);
    const secondDay = all.filter((at) => at > (all[0] ?? 0) + DAY).length;
    expect(secondDay).toBeGreaterThan(1_100);
    expect(plannedPerMinute(DAILY) * 1_440).toBeCloseTo(1_134, 0);
    for (let call = 0; call < 250; call += 1) {
      if (!budget.tryTake()) await clock.advance(1_100);
    }
    expect(budget.waitMs()).toBeLessThan(2 * SECOND);
  });

  it('does not hurry through the burst for nothing', async () => {
    const clock = new FakeClock();
    const budget = new SlidingBudget('contact', DAILY, clock);
    const hour = await plan(budget, clock, HOUR, () => false);
    expect(hour.length).toBeGreaterThan(200);
    expect(hour.length).toBeLessThan(450);
  });

  it('uses a second’s places to the last, and waits for the second only', async () => {
    const clock = new FakeClock();
    const budget = new SlidingBudget('light', [{ calls: 4, seconds: 1 }], clock);
    for (let call = 0; call < 4; call += 1) {
      expect(budget.plannedWaitMs(false)).toBe(0);
      budget.tryTake();
    }
    expect(budget.plannedWaitMs(true)).toBeLessThanOrEqual(1_100);
  });

  it('holds in every window whatever mixture of calls, sleeps and restarts comes', { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            what: fc.constantFrom('plan', 'urgent', 'sleep', 'restart'),
            ms: fc.integer({ min: 1_000, max: 8 * HOUR }),
            calls: fc.integer({ min: 1, max: 40 }),
          }),
          { minLength: 3, maxLength: 14 },
        ),
        async (steps) => {
          const limits = [
            { calls: 5, seconds: 1 },
            { calls: 40, seconds: 3_600 },
            { calls: 200, seconds: 86_400 },
          ];
          const clock = new FakeClock();
          const values = memoryValues();
          let budgets = new CallBudgets({ values, clock });
          const takes: number[] = [];
          const budget = () => budgets.of('a').of('look', limits);
          for (const { what, ms, calls } of steps) {
            if (what === 'plan') takes.push(...(await plan(budget(), clock, Math.min(ms, HOUR), () => calls > 20)));
            if (what === 'urgent')
              for (let call = 0; call < calls; call += 1) {
                if (budget().tryTake()) takes.push(clock.now());
                else await clock.advance(300);
              }
            if (what === 'sleep') {
              clock.jump(ms);
              budgets.slept(ms);
            }
            if (what === 'restart') {
              budgets.stop();
              budgets = new CallBudgets({ values, clock });
            }
          }
          for (const window of limits) expect(mostIn(window, takes)).toBeLessThanOrEqual(window.calls);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is full of breath again after a long sleep', async () => {
    const clock = new FakeClock();
    const budget = new SlidingBudget('contact', DAILY, clock);
    await plan(budget, clock, 30 * MINUTE, () => true);
    expect(budget.plannedWaitMs(true)).toBeGreaterThan(10 * SECOND);
    clock.jump(8 * HOUR);
    budget.slept(8 * HOUR);
    expect(budget.plannedWaitMs(true)).toBe(0);
  });

  it('is small on the disk, and read again as older versions wrote it', async () => {
    const clock = new FakeClock();
    const values = memoryValues();
    values.set('recent-calls', { a: { contact: [clock.now() - 60_000, clock.now() - 1_000] } });
    const budgets = new CallBudgets({ values, clock });
    const budget = budgets.of('a').of('contact', [{ calls: 30_000, seconds: 86_400 }]);
    expect(budget.used()).toBe(2);
    for (let call = 0; call < 12_000; call += 1) {
      budget.tryTake();
      await clock.advance(2_000);
    }
    budgets.stop();
    expect(JSON.stringify(values.get('recent-calls')).length).toBeLessThan(10_000);
    const again = new CallBudgets({ values, clock }).of('a').of('contact', [{ calls: 30_000, seconds: 86_400 }]);
    expect(again.usedIn({ calls: 30_000, seconds: 86_400 })).toBeGreaterThanOrEqual(12_000);
    expect(again.usedIn({ calls: 30_000, seconds: 86_400 })).toBeLessThan(12_010);
  });
});
