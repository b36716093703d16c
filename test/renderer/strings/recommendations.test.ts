import { describe, expect, it } from 'vitest';
import { recommendationInGerman } from '../../../renderer/strings/de/recommendations.ts';
import { type HealthFacts, recommendationsFor } from '../../../src/services/health/recommendations.ts';

const now = Date.parse('2026-03-02T08:00:00Z');
const minute = 60_000;
const day = 24 * 60 * minute;
const ago = (ms: number) => new Date(now - ms).toISOString();
const ended = (ms: number) => ({ accessExpiresAt: null, endsAt: ago(-ms), granted: [], missing: [] });
const calls = { count: 200, failed: 0, successRate: 1, latencyMs: { p50: 90, p90: 200, p99: 900 } };

const well: HealthFacts = {
  now,
  platform: 'Quill 365',
  state: 'connected',
  reason: null,
  nextRetryAt: null,
  calls,
  lastSuccessAt: ago(1_000),
  budgets: [],
  dataAgeSeconds: null,
  push: { state: 'none', lastEventAt: null },
  signIn: null,
  plannedIntervalMs: minute,
  asked: true,
  pushPossible: false,
};

/** One case for each sentence that the core can say. */
const cases: readonly Partial<HealthFacts>[] = [
  { state: 'needs-sign-in' },
  { state: 'offline' },
  { state: 'offline', nextRetryAt: ago(-20_000) },
  { state: 'offline', nextRetryAt: ago(-20_000), lastSuccessAt: null },
  { state: 'offline', nextRetryAt: ago(-20_000), lastSuccessAt: ago(50 * minute) },
  { state: 'degraded', lastSuccessAt: ago(3 * day) },
  { signIn: ended(-day) },
  { signIn: ended(3 * day) },
  { signIn: ended(minute) },
  {
    signIn: {
      ...ended(30 * day),
      missing: [{ scope: 'users:read', required: true, purpose: 'to list your colleagues and to see who is active' }],
    },
  },
  { push: { state: 'silent', lastEventAt: null } },
  { push: { state: 'down', lastEventAt: null } },
  { asked: false, push: { state: 'down', lastEventAt: null } },
  { plannedIntervalMs: 40 * minute },
  { plannedIntervalMs: 3 * 60 * minute, pushPossible: true },
  { budgets: [{ name: 'me/presence', windows: [{ calls: 100, seconds: 86_400, used: 99 }] }] },
  { calls: { ...calls, successRate: 0.5 } },
  { calls: { ...calls, latencyMs: { p50: 90, p90: 7_000, p99: 9_000 } } },
];

describe('what the core recommends, in German', () => {
  it.each(cases.map((one) => [JSON.stringify(one), one] as const))('%s', (_words, facts) => {
    const said = recommendationsFor({ ...well, ...facts });
    expect(said).not.toEqual([]);
    for (const sentence of said) {
      const german = recommendationInGerman(sentence);
      expect(german, sentence).not.toBeNull();
      expect(german).not.toMatch(/undefined|\b(the|and|is|days?|hours?|minutes?)\b/);
    }
  });

  it('keeps names and numbers, and says how long in its own words', () => {
    const [said] = recommendationsFor({ ...well, signIn: ended(3 * day) });
    expect(recommendationInGerman(said ?? '')).toContain('Quill 365 endet in 3 Tagen.');
    expect(recommendationInGerman('Something new.')).toBeNull();
  });
});
