import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUSES } from '../../../src/domain/presence/status.ts';
import { epochMs } from '../../../src/domain/time.ts';
import { lookIndex, priorRates } from '../../../src/services/polling/change-rates.ts';
import {
  ATTENDED_PACE,
  type PollCandidate,
  plannedIntervalMs,
  planPoll,
  UNATTENDED_PACE,
} from '../../../src/services/polling/poll-planner.ts';

const NOW = epochMs(1_000_000_000);
const HOUR = 3_600_000;

function candidate(userId: string, over: Partial<PollCandidate> & { agoMs?: number | null } = {}): PollCandidate {
  const { agoMs = HOUR, ...rest } = over;
  return {
    userId,
    priority: 'rest',
    status: 'online',
    lookedAt: agoMs === null ? null : epochMs(NOW - agoMs),
    failures: 0,
    ...rest,
  };
}

const plan = (candidates: PollCandidate[], batchSize = 1, pace = ATTENDED_PACE) =>
  planPoll(candidates, NOW, batchSize, pace);

/** `w·(τ·f(τ) − ∫₀^τ f)` by Simpson's rule, from the probability of being wrong alone. */
function integrated({ leave, mix }: { leave: number; mix: number }, ageMs: number, weight: number): number {
  const wrong = (age: number) => (leave / mix) * -Math.expm1(-mix * age);
  const steps = 2_000;
  const h = ageMs / steps;
  let sum = wrong(0) + wrong(ageMs);
  for (let step = 1; step < steps; step += 1) sum += wrong(step * h) * (step % 2 === 1 ? 4 : 2);
  return weight * (ageMs * wrong(ageMs) - (sum * h) / 3);
}

describe('the index of a look', () => {
  it.each(STATUSES)('is what the definition integrates to, for %s', (status) => {
    const rates = priorRates(status);
    for (const ageMs of [30_000, 60_000, 5 * 60_000, 30 * 60_000, 4 * HOUR, 24 * HOUR]) {
      const expected = integrated(rates, ageMs, 5);
      expect(Math.abs(lookIndex(rates, ageMs, 5) - expected) / expected).toBeLessThan(1e-5);
    }
  });

  it('grows with age and weight, from nothing, also where ages are tiny', () => {
    const age = fc.double({ min: 0, max: 2 * 24 * HOUR, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...STATUSES),
        age,
        age,
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        (status, a, b, weight) => {
          const rates = priorRates(status);
          const [young, old] = a < b ? [a, b] : [b, a];
          expect(lookIndex(rates, old, weight)).toBeGreaterThanOrEqual(lookIndex(rates, young, weight));
          expect(lookIndex(rates, old, weight * 2)).toBeCloseTo(2 * lookIndex(rates, old, weight), 6);
          expect(lookIndex(rates, old, weight)).toBeLessThanOrEqual((weight * rates.leave) / rates.mix ** 2);
        },
      ),
    );
    const rates = priorRates('online');
    expect(lookIndex(rates, 0, 1)).toBe(0);
    expect(lookIndex(rates, -5, 1)).toBe(0);
    const ages = Array.from({ length: 400 }, (_, index) => 10 * 1.05 ** index).filter((one) => one < HOUR);
    const indexes = ages.map((one) => lookIndex(rates, one, 1));
    expect(indexes.every((index, at) => at === 0 || index > (indexes[at - 1] ?? 0))).toBe(true);
  });
});

describe('the plan of the next look', () => {
  it('begins with people who were never looked at, the heavier first', () => {
    const people = [
      candidate('old', { agoMs: 30 * 24 * HOUR, priority: 'on-screen' }),
      candidate('new', { agoMs: null }),
      candidate('fresh', { agoMs: null, priority: 'favourite' }),
    ];
    expect(plan(people, 3).userIds).toEqual(['fresh', 'new', 'old']);
  });

  it('looks at who matters more sooner, and at anybody whose turn has come', () => {
    const people = [
      candidate('rest', { agoMs: 10 * 60_000 }),
      candidate('favourite', { agoMs: 10 * 60_000, priority: 'favourite' }),
      candidate('watched', { agoMs: 10 * 60_000, priority: 'watched' }),
      candidate('screen', { agoMs: 10 * 60_000, priority: 'on-screen' }),
    ];
    expect(plan(people, 4).userIds).toEqual(['screen', 'watched', 'favourite', 'rest']);
    expect(plan([...people, candidate('forgotten', { agoMs: 3 * HOUR })], 1).userIds).toEqual(['forgotten']);
  });

  it('takes as many as one call can, and says at once that there are more', () => {
    const people = ['a', 'b', 'c', 'd', 'e'].map((userId) => candidate(userId));
    expect(plan(people, 2)).toMatchObject({ userIds: ['a', 'b'], nextDueAt: NOW });
    expect(plan(people, 10)).toMatchObject({ userIds: ['a', 'b', 'c', 'd', 'e'], nextDueAt: null });
    expect(plan([], 10)).toMatchObject({ userIds: [], nextDueAt: null });
  });

  it('never looks at somebody again before their interval is over, and says when the first will be', () => {
    const people = [
      candidate('a', { agoMs: 59_000 }),
      candidate('b', { agoMs: 10_000, priority: 'on-screen' }),
      candidate('c', { agoMs: 29_000, priority: 'favourite' }),
      candidate('d', { agoMs: 19_000, priority: 'watched' }),
    ];
    expect(plan(people, 4)).toMatchObject({ userIds: [], nextDueAt: NOW + 1_000 });
    expect(planPoll(people, epochMs(NOW + 1_000), 4, ATTENDED_PACE)).toMatchObject({
      userIds: ['c', 'a', 'd'],
      nextDueAt: NOW + 5_000,
    });
  });

  it('comes later each time to somebody who cannot be looked at', () => {
    const at = (failures: number) => plan([candidate('a', { agoMs: 0, failures })]).nextDueAt;
    expect([0, 1, 3, 5, 50].map((failures) => (at(failures) ?? 0) - NOW)).toEqual([
      60_000, 120_000, 480_000, 1_920_000, 1_920_000,
    ]);
  });

  it('slows down when nobody looks, but not for watched people', () => {
    const people = [
      candidate('rest', { agoMs: 9 * 60_000 }),
      candidate('favourite', { agoMs: 4 * 60_000, priority: 'favourite' }),
      candidate('watched', { agoMs: 21_000, priority: 'watched' }),
    ];
    expect(plan(people, 3).userIds).toHaveLength(3);
    expect(plan(people, 3, UNATTENDED_PACE).userIds).toEqual(['watched']);
  });

  it('leaves out whom the pace says not to look at', () => {
    const nobody = { minIntervalMs: { ...ATTENDED_PACE.minIntervalMs, rest: null } };
    expect(plan([candidate('a', { agoMs: null })], 1, nobody)).toMatchObject({ userIds: [], nextDueAt: null });
    expect(plannedIntervalMs(10, 50, 1, nobody)).toBe(600_000);
  });

  it('plans a sweep by people, batches and budget, never shorter than the pace', () => {
    expect(plannedIntervalMs(300, 50, 1, ATTENDED_PACE)).toBeCloseTo((300 / 42) * 60_000, 6);
    expect(plannedIntervalMs(300, 50, 50, ATTENDED_PACE)).toBe(60_000);
    expect(plannedIntervalMs(300, 50, 1, UNATTENDED_PACE)).toBe(600_000);
  });
});
