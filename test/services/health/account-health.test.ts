import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../../src/api/create-api.ts';
import { accountHealthSchema, statisticsSchema } from '../../../src/contract/index.ts';
import { MusterError } from '../../../src/domain/errors.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { FakePlatform } from '../support/fake-platform.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const MINUTE = 60_000;

/** A polled account with ten people, and the API in front of it. */
async function polled() {
  const slack = new FakePlatform({ push: false });
  slack.people = Array.from({ length: 10 }, (_, index) => `p${index}`);
  const all = await signedIn({ slack });
  const app = createApi({ muster: all.muster, clock: all.clock, logger: quietLogger() });
  const health = async () =>
    accountHealthSchema.parse(await (await app.request(`/v1/accounts/${all.account.id}/health`)).json());
  const statistics = async () => statisticsSchema.parse(await (await app.request('/v1/statistics')).json());
  const metrics = async () => {
    const answer = await app.request('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    return await answer.text();
  };
  return { ...all, app, health, statistics, metrics };
}

describe('an account’s health', () => {
  it('is measured: calls, budgets, age of what is known', async () => {
    const { health, clock, muster } = await polled();
    muster.attention.noteReader();
    await clock.advance(5 * MINUTE);
    const well = await health();
    expect(well).toMatchObject({
      state: 'connected',
      reason: null,
      nextRetryAt: null,
      calls: { failed: 0, successRate: 1 },
      lastFailure: null,
      push: { state: 'none' },
      recommendations: [],
    });
    expect(well.calls?.count).toBeGreaterThan(40);
    expect(well.budgets).toEqual([{ name: 'look', windows: [{ calls: 50, seconds: 60, used: expect.any(Number) }] }]);
    expect(well.dataAgeSeconds?.max).toBeLessThanOrEqual(75);
    expect(Date.parse(well.lastSuccessAt ?? '')).toBeGreaterThan(clock.now() - MINUTE);
  });

  it('says what failed last, when the next try is and what to do; doctor and health say the same', async () => {
    const { health, clock, platform, muster, account, app } = await polled();
    muster.attention.noteReader();
    await clock.advance(MINUTE);
    platform.failures.poll.push(...Array.from({ length: 100 }, () => new MusterError('timeout', 'No answer in time.')));
    await clock.advance(MINUTE);
    const ill = await health();
    expect(ill).toMatchObject({ state: 'degraded', reason: 'No answer in time. Muster tries again by itself.' });
    expect(ill.lastFailure).toMatchObject({ code: 'timeout', message: 'No answer in time.' });
    expect(ill.calls?.failed).toBeGreaterThan(3);
    expect(Date.parse(ill.nextRetryAt ?? '')).toBeGreaterThan(clock.now());
    const { findings } = await muster.doctor();
    const finding = findings.find(({ id }) => id === `account-${account.id}`);
    expect(finding?.detail).toContain('No answer in time.');
    expect(finding?.action).toBe(ill.recommendations.join(' '));
    const overall = await (await app.request('/v1/health')).json();
    expect(overall).toMatchObject({ status: 'degraded', accounts: [{ state: 'degraded', lastError: ill.reason }] });
  });

  it('tells whether a push channel is up, and counts what is pushed as new while it is', async () => {
    const { muster, clock, platform, account } = await signedIn();
    platform.push('ann', 'online');
    await clock.advance(60 * MINUTE);
    expect(muster.healths.of(account.id)).toMatchObject({
      push: { state: 'up', lastEventAt: expect.any(String) },
      dataAgeSeconds: { p50: 0, max: 0 },
    });
    platform.failures.connect.push(...Array.from({ length: 9 }, () => new MusterError('timeout', 'Late.')));
    platform.live().report.lost(new MusterError('timeout', 'Late.'));
    await clock.advance(MINUTE);
    const { push, dataAgeSeconds } = muster.healths.of(account.id);
    expect(push.state).toBe('down');
    expect(dataAgeSeconds?.max).toBeGreaterThan(3_600);
  });

  it('is there for an account that is switched off, and nowhere for one that is gone', async () => {
    const { muster, clock, account, app } = await polled();
    await muster.accounts.patch(account.id, { enabled: false });
    expect(muster.healths.of(account.id)).toMatchObject({ state: 'disabled', recommendations: [] });
    const deleting = muster.accounts.delete(account.id);
    await clock.advance(10_000);
    await deleting;
    expect((await app.request(`/v1/accounts/${account.id}/health`)).status).toBe(404);
    expect((await app.request('/v1/accounts/none/health')).status).toBe(404);
  });
});

describe('statistics and metrics', () => {
  it('count people by status and platform, looks, and answers from what is fresh', async () => {
    const { statistics, clock, app, muster, platform } = await polled();
    muster.attention.noteReader();
    platform.statuses.set('p1', 'online');
    expect(await (await app.request('/v1/contacts')).json()).toMatchObject({ total: 10 });
    await clock.advance(MINUTE);
    await app.request('/v1/contacts');
    const counted = await statistics();
    expect(counted).toMatchObject({
      people: { total: 10, byStatus: { online: 1, away: 9, unknown: 0 } },
      platforms: [{ platform: 'slack', accounts: 1, identities: 10, byStatus: { online: 1, away: 9 } }],
      pushes: 0,
      stalenessSeconds: { p50: expect.any(Number) },
    });
    expect(counted.cache.hits).toBeGreaterThanOrEqual(10);
    expect(counted.cache.hits + counted.cache.misses).toBe(20);
    expect(counted.polls.people).toBe(counted.polls.calls);
    expect(counted.calls.total).toBeGreaterThanOrEqual(counted.polls.calls);
  });

  it('say the same to Prometheus, and name nobody', async () => {
    const { statistics, metrics, clock, muster, platform, account } = await polled();
    muster.attention.noteReader();
    await clock.advance(MINUTE);
    platform.failures.poll.push(new MusterError('timeout', 'No answer in time.'));
    await clock.advance(MINUTE);
    const text = await metrics();
    const counted = await statistics();
    const of = `account="${account.id}",platform="slack"`;
    expect(text).toContain(`muster_polls_total{${of}} ${counted.polls.calls}\n`);
    expect(text).toContain(`muster_calls_total{${of}} ${counted.calls.total}\n`);
    expect(text).toContain(`muster_call_failures_total{${of},code="timeout"} 1\n`);
    expect(text).toContain(`muster_account_state{${of},state="connected"} 1\n`);
    expect(text).toContain(`muster_account_state{${of},state="offline"} 0\n`);
    expect(text).toContain('muster_people{status="away"} 10\n');
    expect(text).toContain(`muster_call_duration_seconds_count{${of}} ${counted.calls.total}\n`);
    expect(text).toMatch(/muster_account_budget_used_ratio\{[^}]*budget="look",seconds="60"\} 0\.\d+\n/);
    expect(text).not.toMatch(/process_|nodejs_|"p\d"|canary|Fake/);
    expect(await metrics()).toContain(`muster_polls_total{${of}} ${counted.polls.calls}\n`);
  });

  it('forget an account that is gone', async () => {
    const { metrics, clock, muster, account } = await polled();
    await clock.advance(MINUTE);
    const deleting = muster.accounts.delete(account.id);
    await clock.advance(10_000);
    await deleting;
    expect(await metrics()).not.toContain(account.id);
  });
});
