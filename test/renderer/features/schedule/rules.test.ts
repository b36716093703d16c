import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveOn, maskOfRules, type Rule, rulesOfMask } from '../../../../renderer/features/schedule/rules.ts';
import { applyStroke, begin, type Stroke } from '../../../../renderer/features/schedule/stroke.ts';
import { addDays, weekdayOf } from '../../../../renderer/features/schedule/week-dates.ts';
import {
  dayMinutes,
  maskOf,
  onDay,
  type WeekMask,
  weekMinutes,
} from '../../../../renderer/features/schedule/week-mask.ts';
import { scheduleRuleSchema, WEEKDAYS } from '../../../../src/contract/index.ts';
import { activeAt } from '../../../../src/domain/schedule/schedule-engine.ts';
import { epochMs } from '../../../../src/domain/time.ts';

const cell = fc.record({ day: fc.integer({ min: 0, max: 6 }), row: fc.integer({ min: 0, max: 95 }) });
const stroke: fc.Arbitrary<Stroke> = fc.record({ anchor: cell, current: cell, paint: fc.boolean() });
const drawn: fc.Arbitrary<WeekMask> = fc
  .array(stroke, { maxLength: 12 })
  .map((strokes) => strokes.reduce<WeekMask>((mask, next) => applyStroke(mask, next, 15), []));
const minute = fc.integer({ min: 0, max: 1_439 });
const clock = minute.map((at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`);
const rule: fc.Arbitrary<Rule> = fc.record({
  days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 7 }),
  from: clock,
  to: fc.oneof(clock, fc.constant('24:00')),
});

const engineSays = (rules: readonly Rule[], exceptions: readonly { date: string; active: boolean }[], at: number) =>
  activeAt({ enabled: true, timeZone: 'UTC', rules, exceptions }, epochMs(at), 'UTC');

describe('painting and rules', () => {
  it('gives back exactly what was painted, whatever was drawn', () => {
    fc.assert(
      fc.property(drawn, (mask) => {
        expect(maskOfRules(rulesOfMask(mask))).toEqual(mask);
      }),
    );
  });

  it('keeps rules of any minute to the minute, beside what is painted in cells', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 6 }), (rules) => {
        const mask = maskOfRules(rules);
        expect(maskOfRules(rulesOfMask(mask))).toEqual(mask);
      }),
    );
  });

  it('writes only rules that the contract takes, no two with the same hours, none that goes on where another ends within 24 hours', () => {
    fc.assert(
      fc.property(drawn, (mask) => {
        const rules = rulesOfMask(mask);
        for (const one of rules) scheduleRuleSchema.parse(one);
        expect(new Set(rules.map(({ from, to }) => `${from} ${to}`)).size).toBe(rules.length);
        const pieces = rules.reduce((sum, { days }) => sum + days.length, 0);
        const wraps = mask.length > 1 && mask[0]?.[0] === 0 && mask.at(-1)?.[1] === weekMinutes;
        const runs = mask.length - (wraps ? 1 : 0);
        const midnights = mask.reduce(
          (sum, [from, to]) => sum + Math.floor((to - 1) / dayMinutes) - Math.floor(from / dayMinutes),
          0,
        );
        expect(pieces).toBeLessThanOrEqual(runs + midnights + (wraps ? 1 : 0));
      }),
    );
  });

  it('paints the minutes in which the core would have the schedule in force', () => {
    const monday = Date.UTC(2026, 10, 16);
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), fc.integer({ min: 0, max: weekMinutes - 1 }), (rules, at) => {
        const shown = maskOfRules(rules).some(([from, to]) => from <= at && at < to);
        expect(shown).toBe(engineSays(rules, [], monday + at * 60_000));
      }),
    );
  });

  it('shows on a date what the core makes of it, exceptions and the night before included', () => {
    const monday = '2026-11-16';
    const exception = fc.record({
      date: fc.integer({ min: -1, max: 7 }).map((n) => addDays(monday, n)),
      active: fc.boolean(),
    });
    const exceptions = fc.uniqueArray(exception, { maxLength: 4, selector: ({ date }) => date });
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 3 }),
        exceptions,
        fc.integer({ min: 0, max: 6 }),
        minute,
        (rules, off, day, at) => {
          const date = addDays(monday, day);
          const spans = effectiveOn(
            rules,
            new Map(off.map((e) => [e.date, e.active])),
            date,
            addDays(date, -1),
            weekdayOf(date),
          );
          const shown = spans.some(([from, to]) => from <= at && at < to);
          expect(shown).toBe(engineSays(rules, off, Date.parse(`${date}T00:00:00Z`) + at * 60_000));
        },
      ),
    );
  });

  it('makes one rule of evenings that run past midnight, also from Sunday into Monday', () => {
    const evenings = maskOf(
      Array.from({ length: 7 }, (_, day) => [day * dayMinutes + 1_110, day * dayMinutes + 1_110 + 810]),
    );
    expect(rulesOfMask(evenings)).toEqual([{ days: [...WEEKDAYS], from: '18:30', to: '08:00' }]);
    expect(onDay(evenings, 0)).toEqual([
      [0, 480],
      [1_110, 1_440],
    ]);
  });

  it('makes whole days of a weekend and of a whole week', () => {
    expect(rulesOfMask([[5 * dayMinutes, weekMinutes]])).toEqual([
      { days: ['sat', 'sun'], from: '00:00', to: '24:00' },
    ]);
    expect(rulesOfMask([[0, weekMinutes]])).toEqual([{ days: [...WEEKDAYS], from: '00:00', to: '24:00' }]);
  });

  it('cuts what is longer than a day at midnight, so that a day off takes that day alone', () => {
    expect(rulesOfMask([[4 * dayMinutes + 1_080, 6 * dayMinutes + 600]])).toEqual([
      { days: ['sun'], from: '00:00', to: '10:00' },
      { days: ['sat'], from: '00:00', to: '24:00' },
      { days: ['fri'], from: '18:00', to: '24:00' },
    ]);
  });
});

describe('a stroke', () => {
  it('paints a rectangle of days and hours, and takes it away again', () => {
    const paint = { ...begin([], { day: 1, row: 36 }, 30), current: { day: 3, row: 37 } };
    const mask = applyStroke([], paint, 30);
    expect(rulesOfMask(mask)).toEqual([{ days: ['tue', 'wed', 'thu'], from: '18:00', to: '19:00' }]);
    const take = { ...begin(mask, { day: 2, row: 37 }, 30), current: { day: 2, row: 36 } };
    expect(take.paint).toBe(false);
    expect(rulesOfMask(applyStroke(mask, take, 30))).toEqual([{ days: ['tue', 'thu'], from: '18:00', to: '19:00' }]);
  });

  it('paints a cell that is painted only in part', () => {
    expect(begin(maskOf([[0, 15]]), { day: 0, row: 0 }, 30).paint).toBe(true);
  });
});
