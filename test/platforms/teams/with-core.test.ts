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
function supervised(
  people: Map<string, Status>,
  onScreen = 0,
  favourites: ReadonlySet<string> = new Set(),
): AccountSession {
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
    webhookUrl: bench.seat.webhookUrl,
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
          const other = favourites.has(userId) ? 'favourite' : 'rest';
          yield { userId, status, priority: index < onScreen ? ('on-screen' as const) : other };
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

  it('is told about favourites at once, wherever the directory has them, and takes up new ones without haste', {
    timeout: 60_000,
  }, async () => {
    const ids: string[] = [];
    bench = await TeamsBench.start({
      webhook: true,
      more: (organisation) => {
        for (let index = 0; index < 1_200; index += 1)
          ids.push(organisation.add({ displayName: `Person ${index}` }).id);
      },
    });
    const favourites = new Set(ids.slice(-5));
    const made = () => bench.simulator.calls.filter(({ name }) => name === 'subscriptions');
    const followed = () => ids.filter((id) => made().at(-1)?.body.includes(id));
    session = supervised(new Map(), 0, favourites);
    session.start();
    await pass(2 * MINUTE_MS);
    // A key pair is made for it, in real time.
    await bench.seat.until('the subscription', () => made().length === 1);
    expect(followed().length).toBeGreaterThan(640);
    expect(followed()).toEqual(expect.arrayContaining([...favourites]));
    const [late = ''] = ids.filter((id) => !followed().includes(id));
    favourites.add(late);
    session.replan();
    await pass(7 * MINUTE_MS);
    expect(made()).toHaveLength(1);
    await pass(4 * MINUTE_MS);
    await bench.seat.until('the next one', () => made().length === 2);
    expect(followed()).toContain(late);
    for (let minute = 0; minute < 30; minute += 1) {
      favourites.add(ids.at(minute * 20) ?? '');
      session.replan();
      await pass(MINUTE_MS);
    }
    await bench.seat.until('the last one', () => bench.simulator.subscriptions.active().length === 1);
    expect(made().length).toBeGreaterThan(3);
    expect(made().length).toBeLessThanOrEqual(6);
    expect(followed()).toEqual(expect.arrayContaining([...favourites].slice(0, 20)));
    expect(bench.simulator.subscriptions.active()).toHaveLength(1);
    expect(bench.simulator.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });
});
