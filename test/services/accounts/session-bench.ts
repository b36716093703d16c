import { MusterError } from '../../../src/domain/errors.ts';
import type { PollMethod } from '../../../src/platforms/platform.ts';
import { throwawayMemory } from '../../../src/services/accounts/account-memory.ts';
import type { AccountHealth } from '../../../src/services/accounts/account-record.ts';
import { AccountSession } from '../../../src/services/accounts/account-session.ts';
import { pastedTokens } from '../../../src/services/accounts/pasted-tokens.ts';
import type { SessionListener } from '../../../src/services/accounts/session-options.ts';
import { ATTENDED_PACE } from '../../../src/services/polling/poll-planner.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { ScriptedAdapter } from './scripted-adapter.ts';

/** The server cannot be reached; `retryAfterMs` as it asked. */
export const down = (retryAfterMs: number | null = null) =>
  new MusterError('platform-unreachable', 'The server cannot be reached.', { retryAfterMs });

/** A session on a scripted adapter, and what it told whom. */
export function session(adapter = new ScriptedAdapter(), people: readonly string[] = ['ann']) {
  const clock = new FakeClock();
  const logger = quietLogger();
  const told: string[] = [];
  const healths: AccountHealth[] = [];
  const seen: { lostWhileConnected: boolean; observations: string[] } = { lostWhileConnected: false, observations: [] };
  const listener: SessionListener = {
    health: (_id, health) => healths.push(health),
    connected: (_id, _connection, how) => told.push(how),
    lost: () => {
      told.push('lost');
      seen.lostWhileConnected ||= made.connection !== null;
    },
    identities: (_id, identities) => told.push(`people:${identities.map((person) => person.userId).join()}`),
    removed: (_id, userIds) => told.push(`removed:${userIds.join()}`),
    rosterComplete: (_id, userIds) => told.push(`complete:${[...userIds].join()}`),
    observations: (_id, observations) => seen.observations.push(...observations.map((one) => one.userId)),
    ownChanged: () => told.push('own'),
    channel: (_id, state) => told.push(`channel:${state}`),
  };
  const made = new AccountSession({
    record: {
      id: 'a_1',
      platform: 'xmpp',
      label: 'Work',
      settings: {},
      enabled: true,
      createdAt: clock.now(),
      self: null,
    },
    adapter,
    settings: {},
    secrets: { get: async () => null },
    tokens: pastedTokens({ get: async () => null }),
    memory: throwawayMemory(),
    webhookUrl: null,
    http: { fetch: () => Promise.reject(new Error('no network here')) },
    clock,
    random: seededRandom(),
    logger,
    listener,
    isOptedOut: () => false,
    subjects: {
      people: () => people.map((userId) => ({ userId, priority: 'rest' as const, status: 'away' as const })),
      pace: () => ATTENDED_PACE,
    },
  });
  const states = () => healths.map((health) => health.state);
  return { session: made, adapter, clock, logger, told, healths, states, seen };
}

/** A poll method that answers as told, the last answer for all later. */
export function method(name: string, answers: (MusterError | null)[]): PollMethod & { calls: number[] } {
  const calls: number[] = [];
  return {
    name,
    facet: 'presence',
    batchSize: 1,
    limits: 60,
    calls,
    poll: async () => {
      calls.push(1);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer) throw answer;
    },
  };
}

/** Somebody of a roster. */
export const person = (userId: string) => ({
  userId,
  displayName: userId,
  email: null,
  avatarKey: null,
  timeZone: null,
  groups: [],
});
