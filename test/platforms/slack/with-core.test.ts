import { afterEach, describe, expect, it } from 'vitest';
import type { Status } from '../../../src/domain/presence/status.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/time.ts';
import { slackAdapter } from '../../../src/platforms/slack/adapter.ts';
import { AccountSession } from '../../../src/services/accounts/account-session.ts';
import { ATTENDED_PACE } from '../../../src/services/polling/poll-planner.ts';
import { populateBelievably } from '../../../src/simulator/slack/believable-workspace.ts';
import { mostCallsInAnyMinute, type RecordedCall } from '../../../src/simulator/slack/call-log.ts';
import type { SlackWorkspaceState } from '../../../src/simulator/slack/workspace/workspace-state.ts';
import { type SlackBench, startSlackBench } from './bench.ts';

const LIMITS = { 'users.getPresence': 50, 'dnd.teamInfo': 20, 'users.list': 20, 'auth.test': 300 } as const;

let bench: SlackBench;
let session: AccountSession;
afterEach(async () => {
  await session.stop();
  await bench.simulator.close();
});

/** The core's own supervision of one account, with everybody of the roster wished for. */
function supervised(people: Map<string, Status>): AccountSession {
  const { http, clock, random, logger, secrets, settings, tokens, memory, webhookUrl } = bench.context();
  return new AccountSession({
    record: {
      id: 'a_1',
      platform: 'slack',
      label: 'Work',
      settings: {},
      enabled: true,
      createdAt: clock.now(),
      self: null,
    },
    adapter: slackAdapter,
    settings,
    secrets,
    tokens,
    memory,
    webhookUrl,
    http,
    clock,
    random,
    logger,
    isOptedOut: (userId) => bench.optedOut.has(userId),
    listener: {
      health: () => {},
      connected: () => {},
      lost: () => {},
      identities: (_id, identities) => {
        for (const { userId } of identities) if (!people.has(userId)) people.set(userId, 'unknown');
      },
      removed: (_id, userIds) => userIds.forEach((userId) => void people.delete(userId)),
      rosterComplete: () => {},
      observations: (_id, observations) => {
        bench.observations.push(...observations);
        for (const { userId, status } of observations) people.set(userId, status);
      },
      ownChanged: () => {},

      channel: () => {},
    },
    subjects: {
      *people() {
        for (const [userId, status] of people) {
          if (!bench.optedOut.has(userId)) yield { userId, status, priority: 'rest' as const };
        }
      },
      pace: () => ATTENDED_PACE,
    },
  });
}

/** Lets time pass, waiting for the network whenever it is at work. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 250) {
    while (bench.inFlight > 0) await new Promise((resolve) => setImmediate(resolve));
    await bench.clock.advance(250);
  }
  while (bench.inFlight > 0) await new Promise((resolve) => setImmediate(resolve));
}

/** What the reference table makes of the workspace's own truth. */
function truth(workspace: SlackWorkspaceState, userId: string, now: number): Status {
  const user = workspace.user(userId);
  if (workspace.presenceOf(userId).presence !== 'active') return 'away';
  const day = 24 * 60 * MINUTE_MS;
  const phase = user.dnd === null ? -1 : (((now - user.dnd.start) % day) + day) % day;
  const inDnd = user.dnd !== null && phase < user.dnd.end - user.dnd.start;
  return inDnd || user.huddleUntil !== null ? 'busy' : 'online';
}

describe('Slack under the core', () => {
  it('shows 300 people truly within eight minutes, never above a limit', { timeout: 90_000 }, async () => {
    let everybody: readonly string[] = [];
    bench = await startSlackBench({
      populate: (workspace) => {
        everybody = populateBelievably(workspace, { people: 300 }).people;
      },
    });
    const [quiet = ''] = everybody;
    bench.optedOut.add(quiet);
    const people = new Map<string, Status>();
    session = supervised(people);
    session.start();
    await pass(8 * MINUTE_MS);
    const { workspace } = bench.simulator;
    expect(session.health.state).toBe('connected');
    expect(people.size).toBe(301);
    const now = bench.clock.now();
    const wrong = [...people].filter(
      ([userId, status]) => userId !== quiet && status !== truth(workspace, userId, now),
    );
    // Somebody may have gone idle since the look at them; nearly everybody is as they are.
    expect(wrong.length).toBeLessThanOrEqual(6);
    expect(new Set([...people.values()])).toEqual(new Set(['online', 'busy', 'away', 'unknown']));
    expect(people.get(quiet)).toBe('unknown');
    await pass(3 * MINUTE_MS);
    const { calls } = bench.simulator;
    for (const [method, limit] of Object.entries(LIMITS)) {
      expect(mostCallsInAnyMinute(calls, method), method).toBeLessThanOrEqual(limit);
    }
    expect(calls.filter(({ status }) => status !== 200)).toEqual([]);
    expect(calls.some(({ params }) => Object.values(params).some((value) => value.split(',').includes(quiet)))).toBe(
      false,
    );
  });

  it('keeps still for as long as Slack asks, and then goes on', { timeout: 30_000 }, async () => {
    bench = await startSlackBench({ populate: (workspace) => void populateBelievably(workspace, { people: 100 }) });
    session = supervised(new Map());
    session.start();
    await pass(10 * SECOND_MS);
    bench.simulator.faults.add(
      { kind: 'rate-limited', retryAfterSeconds: 40 },
      { method: 'users.getPresence', times: 1 },
    );
    await pass(90 * SECOND_MS);
    const polls = bench.simulator.calls.filter(({ method }) => /getPresence|teamInfo/.test(method));
    const refused = polls.findIndex(({ status }) => status === 429);
    expect(refused).toBeGreaterThan(0);
    const waited = (call: RecordedCall | undefined): number => (call?.at ?? 0) - (polls[refused]?.at ?? 0);
    // What was under way already may still have arrived.
    const next = polls.slice(refused + 1).find((call) => waited(call) > SECOND_MS);
    expect(waited(next)).toBeGreaterThanOrEqual(40 * SECOND_MS);
    expect(waited(next)).toBeLessThan(80 * SECOND_MS);
  });
});
