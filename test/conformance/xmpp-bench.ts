import type { PretendedPresence } from '../../src/simulator/xmpp/pretended-client.ts';
import { startXmppSimulator, type XmppSimulator } from '../../src/simulator/xmpp/server.ts';
import { type Bench, credentialsGone, type NativeStatus, type Stage, type TroublePlan } from './bench.ts';

const DOMAIN = 'localhost';
const ME = 'grace';
const ADA = 'ada';
const PASSWORD = 'correct horse battery staple';
const MINUTE_MS = 60_000;

interface XmppStage extends Stage {
  readonly simulator: XmppSimulator;
  readonly now: () => number;
}

function stageOf(stage: Stage): XmppStage {
  if (!('simulator' in stage)) throw new Error('not an XMPP stage');
  return stage as XmppStage;
}

function says(name: string, presence: PretendedPresence, expected: NativeStatus['expected']): NativeStatus {
  return { name, expected, play: (stage) => stageOf(stage).simulator.setPresence(ADA, 'desk', presence) };
}

/** The stream breaks. */
function loss(codes: TroublePlan['codes'], cause: (simulator: XmppSimulator) => void): TroublePlan {
  return {
    effect: 'loss',
    codes,
    cause: (stage) => {
      const { simulator } = stageOf(stage);
      cause(simulator);
      return () => simulator.faults.heal();
    },
  };
}

/** A contact's client says something odd. */
function odd(presence: (now: number) => PretendedPresence, expected: TroublePlan['expected'] & object): TroublePlan {
  return {
    effect: 'none',
    codes: [],
    expected,
    cause: (stage) => {
      const { simulator, now } = stageOf(stage);
      simulator.setPresence(ADA, 'desk', presence(now()));
      return () => simulator.setPresence(ADA, 'desk', {});
    },
  };
}

/** XMPP's side: a simulated server, whose other users are played. */
export const xmppBench: Bench = {
  async start({ colleagues, now }) {
    const simulator = await startXmppSimulator({ domain: DOMAIN, now, iterations: colleagues > 100 ? 16 : 4096 });
    simulator.addUser(ME, { password: PASSWORD, name: 'Grace Hopper' });
    const roster = new Set<string>();
    for (let index = 0; index < colleagues; index += 1) {
      const username = index === 0 ? ADA : `colleague-${index}`;
      simulator.addUser(username, { password: PASSWORD, name: `Colleague ${index}`, groups: ['Engine'] });
      simulator.befriend(ME, username);
      roster.add(`${username}@${DOMAIN}`);
    }
    const ours = () => simulator.sessions(ME).find(({ connected }) => connected);
    const stage: XmppStage = {
      simulator,
      now,
      settings: { service: simulator.service, domain: DOMAIN, username: ME, allowInsecureLoopback: true },
      secrets: { password: PASSWORD },
      colleague: `${ADA}@${DOMAIN}`,
      roster,
      arrive: () => simulator.setPresence(ADA, 'desk', {}),
      leave: () => {
        for (const { resource } of simulator.sessions(ADA)) simulator.goOffline(ADA, resource);
      },
      held: () => ({ show: ours()?.show ?? null, status: ours()?.status ?? null }),
      changeOwn: () => {},
      restart: () => simulator.restart(),
      blackhole: () => {
        simulator.faults.freeze();
        return () => simulator.faults.heal();
      },
      sockets: () => simulator.openSockets(),
      // Presence comes unasked; the server has no limit that it tells.
      asked: () => 0,
      limitsPassed: () => [],
      close: () => simulator.close(),
    };
    return stage;
  },
  refusals: [
    { what: 'a wrong password', secrets: () => ({ password: 'wrong' }), code: 'credentials-refused' },
    { what: 'no password', secrets: () => ({}), code: 'credentials-refused' },
    {
      what: 'a disabled account',
      secrets: (stage) => {
        stageOf(stage).simulator.disableUser(ME);
        return stage.secrets;
      },
      code: 'account-disabled',
    },
  ],
  natives: [
    says('available', {}, { status: 'online', rawStatus: 'available' }),
    says('chat', { show: 'chat' }, { status: 'online', rawStatus: 'chat' }),
    says('away', { show: 'away', status: 'Lunch' }, { status: 'away', rawStatus: 'away', message: 'Lunch' }),
    says('xa', { show: 'xa' }, { status: 'away', rawStatus: 'xa' }),
    says('dnd', { show: 'dnd', status: 'In a meeting' }, { status: 'busy', rawStatus: 'dnd', message: 'In a meeting' }),
    {
      name: 'idle (XEP-0319)',
      expected: { status: 'idle' },
      play: (stage) => {
        const { simulator, now } = stageOf(stage);
        simulator.setPresence(ADA, 'desk', { idleSince: now() - 20 * MINUTE_MS });
      },
    },
    {
      name: 'unavailable',
      expected: { status: 'offline' },
      play: (stage) => stage.leave(),
    },
    {
      name: 'several clients, the highest priority speaking',
      expected: { status: 'busy', message: 'On the train' },
      play: (stage) => {
        const { simulator } = stageOf(stage);
        simulator.setPresence(ADA, 'desk', { priority: 1 });
        simulator.setPresence(ADA, 'phone', { show: 'dnd', status: 'On the train', priority: 7 });
      },
    },
  ],
  here: { status: 'online' },
  gone: { status: 'offline' },
  ownDoNotDisturb: 'applied',
  own: {
    online: { outcome: 'applied', reads: ['online'] },
    away: { outcome: 'applied', reads: ['away'] },
    busy: { outcome: 'applied', reads: ['busy'] },
    offline: { outcome: 'partial', reads: ['away'] },
  },
  troubles: {
    'rate limit with Retry-After': null,
    'server error': loss(['protocol-error', 'platform-unavailable'], (server) =>
      server.kick(ME, 'internal-server-error'),
    ),
    'service unavailable': loss(['platform-unavailable'], (server) => server.kick(ME, 'system-shutdown')),
    'no answer': loss(['timeout'], (server) => server.faults.freeze()),
    'half-closed connection': loss(['platform-unreachable'], (server) => server.faults.halfClose(ME)),
    'reset connection': loss(['platform-unreachable'], (server) => server.faults.dropWithoutClose(ME, 'reset')),
    'truncated answer': loss(['platform-unreachable', 'protocol-error'], (server) => {
      server.faults.raw(ME, `<presence from='${ADA}@${DOMAIN}/desk'><show>aw`);
      server.faults.dropWithoutClose(ME, 'destroy');
    }),
    'malformed answer': loss(['protocol-error'], (server) => {
      server.faults.malformedNext(ME);
      server.setPresence(ADA, 'desk', { status: 'spoilt' });
    }),
    // Read as the beginning of an element that never ends: noticed by silence.
    'something else entirely': loss(['protocol-error', 'timeout'], (server) =>
      server.faults.raw(ME, '<!doctype html><html><p>Sign in to the network</html>'),
    ),
    'wrong types': odd(() => ({ priority: 'highest', status: 'odd' }), { status: 'online', message: 'odd' }),
    'unknown values': odd(() => ({ show: 'partying' }), { status: 'unknown', rawStatus: 'partying' }),
    'expired credentials': null,
    'revoked credentials': credentialsGone(['credentials-refused', 'account-disabled'], (stage) =>
      stageOf(stage).simulator.disableUser(ME),
    ),
    'clock skew': odd((now) => ({ delayStamp: now + 3 * 60 * MINUTE_MS, status: 'from tomorrow' }), {
      status: 'online',
      message: 'from tomorrow',
    }),
  },
};
