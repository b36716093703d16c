import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../src/domain/time.ts';
import { parseHttpDate, retryAfterMs } from '../../../src/platforms/http-date.ts';
import { ServerTime } from '../../../src/platforms/slack/server-time.ts';

const NOW = epochMs(Date.parse('2026-11-21T09:42:00Z'));
const header = (ms: number): string => new Date(ms).toUTCString();

describe('Slack’s clock', () => {
  it('counts as ours while the difference is a matter of seconds', () => {
    const time = new ServerTime();
    for (const off of [0, 900, -4_000, 9_000]) time.learn(header(NOW + off), NOW);
    expect(time.skewMs).toBe(0);
  });

  it('is believed when two answers agree, and no single one', () => {
    const time = new ServerTime();
    time.learn(header(NOW + 3_600_000), NOW);
    expect(time.skewMs).toBe(0);
    time.learn(header(NOW), NOW);
    time.learn(header(NOW + 3_600_000), NOW);
    expect(time.skewMs).toBe(0);
    time.learn(header(NOW + 3_601_000), NOW);
    expect(time.skewMs).toBe(3_601_000);
    expect(time.fromSlack(time.toSlack(NOW))).toBe(NOW);
    time.learn(header(NOW), NOW);
    time.learn(header(NOW), NOW);
    expect(time.skewMs).toBe(0);
  });

  it('learns nothing from a date that is none', () => {
    const time = new ServerTime();
    for (const text of [null, '', 'yesterday', 'Sat, 32 Nov 2026 09:42:00 GMT']) time.learn(text, NOW);
    expect(time.skewMs).toBe(0);
  });
});

describe('dates in HTTP headers', () => {
  it('reads the one current form', () => {
    expect(parseHttpDate('Sat, 21 Nov 2026 09:42:00 GMT')).toBe(NOW);
    expect(parseHttpDate('2026-11-21T09:42:00Z')).toBe(null);
  });

  it.each([
    ['30', 30_000],
    [' 0 ', 0],
    ['Sat, 21 Nov 2026 09:42:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 09:41:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    [null, null],
  ])('Retry-After %j waits %j ms', (text, wait) => {
    expect(retryAfterMs(text, NOW)).toBe(wait);
  });
});
