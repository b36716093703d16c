import {
  GOOGLE_CLIENT,
  type GoogleChatSimulator,
  startGoogleChatSimulator,
} from '../../src/simulator/google-chat/server.ts';
import type { ChatUser } from '../../src/simulator/google-chat/user.ts';
import { type Bench, credentialsGone, type NativeStatus, type Stage } from './bench.ts';
import { httpFaults } from './http-troubles.ts';

const HOUR_MS = 3_600_000;

interface GoogleChatStage extends Stage {
  readonly simulator: GoogleChatSimulator;
}

function simulatorOf(stage: Stage): GoogleChatSimulator {
  if (!('simulator' in stage)) throw new Error('not a Google Chat stage');
  return (stage as GoogleChatStage).simulator;
}

function played(name: string, expected: object, play: (user: ChatUser, now: number) => void): NativeStatus {
  return { name, expected, play: (stage) => play(simulatorOf(stage).user, Date.parse('2026-03-02T08:00:00Z')) };
}

/** The next look at oneself meets the fault. */
const { fault, troubles } = httpFaults((stage, planned) =>
  simulatorOf(stage).faults.add(planned, { method: 'availability' }),
);

/** Google Chat, as the conformance suite plays it: everything is about oneself. */
export const googleChatBench: Bench = {
  async start({ now }) {
    const simulator = await startGoogleChatSimulator({
      now,
      // The suite signs in with a pasted token, which nobody renews; it sleeps for eight hours.
      accessSeconds: 86_400,
    });
    const { user } = simulator;
    const { accessToken } = simulator.issueToken();
    const stage: GoogleChatStage = {
      simulator,
      settings: { apiUrl: simulator.apiUrl, authUrl: simulator.authUrl, clientId: GOOGLE_CLIENT.clientId },
      secrets: { accessToken, clientSecret: GOOGLE_CLIENT.clientSecret },
      colleague: 'nobody',
      roster: new Set(),
      arrive: () => {
        user.activity = 'active';
      },
      leave: () => {
        user.activity = 'away';
      },
      held: () => ({ state: user.state, dnd: user.doNotDisturbUntil, ...user.customStatus }),
      changeOwn: () => {
        user.setCustomStatus({ text: 'My own words', emoji: '☕', expiresAt: null });
        user.markAsAutomatic();
      },
      restart: () => simulator.restart(),
      blackhole: () => simulator.faults.add({ kind: 'hang' }),
      sockets: () => 0,
      asked: () => 0,
      limitsPassed: () => [],
      close: () => simulator.close(),
    };
    return stage;
  },
  refusals: [
    { what: 'an unknown token', secrets: () => ({ accessToken: 'ya29.nobody' }), code: 'credentials-refused' },
    { what: 'no token', secrets: () => ({}), code: 'credentials-refused' },
    {
      what: 'an expired token',
      secrets: (stage) => {
        const { accessToken } = simulatorOf(stage).issueToken();
        simulatorOf(stage).oauth.expire(accessToken);
        return { accessToken };
      },
      code: 'token-expired',
    },
    {
      what: 'a sign-in with the permission unticked',
      secrets: (stage) => ({ accessToken: simulatorOf(stage).issueToken(['openid', 'email']).accessToken }),
      code: 'missing-scope',
    },
  ],
  natives: [
    played('ACTIVE', { status: 'online', doNotDisturb: false }, (user) => user.markAsAutomatic()),
    played('IDLE', { status: 'idle', doNotDisturb: false }, (user) => {
      user.activity = 'idle';
    }),
    played('AWAY by itself', { status: 'away', doNotDisturb: false }, (user) => {
      user.activity = 'away';
    }),
    played('AWAY by hand', { status: 'away' }, (user) => user.markAsAway()),
    played('DO_NOT_DISTURB', { status: 'busy', doNotDisturb: true }, (user, now) =>
      user.markAsDoNotDisturb(now + HOUR_MS),
    ),
    played('a custom status', { message: 'Pairing', emoji: '🎧' }, (user) =>
      user.setCustomStatus({ text: 'Pairing', emoji: '🎧', expiresAt: null }),
    ),
  ],
  here: { status: 'online' },
  gone: { status: 'away' },
  ownDoNotDisturb: 'applied',
  own: {
    online: { outcome: 'applied', reads: ['online'] },
    away: { outcome: 'applied', reads: ['away'] },
    // Busy is shown through do-not-disturb, for which the core asks too.
    busy: { outcome: 'applied', reads: ['online', 'busy'] },
    offline: { outcome: 'partial', reads: ['away'] },
  },
  troubles: {
    ...troubles,
    'wrong types': fault({ kind: 'replaced-values', values: { state: 7 } }, ['protocol-error']),
    'unknown values': fault({ kind: 'replaced-values', values: { state: 'HOVERING' } }, [], {
      effect: 'none',
      expected: { status: 'unknown' },
    }),
    'expired credentials': credentialsGone(['token-expired'], (stage) =>
      simulatorOf(stage).oauth.expire(stage.secrets.accessToken ?? ''),
    ),
    // Google does not tell a revoked token from an unknown one; its refresh does, which is the core's affair.
    'revoked credentials': credentialsGone(['credentials-refused'], (stage) =>
      simulatorOf(stage).oauth.revoke(stage.secrets.accessToken ?? ''),
    ),
    'clock skew': fault({ kind: 'clock-skew', offsetMs: 3 * HOUR_MS }, [], {
      effect: 'none',
      expected: { status: 'online' },
    }),
  },
};
