import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Status } from '../../../src/domain/presence/status.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/time.ts';
import { discordAdapter } from '../../../src/platforms/discord/adapter.ts';
import { AccountSession } from '../../../src/services/accounts/account-session.ts';
import { ATTENDED_PACE } from '../../../src/services/polling/poll-planner.ts';
import { ADA, BEN, DiscordBench, ME } from './bench.ts';

let bench: DiscordBench;
let session: AccountSession;
let people: Map<string, Status>;
beforeEach(async () => {
  bench = new DiscordBench();
  await bench.start();
  people = new Map();
  session = supervised();
  session.start();
  await bench.until('the people', () => people.size === 2 && session.health.state === 'connected', 100);
});
afterEach(async () => {
  await session.stop();
  await bench.close();
});

/** The core's own supervision of one account. */
function supervised(): AccountSession {
  const { http, clock, random, logger, secrets, settings, tokens, memory, webhookUrl } = bench.context({ userId: ME });
  return new AccountSession({
    record: {
      id: 'a_1',
      platform: 'discord',
      label: 'Ours',
      settings: {},
      enabled: true,
      createdAt: clock.now(),
      self: null,
    },
    adapter: discordAdapter,
    ...{ settings, secrets, tokens, memory, webhookUrl, http, clock, random, logger },
    isOptedOut: () => false,
    listener: {
      health: () => {},
      connected: () => {},
      lost: (_id) => void bench.log.push('lost'),
      identities: (_id, identities) => {
        for (const { userId } of identities) if (!people.has(userId)) people.set(userId, 'unknown');
      },
      removed: (_id, userIds) => userIds.forEach((userId) => void people.delete(userId)),
      rosterComplete: () => {},
      observations: (_id, observations) => {
        for (const { userId, status } of observations) people.set(userId, status);
      },
      ownChanged: () => {},
      channel: () => {},
    },
    subjects: {
      *people() {
        for (const [userId, status] of people) yield { userId, status, priority: 'rest' as const };
      },
      pace: () => ATTENDED_PACE,
    },
  });
}

const isUp = (): boolean => session.health.state === 'connected';

it('comes back by itself within 30 s of an outage of ten minutes, with what happened meanwhile', {
  timeout: 60_000,
}, async () => {
  const thaw = bench.simulator.gateway.freeze();
  const answer = bench.simulator.faults.add({ kind: 'http-status', status: 503 });
  const until = bench.clock.now() + 10 * MINUTE_MS;
  await bench.until('ten minutes', () => bench.clock.now() >= until, 5 * SECOND_MS);
  expect(isUp()).toBe(false);
  bench.world.setStatus(ADA, 'dnd');
  thaw();
  answer();
  const before = bench.clock.now();
  await bench.until('the recovery', () => isUp() && people.get(ADA) === 'busy', 250);
  expect(bench.clock.now() - before).toBeLessThanOrEqual(30 * SECOND_MS);
  expect(people.get(BEN)).toBe('offline');
  expect(bench.simulator.sessions.identifies.length).toBeLessThanOrEqual(3);
});

it('signs in on the gateway once for a hundred routine reconnects', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 100; round += 1) {
    bench.simulator.gateway.askToReconnect();
    await bench.until('the loss', () => !isUp());
    await bench.until('the recovery', isUp, 100);
  }
  expect(bench.simulator.sessions.identifies).toHaveLength(1);
  bench.world.setStatus(ADA, 'idle');
  await bench.until('the push', () => people.get(ADA) === 'idle');
});

/** What Cloudflare answers to an address that it holds off: a web page, and none of Discord's headers. */
const held = () =>
  new Response(
    '<!doctype html><title>Access denied | discord.com used Cloudflare to restrict access</title>error code: 1015',
    {
      status: 429,
      headers: { 'content-type': 'text/html', 'retry-after': '3600' },
    },
  );

for (const [what, limit] of [
  ['one route', { status: 429, scope: 'user', global: false }],
  ['all of them', { status: 429, scope: 'global', global: true }],
  ['Cloudflare', held],
] as const) {
  it(`asks nothing for the hour that ${what} asked for, and is back within 30 s of its end`, {
    timeout: 60_000,
  }, async () => {
    const hour = 60 * MINUTE_MS;
    const started = bench.clock.now();
    bench.rest = () => {
      if (bench.clock.now() >= started + hour) return null;
      if (typeof limit === 'function') return limit();
      const headers = new Headers({
        'retry-after': '3600',
        'x-ratelimit-scope': limit.scope,
        'x-ratelimit-reset-after': '3600',
      });
      if (limit.global) headers.set('x-ratelimit-global', 'true');
      else headers.set('x-ratelimit-remaining', '0');
      return Response.json({ retry_after: 3600, ...limit }, { status: 429, headers });
    };
    bench.simulator.sessions.endAll();
    bench.simulator.gateway.close(4009);
    await bench.until('the refusal', () => bench.refused > 0, 250);
    while (bench.clock.now() < started + hour) await bench.clock.advance(30 * SECOND_MS);
    expect(bench.refused).toBe(1);
    bench.world.setStatus(ADA, 'dnd');
    await bench.until('the recovery', () => isUp() && people.get(ADA) === 'busy', 250);
    expect(bench.clock.now() - started - hour).toBeLessThanOrEqual(30 * SECOND_MS);
  });
}

it('asks for a person once the token is reset, and tries no more', async () => {
  bench.world.resetToken();
  await bench.until('the end', () => session.health.state === 'needs-sign-in', 100);
  const calls = bench.simulator.calls.length;
  await bench.clock.advance(60 * MINUTE_MS);
  await bench.arrived();
  expect(bench.simulator.calls).toHaveLength(calls);
  expect(people.size).toBe(2);
});
