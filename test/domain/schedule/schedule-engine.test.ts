import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../../src/domain/schedule/schedule.ts';
import { activeAt, intervals, nextTransition } from '../../../src/domain/schedule/schedule-engine.ts';
import { at, schedule, shown, WORKDAYS } from './schedules.ts';

const within = (part: Parameters<typeof schedule>[0], from: string, to: string, device = 'UTC') =>
  intervals(schedule(part), at(from), at(to), device).map(
    (interval) => `${shown(interval.from)}/${shown(interval.to)}`,
  );

describe('a weekly schedule', () => {
  it('goes on over midnight, the end exclusive, and names the day that it starts on', () => {
    const fridays = schedule({ timeZone: 'UTC', rules: [{ days: ['fri'], from: '18:30', to: '08:00' }] });
    const states = ['2026-11-20T18:29Z', '2026-11-20T18:30Z', '2026-11-21T07:59Z', '2026-11-21T08:00Z'].map((text) =>
      activeAt(fridays, at(text), 'UTC'),
    );
    expect(states).toEqual([false, true, true, false]);
    expect(activeAt(fridays, at('2026-11-20T07:00Z'), 'UTC')).toBe(false);
  });

  it('joins what touches or overlaps into one', () => {
    const rules = [
      { days: ['sat', 'sun'] as const, from: '00:00', to: '24:00' },
      { days: ['fri'] as const, from: '20:00', to: '00:00' },
      { days: ['mon'] as const, from: '00:00', to: '06:00' },
    ];
    expect(within({ timeZone: 'UTC', rules }, '2026-11-16T12:00Z', '2026-11-24T00:00Z')).toEqual([
      '2026-11-20T20:00Z/2026-11-23T06:00Z',
    ]);
  });

  it('follows the device when it says so', () => {
    const subject = schedule({ timeZone: 'device', rules: [{ days: WEEKDAYS, from: '22:00', to: '23:00' }] });
    expect(activeAt(subject, at('2026-11-20T21:30Z'), 'Europe/Berlin')).toBe(true);
    expect(activeAt(subject, at('2026-11-20T21:30Z'), 'Asia/Kolkata')).toBe(false);
    expect(shown(nextTransition(subject, at('2026-11-20T21:30Z'), 'Asia/Kolkata'))).toBe('2026-11-21T16:30Z');
  });

  it('is never in force, and never will be, while it is switched off', () => {
    const off = schedule({ enabled: false });
    expect(activeAt(off, at('2026-11-20T23:00Z'), 'UTC')).toBe(false);
    expect(nextTransition(off, at('2026-11-20T23:00Z'), 'UTC')).toBeNull();
    expect(intervals(off, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'), 'UTC')).toEqual([]);
  });
});

describe('daylight saving', () => {
  const nightly = { rules: [{ days: WEEKDAYS, from: '02:30', to: '08:00' }] };

  it('starts a rule at the jump when its time is skipped', () => {
    expect(within(nightly, '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toEqual(['2026-03-29T01:00Z/2026-03-29T06:00Z']);
  });

  it('is in force whenever the wall shows a time of the rule, also the second time', () => {
    expect(within(nightly, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual([
      '2026-10-25T00:30Z/2026-10-25T01:00Z',
      '2026-10-25T01:30Z/2026-10-25T07:00Z',
    ]);
  });

  it('leaves a rule out that lies wholly in the skipped hour, and finds it a week later', () => {
    const brief = schedule({ rules: [{ days: ['sun'], from: '02:15', to: '02:45' }] });
    expect(shown(nextTransition(brief, at('2026-03-22T12:00Z'), 'UTC'))).toBe('2026-04-05T00:15Z');
  });

  it('runs over both jumps without a seam', () => {
    expect(within({}, '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toEqual(['2026-03-28T17:30Z/2026-03-29T06:00Z']);
    expect(within({}, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual(['2026-10-24T16:30Z/2026-10-25T07:00Z']);
  });
});

describe('exceptions', () => {
  const office = { timeZone: 'UTC', rules: [{ days: WORKDAYS, from: '18:00', to: '08:00' }] };

  it('remove what would start on their date, but not what started the evening before', () => {
    const exceptions = [{ date: '2026-12-24', active: false }];
    expect(within({ ...office, exceptions }, '2026-12-23T12:00Z', '2026-12-25T20:00Z')).toEqual([
      '2026-12-23T18:00Z/2026-12-24T08:00Z',
      '2026-12-25T18:00Z/2026-12-25T20:00Z',
    ]);
  });

  it('make their whole date active and take nothing away', () => {
    const exceptions = [{ date: '2026-12-24', active: true }];
    expect(within({ ...office, exceptions }, '2026-12-23T20:00Z', '2026-12-25T12:00Z')).toEqual([
      '2026-12-23T20:00Z/2026-12-25T08:00Z',
    ]);
  });
});

describe('the next transition', () => {
  it('is found years ahead', () => {
    const far = schedule({ rules: [], exceptions: [{ date: '9998-05-05', active: true }] });
    expect(shown(nextTransition(far, at('2026-01-01T00:00Z'), 'UTC'))).toBe('9998-05-04T22:00Z');
    expect(nextTransition(far, at('9998-06-01T00:00Z'), 'UTC')).toBeNull();
  });

  it('does not exist for what is always or never in force', () => {
    const always = schedule({ rules: [{ days: WEEKDAYS, from: '12:00', to: '12:00' }] });
    expect(nextTransition(always, at('2026-03-01T00:00Z'), 'UTC')).toBeNull();
    expect(nextTransition(schedule({ rules: [] }), at('2026-03-01T00:00Z'), 'UTC')).toBeNull();
    const redundant = { ...always, exceptions: [{ date: '2027-05-05', active: true }] };
    expect(nextTransition(redundant, at('2026-03-01T00:00Z'), 'UTC')).toBeNull();
  });

  it('is later than the instant that was asked for, even at a transition', () => {
    const start = at('2026-11-20T17:30Z');
    expect(shown(nextTransition(schedule(), start, 'UTC'))).toBe('2026-11-21T07:00Z');
  });
});
