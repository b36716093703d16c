import { describe, expect, it } from 'vitest';
import { clockChanges } from '../../../../renderer/features/schedule/clock-changes.ts';
import { moveOf } from '../../../../renderer/features/schedule/stroke.ts';
import {
  addMonths,
  datesBetween,
  monthWeeks,
  wallTimeIn,
  weekOf,
} from '../../../../renderer/features/schedule/week-dates.ts';

describe('calendar dates', () => {
  it('begin the week on Monday, across the turn of the year too', () => {
    expect(weekOf('2027-01-01')).toEqual([
      '2026-12-28',
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
    ]);
  });

  it('fill the weeks of a month', () => {
    const weeks = monthWeeks('2026-11-20');
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.[0]).toBe('2026-10-26');
    expect(weeks.at(-1)?.[0]).toBe('2026-11-30');
    expect(addMonths('2026-12-31', 2)).toBe('2027-02-01');
  });

  it('list a holiday with both ends, and nothing the wrong way round', () => {
    expect(datesBetween('2026-12-30', '2027-01-02')).toHaveLength(4);
    expect(datesBetween('2027-01-02', '2026-12-30')).toEqual([]);
  });

  it('are those of the zone, not of this computer', () => {
    expect(wallTimeIn('Asia/Tokyo', Date.parse('2026-11-20T20:15:00Z'))).toEqual({ date: '2026-11-21', minute: 315 });
    expect(wallTimeIn('UTC', Date.parse('2026-11-20T00:00:00Z'))).toEqual({ date: '2026-11-20', minute: 0 });
  });
});

describe('clock changes', () => {
  it('are found on the day on which they happen, forward and back', () => {
    expect(clockChanges('Europe/Berlin', weekOf('2026-03-29'))).toEqual([{ date: '2026-03-29', from: 120, to: 180 }]);
    expect(clockChanges('Europe/Berlin', weekOf('2026-10-25'))).toEqual([{ date: '2026-10-25', from: 180, to: 120 }]);
    expect(clockChanges('Australia/Lord_Howe', weekOf('2026-10-04'))).toEqual([
      { date: '2026-10-04', from: 120, to: 150 },
    ]);
  });

  it('are none in weeks and zones without them', () => {
    expect(clockChanges('Europe/Berlin', weekOf('2026-11-20'))).toEqual([]);
    expect(clockChanges('UTC', weekOf('2026-03-29'))).toEqual([]);
  });
});

describe('keys in the grid', () => {
  const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey });

  it('move by cell, by four hours, to the ends of a week and of a day, and stop at the edges', () => {
    const at = { day: 2, row: 20 };
    expect(moveOf(key('ArrowRight'), at, 48, false)).toEqual({ day: 3, row: 20 });
    expect(moveOf(key('ArrowRight'), at, 48, true)).toEqual({ day: 1, row: 20 });
    expect(moveOf(key('PageDown'), at, 48, false)).toEqual({ day: 2, row: 28 });
    expect(moveOf(key('Home'), at, 48, false)).toEqual({ day: 0, row: 20 });
    expect(moveOf(key('End', true), at, 48, false)).toEqual({ day: 2, row: 47 });
    expect(moveOf(key('ArrowUp'), { day: 0, row: 0 }, 48, false)).toEqual({ day: 0, row: 0 });
    expect(moveOf(key('a'), at, 48, false)).toBeNull();
  });
});
