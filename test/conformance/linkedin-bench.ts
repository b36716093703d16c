import { expect } from 'vitest';
import type { LinkedinMember } from '../../src/simulator/linkedin/member.ts';
import {
  LINKEDIN_CLIENT,
  type LinkedinSimulator,
  startLinkedinSimulator,
} from '../../src/simulator/linkedin/server.ts';
import { type Bench, credentialsGone, type NativeStatus, type Stage } from './bench.ts';
import { httpFaults } from './http-troubles.ts';

const HOUR_MS = 3_600_000;
const ADA = { id: 'Ad4Byr0n', firstName: 'Ada', lastName: 'Byron' };

interface LinkedinStage extends Stage {
  readonly simulator: LinkedinSimulator;
}

function simulatorOf(stage: Stage): LinkedinSimulator {
  if (!('simulator' in stage)) throw new Error('not a LinkedIn stage');
  return (stage as LinkedinStage).simulator;
}

const SEEN = { status: 'unknown', lastSeen: expect.any(Number), replayed: true, doNotDisturb: false } as const;

function played(name: string, rawStatus: string, play: (member: LinkedinMember) => void): NativeStatus {
  return { name, play: (stage) => play(simulatorOf(stage).member), expected: { ...SEEN, rawStatus } };
}

/** The next look at the log meets the fault. */
const { fault, troubles } = httpFaults((stage, planned) =>
  simulatorOf(stage).faults.add(planned, { method: 'memberChangeLogs' }),
);

/** LinkedIn, as the conformance suite plays it. */
export const linkedinBench: Bench = {
  async start({ now }) {
    const simulator = await startLinkedinSimulator({ now });
    const { member } = simulator;
    member.regulatedAt = now();
    const stage: LinkedinStage = {
      simulator,
      settings: { apiUrl: simulator.apiUrl, authUrl: simulator.authUrl, clientId: LINKEDIN_CLIENT.clientId },
      secrets: { accessToken: simulator.issueToken(), clientSecret: LINKEDIN_CLIENT.clientSecret },
      colleague: ADA.id,
      roster: new Set(),
      arrive: () => member.act(ADA, 'messages'),
      leave: () => {},
      held: () => ({}),
      changeOwn: () => {},
      restart: () => simulator.restart(),
      blackhole: () => simulator.faults.add({ kind: 'hang' }),
      sockets: () => 0,
      // Nothing can be asked about anybody.
      asked: () => 0,
      limitsPassed: () => (simulator.calls.some(({ status }) => status === 429) ? ['rest'] : []),
      close: () => simulator.close(),
    };
    return stage;
  },
  refusals: [
    { what: 'an unknown token', secrets: () => ({ accessToken: 'AQXnobody' }), code: 'credentials-refused' },
    { what: 'no token', secrets: () => ({}), code: 'credentials-refused' },
    {
      what: 'an expired token',
      secrets: (stage) => {
        const accessToken = simulatorOf(stage).issueToken();
        simulatorOf(stage).oauth.expire(accessToken);
        return { accessToken };
      },
      code: 'token-expired',
    },
    {
      what: 'a revoked token',
      secrets: (stage) => {
        const accessToken = simulatorOf(stage).issueToken();
        simulatorOf(stage).oauth.revoke(accessToken);
        return { accessToken };
      },
      code: 'token-revoked',
    },
  ],
  natives: [
    played('a message', 'messages CREATE', (member) => member.act(ADA, 'messages')),
    played('an invitation', 'invitations CREATE', (member) => member.act(ADA, 'invitations')),
    played('an invitation accepted', 'invitations UPDATE', (member) =>
      member.act(ADA, 'invitations', { method: 'UPDATE' }),
    ),
    played('a comment', 'socialActions/comments CREATE', (member) => member.act(ADA, 'socialActions/comments')),
    played('a reaction', 'socialActions/likes CREATE', (member) => member.act(ADA, 'socialActions/likes')),
    played('a replayed event', 'messages CREATE', (member) =>
      member.act(ADA, 'messages', { status: 'SUCCESSFUL_REPLAY' }),
    ),
  ],
  here: { status: 'unknown', lastSeen: expect.any(Number), replayed: true },
  gone: { status: 'unknown' },
  ownDoNotDisturb: 'unsupported',
  own: null,
  troubles: {
    ...troubles,
    'wrong types': fault({ kind: 'replaced-values', values: { elements: 7 } }, ['protocol-error']),
    'unknown values': {
      effect: 'none',
      codes: [],
      cause: (stage) => {
        simulatorOf(stage).member.act(ADA, 'holograms', { method: 'BEAM' });
        return () => {};
      },
      expected: { ...SEEN, rawStatus: 'holograms BEAM' },
    },
    'expired credentials': credentialsGone(['token-expired'], (stage) =>
      simulatorOf(stage).oauth.expire(stage.secrets.accessToken ?? ''),
    ),
    'revoked credentials': credentialsGone(['token-revoked'], (stage) =>
      simulatorOf(stage).oauth.revoke(stage.secrets.accessToken ?? ''),
    ),
    'clock skew': fault({ kind: 'clock-skew', offsetMs: 3 * HOUR_MS }, [], { effect: 'none', expected: SEEN }),
  },
};
