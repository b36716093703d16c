import { expect } from 'vitest';
import type { BusinessNumber, WhatsappUser } from '../../src/simulator/whatsapp/business.ts';
import { CALLS_AN_HOUR } from '../../src/simulator/whatsapp/graph-api.ts';
import { startWhatsappSimulator, type WhatsappSimulator } from '../../src/simulator/whatsapp/server.ts';
import { type Bench, credentialsGone, type NativeStatus, type Stage } from './bench.ts';
import { httpFaults } from './http-troubles.ts';

const VERIFY_TOKEN = 'conformance-verify-token';
const HOUR_MS = 3_600_000;
const ADA: WhatsappUser = { waId: '16505551234', userId: 'US.13491208655302741918', name: 'Ada Byron', username: null };

interface WhatsappStage extends Stage {
  readonly simulator: WhatsappSimulator;
  readonly number: BusinessNumber;
}

function stageOf(stage: Stage): WhatsappStage {
  if (!('simulator' in stage)) throw new Error('not a WhatsApp stage');
  return stage as WhatsappStage;
}

function played(
  name: string,
  rawStatus: string,
  play: (simulator: WhatsappSimulator, number: BusinessNumber) => void,
): NativeStatus {
  return {
    name,
    play: (stage) => play(stageOf(stage).simulator, stageOf(stage).number),
    expected: { status: 'unknown', rawStatus, lastSeen: expect.any(Number), doNotDisturb: false },
  };
}

/** The next call meets the fault; there is one that matters, since nothing is asked about people. */
const { fault, troubles } = httpFaults((stage, planned) =>
  stageOf(stage).simulator.faults.add(planned, { method: 'phone-number' }),
);

function tokenOf(stage: Stage) {
  const token = stageOf(stage).simulator.business.token(stage.secrets.accessToken ?? '');
  if (token === undefined) throw new Error('no such token');
  return token;
}

/** What the account's page shows, and people enter at Meta: without the key, which only Muster itself hands to a platform. */
function addressShown(webhookUrl: string): string {
  const url = new URL(webhookUrl);
  return `${url.origin}${url.pathname}`;
}

const WORDS_ONLY = { outcome: 'partial', reads: ['unknown'] } as const;

/** WhatsApp, as the conformance suite plays it. */
export const whatsappBench: Bench = {
  async start({ now, webhookUrl }) {
    const simulator = await startWhatsappSimulator({ now, redeliverAfterMs: 20 });
    const number = simulator.business.addNumber({
      id: '106540352242922',
      displayPhoneNumber: '+1 555-078-3881',
      verifiedName: 'Analytical Engines',
      about: 'We build engines.',
    });
    simulator.business.addUser(ADA);
    simulator.webhooks.assume(webhookUrl && addressShown(webhookUrl));
    const { webhooks } = simulator;
    const stage: WhatsappStage = {
      simulator,
      number,
      settings: { apiUrl: simulator.apiUrl, phoneNumberId: number.id, publishAbout: true },
      secrets: {
        accessToken: simulator.business.issueToken(),
        appSecret: simulator.business.appSecret,
        verifyToken: VERIFY_TOKEN,
      },
      colleague: ADA.userId ?? '',
      roster: new Set(),
      arrive: () => void webhooks.message(number, ADA),
      leave: () => webhooks.status(number, ADA, 'delivered'),
      held: () => ({ about: number.about }),
      changeOwn: () => {
        number.about = 'Closed on Sundays.';
      },
      restart: () => simulator.restart(),
      blackhole: () => simulator.faults.add({ kind: 'hang' }),
      sockets: () => 0,
      // Nothing can be asked about anybody.
      asked: () => 0,
      limitsPassed: () =>
        simulator.calls.some(
          ({ at }) => simulator.calls.filter((call) => call.at >= at && call.at < at + HOUR_MS).length > CALLS_AN_HOUR,
        )
          ? ['graph']
          : [],
      close: () => simulator.close(),
    };
    return stage;
  },
  refusals: [
    {
      what: 'an unknown token',
      secrets: (stage) => ({ ...stage.secrets, accessToken: 'EAAnobody' }),
      code: 'credentials-refused',
    },
    { what: 'no token', secrets: () => ({}), code: 'credentials-refused' },
    {
      what: 'another app’s secret',
      secrets: (stage) => ({ ...stage.secrets, appSecret: 'of-another-app' }),
      code: 'credentials-refused',
    },
    {
      what: 'no verify token',
      secrets: (stage) => ({ ...stage.secrets, verifyToken: '' }),
      code: 'credentials-refused',
    },
    {
      what: 'an expired token',
      secrets: (stage) => ({
        ...stage.secrets,
        accessToken: stageOf(stage).simulator.business.issueToken({ expiresAt: 1 }),
      }),
      code: 'token-expired',
    },
    {
      what: 'a token without a permission that is needed',
      secrets: (stage) => ({
        ...stage.secrets,
        accessToken: stageOf(stage).simulator.business.issueToken({ scopes: ['whatsapp_business_messaging'] }),
      }),
      code: 'missing-scope',
    },
  ],
  natives: [
    ...['text', 'image', 'audio', 'reaction', 'unsupported'].map((type) =>
      played(`a message (${type})`, `message: ${type}`, ({ webhooks }, number) =>
        webhooks.message(number, ADA, { type }),
      ),
    ),
    played('a read receipt', 'status: read', ({ webhooks }, number) => webhooks.status(number, ADA, 'read')),
    played('a voice message played', 'status: played', ({ webhooks }, number) =>
      webhooks.status(number, ADA, 'played'),
    ),
  ],
  here: { status: 'unknown', lastSeen: expect.any(Number) },
  gone: { status: 'unknown' },
  ownDoNotDisturb: 'unsupported',
  own: { online: WORDS_ONLY, away: WORDS_ONLY, busy: WORDS_ONLY, offline: WORDS_ONLY },
  troubles: {
    // In minutes, in a header of Meta's own.
    ...troubles,
    // In minutes, in a header of Meta's own.
    'rate limit with Retry-After': fault({ kind: 'rate-limited', retryAfterSeconds: 180 }, ['rate-limited'], {
      retryAfterMs: 180_000,
    }),
    'wrong types': fault({ kind: 'replaced-values', values: { id: 7 } }, ['protocol-error']),
    'unknown values': {
      effect: 'none',
      codes: [],
      cause: (stage) => {
        const { simulator, number } = stageOf(stage);
        simulator.webhooks.status(number, ADA, 'teleported');
        return () => {};
      },
      expected: { status: 'unknown', rawStatus: 'status: teleported', lastSeen: expect.any(Number) },
    },
    'expired credentials': credentialsGone(['token-expired'], (stage) => (tokenOf(stage).expiresAt = 1)),
    'revoked credentials': credentialsGone(['token-revoked'], (stage) => (tokenOf(stage).revoked = true)),
    'clock skew': fault({ kind: 'clock-skew', offsetMs: 3 * HOUR_MS }, [], {
      effect: 'none',
      expected: { status: 'unknown', lastSeen: expect.any(Number) },
    }),
  },
};
