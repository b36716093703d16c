import { afterEach, describe, expect, it } from 'vitest';
import type { Status } from '../../../src/domain/presence/status.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/time.ts';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { teamsAdapter } from '../../../src/platforms/teams/adapter.ts';
import { throwawayMemory } from '../../../src/services/accounts/account-memory.ts';
import { AccountSession } from '../../../src/services/accounts/account-session.ts';
import { pastedTokens } from '../../../src/services/accounts/pasted-tokens.ts';
import { ATTENDED_PACE } from '../../../src/services/polling/poll-planner.ts';
import { mostCallsWithin } from '../../../src/simulator/teams/call-log.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { ADA, TeamsBench } from './bench.ts';

let bench: TeamsBench;
let session: AccountSession;
let inFlight = 0;
afterEach(async () => {
  await session.stop();
  await bench.close();
});

/** The core's own supervision of the account, with everybody of the roster wished for; some are on screen. */
function supervised(people: Map<string, Status>, onScreen = 0): AccountSession {
  const { clock } = bench.seat;
  const real = httpClient(clock);
  const secrets = { get: async (key: string) => bench.secrets[key] ?? null };
  return new AccountSession({
    record: {
      id: 'a_1',
      platform: 'teams',
      label: 'Work',
      settings: {},
      enabled: true,
      createdAt: clock.now(),
      self: null,
    },
    adapter: teamsAdapter,
    settings: bench.settings,
    secrets,
    tokens: pastedTokens(secrets),
    memory: throwawayMemory(),
    webhookUrl: null,
    http: {
      fetch: async (input, init) => {
        inFlight += 1;
        return real.fetch(input, init).finally(() => {
          inFlight -= 1;
        });
      },
    },
    clock,
    random: { next: () => 0.5, id: (prefix) => `${prefix}1` },
    logger: quietLogger(),
    isOptedOut: () => false,
    listener: {
      health: () => {},
      connected: () => {},
      lost: () => {},
      identities: (_id, identities) => {
        for (const { userId } of identities) if (!people.has(userId)) people.set(userId, 'unknown');
      },
      removed: () => {},
      rosterComplete: () => {},
      observations: (_id, observations) => {
        for (const { userId, status } of observations) people.set(userId, status);
      },
      ownChanged: () => {},
      channel: () => {},
    },
    subjects: {
      *people() {
        let index = 0;
        for (const [userId, status] of people) {
          yield { userId, status, priority: index < onScreen ? ('on-screen' as const) : ('rest' as const) };
          index += 1;
        }
      },
      pace: () => ATTENDED_PACE,
    },
  });
}

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    while (inFlight > 0) await new Promise((resolve) => setImmediate(resolve));
    await bench.seat.clock.advance(500);
  }
  while (inFlight > 0) await new Promise((resolve) => setImmediate(resolve));
}

const POLL = ['getPresencesByUserId'];

describe('Teams under the core', () => {
  it('shows 1,500 people truly within two minutes, and asks about each about once a minute', {
    timeout: 60_000,
  }, async () => {
    bench = await TeamsBench.start({
      more: (organisation) => {
        for (let index = 0; index < 1_500; index += 1) {
          const { id } = organisation.add({ displayName: `Person ${index}` });
          organisation.client(id, ['Available', 'Busy', 'Away'][index % 3] ?? 'Available');
        }
      },
    });
    const people = new Map<string, Status>();
    session = supervised(people, 30);
    session.start();
    await pass(2 * MINUTE_MS);
    expect(session.health.state).toBe('connected');
    expect(people.size).toBe(1_501);
    expect([...people.values()].filter((status) => status === 'unknown')).toEqual([]);
    await pass(28 * MINUTE_MS);
    const polls = bench.simulator.calls.filter(({ name }) => POLL.includes(name));
    // Three batches: thirty minutes of about one look a minute each, and a bounded burst at the start for who is on screen.
    expect(polls.length).toBeGreaterThan(60);
    expect(polls.length).toBeLessThan(170);
    expect(mostCallsWithin(bench.simulator.calls, [...POLL, 'me/presence'], 30)).toBeLessThan(30);
    expect(bench.simulator.calls.filter(({ status }) => status >= 400)).toEqual([]);
    bench.simulator.organisation.client(ADA, 'DoNotDisturb');
    await pass(3 * MINUTE_MS);
    expect(people.get(bench.ada)).toBe('busy');
  });

  it('keeps still for as long as Graph asks, and then goes on', { timeout: 30_000 }, async () => {
    bench = await TeamsBench.start();
    const people = new Map<string, Status>();
    session = supervised(people, 1);
    session.start();
    await pass(10 * SECOND_MS);
    bench.simulator.faults.add(
      { kind: 'rate-limited', retryAfterSeconds: 200 },
      { method: 'getPresencesByUserId', times: 1 },
    );
    await pass(6 * MINUTE_MS);
    const polls = bench.simulator.calls.filter(({ name }) => POLL.includes(name));
    const refused = polls.findIndex(({ status }) => status === 429);
    expect(refused).toBeGreaterThan(0);
    const [no, next] = polls.slice(refused);
    expect((next?.at ?? 0) - (no?.at ?? 0)).toBeGreaterThanOrEqual(200 * SECOND_MS);
  });
});
