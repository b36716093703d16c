import { expect, it } from 'vitest';
import { exitCodeOf } from '../../src/cli/commands/set.ts';
import { parseDuration, parseUntil } from '../../src/cli/until.ts';
import { epochMs } from '../../src/domain/time.ts';

const at = (text: string) => epochMs(Date.parse(text));

it('reads durations as people write them', () => {
  expect(['30s', '45m', '2h', '1h30m', '1d', ' 1H '].map(parseDuration)).toEqual([
    30, 2_700, 7_200, 5_400, 86_400, 3_600,
  ]);
  for (const wrong of ['', '0m', '45', 'm', '1.5h', '-1h', '30m1h'])
    expect(() => parseDuration(wrong), wrong).toThrow(/duration/);
});

it('reads a time of day as today, or tomorrow when it has passed', () => {
  const noon = at('2026-11-21T11:00:00Z');
  expect(parseUntil('17:30', noon, 'Europe/Berlin')).toBe(at('2026-11-21T16:30:00Z'));
  expect(parseUntil('9:00', noon, 'Europe/Berlin')).toBe(at('2026-11-22T08:00:00Z'));
  expect(parseUntil('12:00', noon, 'Europe/Berlin')).toBe(at('2026-11-22T11:00:00Z'));
});

it('reads a time of day that the clock skips as the same distance later', () => {
  expect(parseUntil('02:30', at('2026-03-28T22:00:00Z'), 'Europe/Berlin')).toBe(at('2026-03-29T01:30:00Z'));
});

it('reads instants, and refuses those that have passed', () => {
  const now = at('2026-11-21T11:00:00Z');
  expect(parseUntil('2026-11-21T17:30:00+01:00', now, 'UTC')).toBe(at('2026-11-21T16:30:00Z'));
  expect(() => parseUntil('2026-11-21T10:00:00Z', now, 'UTC')).toThrow(/passed/);
  expect(() => parseUntil('soon', now, 'UTC')).toThrow(/no time/);
});

it('tells some failed accounts from all, and both from none', () => {
  const codes = (...outcomes: ('applied' | 'failed' | 'partial' | 'pending')[]) =>
    exitCodeOf(outcomes.map((outcome) => ({ outcome })));
  expect([
    codes(),
    codes('applied', 'partial', 'pending'),
    codes('failed', 'failed'),
    codes('applied', 'failed'),
  ]).toEqual([0, 0, 1, 4]);
});
