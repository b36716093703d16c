import { describe, expect, it } from 'vitest';
import { type HealthFacts, recommendationsFor } from '../../../src/services/health/recommendations.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ago = (ms: number) => new Date(NOW - ms).toISOString();

const WELL: HealthFacts = {
  now: NOW,
  platform: 'Quill',
  state: 'connected',
  reason: null,
  nextRetryAt: null,
  calls: { count: 200, failed: 0, successRate: 1, latencyMs: { p50: 90, p90: 200, p99: 900 } },
  lastSuccessAt: ago(1_000),
  budgets: [{ name: 'look', windows: [{ calls: 50, seconds: 60, used: 50 }] }],
  dataAgeSeconds: { p50: 20, p90: 60, max: 90 },
  push: { state: 'none', lastEventAt: null },
  signIn: null,
  plannedIntervalMs: MINUTE,
  asked: true,
  pushPossible: false,
};
const about = (facts: Partial<HealthFacts>) => recommendationsFor({ ...WELL, ...facts });

describe('what is recommended', () => {
  it('is nothing when all is well, also with a minute’s budget in full use', () => {
    expect(about({})).toEqual([]);
    expect(about({ state: 'connecting' })).toEqual([]);
    expect(about({ state: 'disabled' })).toEqual([]);
  });

  it('is signing in again, before everything else', () => {
    const [first] = about({ state: 'needs-sign-in', push: { state: 'silent', lastEventAt: null } });
    expect(first).toMatch(/^Sign in to Quill again\./);
  });

  it('is the settings where trying again is of no use', () => {
    expect(about({ state: 'offline', nextRetryAt: null })).toEqual([
      expect.stringMatching(/does not try again.*Reconnect/),
    ]);
  });

  it('is patience in a short outage, and where to look in a long one', () => {
    const nextRetryAt = ago(-20_000);
    expect(about({ state: 'offline', nextRetryAt })).toEqual([expect.stringMatching(/^There is nothing to do/)]);
    expect(about({ state: 'offline', nextRetryAt, lastSuccessAt: ago(50 * MINUTE) })).toEqual([
      expect.stringMatching(/^Quill has not answered for 50 minutes\..*network/),
    ]);
    const trying = { state: 'connecting', reason: 'The server cannot be reached.' } as const;
    expect(about(trying)).toEqual([expect.stringMatching(/^There is nothing to do/)]);
    expect(about({ state: 'offline', nextRetryAt, lastSuccessAt: null })).toEqual([
      expect.stringMatching(/^Quill has not answered yet/),
    ]);
  });

  it('is signing in before the sign-in ends, a week ahead', () => {
    const signIn = (endsAt: string | null) => ({ accessExpiresAt: null, endsAt, granted: [], missing: [] });
    expect(about({ signIn: signIn(null) })).toEqual([]);
    expect(about({ signIn: signIn(ago(-8 * DAY)) })).toEqual([]);
    expect(about({ signIn: signIn(ago(-3 * DAY)) })).toEqual([
      expect.stringMatching(/^The sign-in to Quill ends in 3 days\./),
    ]);
    expect(about({ signIn: signIn(ago(1)) })).toEqual([expect.stringMatching(/has run out/)]);
  });

  it('names every permission that is missing and what it is for, needed ones first', () => {
    const missing = [
      { scope: 'emoji:read', required: false, purpose: 'to show emoji.' },
      { scope: 'users:read', required: true, purpose: 'to see people.' },
    ];
    expect(about({ signIn: { accessExpiresAt: null, endsAt: null, granted: [], missing } })).toEqual([
      'The permission users:read is missing (to see people). Add it to your app and sign in again.',
      'The permission emoji:read is missing (to show emoji). Add it to your app and sign in again.',
    ]);
  });

  it('says that a channel is silent or down, and that Muster looks for itself', () => {
    expect(about({ push: { state: 'silent', lastEventAt: null } })).toEqual([expect.stringMatching(/stopped telling/)]);
    expect(about({ push: { state: 'down', lastEventAt: null } })).toEqual([expect.stringMatching(/looks for itself/)]);
  });

  it('promises no looks at a platform that cannot be asked, and no favourites to look at first', () => {
    const down = about({ asked: false, push: { state: 'down', lastEventAt: null } });
    expect(down).toEqual([expect.stringMatching(/cannot be asked\. What was last told stays/)]);
    expect(about({ asked: false, plannedIntervalMs: 60 * MINUTE })).toEqual([]);
  });

  it('is favourites, and events where they are to be had, when looks come seldom', () => {
    const plannedIntervalMs = 5 * 60 * MINUTE;
    expect(about({ plannedIntervalMs })).toEqual([expect.stringMatching(/once in 5 hours only.*favourites.*first\.$/)]);
    expect(about({ plannedIntervalMs, pushPossible: true })).toEqual([expect.stringMatching(/Events sent by/)]);
    expect(about({ plannedIntervalMs, push: { state: 'up', lastEventAt: null } })).toEqual([]);
  });

  it('is an app of one’s own when a day’s quota is gone', () => {
    const budgets = [{ name: 'medium', windows: [{ calls: 2_000, seconds: 86_400, used: 1_950 }] }];
    expect(about({ budgets })).toEqual([expect.stringMatching(/quota for “medium” is nearly used up/)]);
  });

  it('tells of calls that fail or are slow, from enough calls on', () => {
    const calls = { count: 100, failed: 30, successRate: 0.7, latencyMs: { p50: 900, p90: 8_000, p99: 9_000 } };
    expect(about({ calls })).toEqual([
      expect.stringMatching(/^30 % of the calls/),
      expect.stringMatching(/slowly.*8 s/),
    ]);
    expect(about({ calls: { ...calls, count: 5 } })).toEqual([]);
  });
});
