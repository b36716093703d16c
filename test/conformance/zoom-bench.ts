import type { ZoomAccount } from '../../src/simulator/zoom/account.ts';
import { limitsPassed } from '../../src/simulator/zoom/call-log.ts';
import { startZoomSimulator, USER_SCOPES, type ZoomSimulator } from '../../src/simulator/zoom/server.ts';
import type { ZoomPresence } from '../../src/simulator/zoom/spellings.ts';
import { type Bench, credentialsGone, type NativeStatus, type Stage } from './bench.ts';
import { httpFaults } from './http-troubles.ts';

const ME = 'KDcuGIm1QgePTO8WbOqwIQ';
const ADA = 'v4iyWT1LTfy8QvPG4GTvdg';
const SECRET = '4fv1RkqGQUq5sWbEz6hA5A';
const PLAN = 'pro';

interface ZoomStage extends Stage {
  readonly simulator: ZoomSimulator;
}

function simulatorOf(stage: Stage): ZoomSimulator {
  if (!('simulator' in stage)) throw new Error('not a Zoom stage');
  return (stage as ZoomStage).simulator;
}

/** Somebody's own app does something, and Zoom's events about it have arrived. */
async function happens(simulator: ZoomSimulator, act: (account: ZoomAccount) => void): Promise<void> {
  act(simulator.account);
  await simulator.webhooks.settled();
}

function is(presence: ZoomPresence, rawStatus: string, expected: NativeStatus['expected']): NativeStatus {
  return {
    name: rawStatus,
    expected: { rawStatus, doNotDisturb: false, activities: [], ...expected },
    play: (stage) => happens(simulatorOf(stage), (account) => account.setPresence(ADA, presence)),
  };
}

/** The next look at somebody meets the fault. */
const { fault, troubles } = httpFaults((stage, planned) =>
  simulatorOf(stage).faults.add(planned, { method: 'contact' }),
);

const doing = (kind: 'in-a-meeting' | 'in-a-call' | 'presenting') => ({ activities: [{ kind, detail: null }] });

/** Zoom's side: a simulated account, with an app that gets its events by webhook. */
export const zoomBench: Bench = {
  async start({ colleagues, now, webhookUrl }) {
    const roster = new Set<string>();
    const simulator = await startZoomSimulator({
      now,
      plan: PLAN,
      me: ME,
      // Tokens of the suite are pasted, with nothing to renew them; one of its tests sleeps for eight hours.
      accessSeconds: 86_400,
      webhook: webhookUrl === null ? null : { url: webhookUrl, secret: SECRET },
      populate: (account) => {
        account.addUser({ id: ME, firstName: 'Grace', lastName: 'Hopper', presence: 'out-of-office' });
        for (let index = 0; index < colleagues; index += 1) {
          const id = index === 0 ? ADA : `Colleague${index}`;
          account.addUser({
            id,
            firstName: 'Colleague',
            lastName: String(index),
            type: index % 5 === 4 ? 'external' : 'company',
          });
          roster.add(id);
        }
      },
    });
    const { account } = simulator;
    const { accessToken } = simulator.issueToken(ME);
    const stage: ZoomStage = {
      simulator,
      settings: {
        clientId: 'rVd6xHQZTBCoF9oOq2Zq7A',
        plan: PLAN,
        apiUrl: simulator.apiUrl,
        authUrl: simulator.authUrl,
      },
      secrets: { accessToken, webhookSecret: SECRET },
      colleague: ADA,
      roster,
      arrive: () => happens(simulator, () => account.setPresence(ADA, 'available')),
      leave: () => happens(simulator, () => account.setPresence(ADA, 'offline')),
      held: () => {
        const { presence, disturbAt } = account.user(ME);
        return { presence, disturbAt };
      },
      changeOwn: () => happens(simulator, () => account.setPresence(ME, 'away')),
      restart: () => simulator.restart(),
      blackhole: () => simulator.faults.add({ kind: 'hang' }),
      // Kept-alive connections belong to the HTTP client, which all accounts share.
      sockets: () => 0,
      asked: (userId) => simulator.calls.filter(({ target }) => target === userId).length,
      limitsPassed: () => limitsPassed(simulator.calls, PLAN),
      close: () => simulator.close(),
    };
    return stage;
  },
  refusals: [
    { what: 'an unknown token', secrets: () => ({ accessToken: 'eyJ0nobody' }), code: 'token-expired' },
    { what: 'no token', secrets: () => ({}), code: 'credentials-refused' },
    {
      what: 'a revoked token',
      secrets: (stage) => {
        const { oauth, issueToken } = simulatorOf(stage);
        const { accessToken } = issueToken(ME);
        oauth.revoke(accessToken);
        return { accessToken };
      },
      code: 'token-revoked',
    },
    {
      what: 'an expired token',
      secrets: (stage) => {
        const { oauth, issueToken } = simulatorOf(stage);
        const { accessToken } = issueToken(ME);
        oauth.expire(accessToken);
        return { accessToken };
      },
      code: 'token-expired',
    },
    {
      what: 'a token without a permission that is needed',
      secrets: (stage) => ({
        accessToken: simulatorOf(stage).issueToken(
          ME,
          USER_SCOPES.filter((scope) => scope !== 'user:read:presence_status'),
        ).accessToken,
      }),
      code: 'missing-scope',
    },
  ],
  natives: [
    is('available', 'Available', { status: 'online' }),
    is('away', 'Away', { status: 'away' }),
    is('out-of-office', 'Out_of_Office', { status: 'away' }),
    is('do-not-disturb', 'Do_Not_Disturb', { status: 'busy', doNotDisturb: true }),
    is('busy', 'Busy', { status: 'busy' }),
    is('calendar-event', 'In_A_Calendar_Event', { status: 'busy' }),
    is('presenting', 'Presenting', { status: 'busy', ...doing('presenting') }),
    is('meeting', 'In_A_Meeting', { status: 'busy', ...doing('in-a-meeting') }),
    is('call', 'In_A_Call', { status: 'busy', ...doing('in-a-call') }),
    is('offline', 'Offline', { status: 'offline' }),
  ],
  here: { status: 'online' },
  gone: { status: 'offline' },
  // Every wish of the suite has words with it, which Zoom has no place for.
  own: {
    online: { outcome: 'partial', reads: ['online'] },
    away: { outcome: 'partial', reads: ['away'] },
    busy: { outcome: 'partial', reads: ['busy'] },
    offline: { outcome: 'partial', reads: ['away'] },
  },
  ownDoNotDisturb: 'applied',
  ownStepMs: 2_000,
  troubles: {
    ...troubles,
    'wrong types': fault({ kind: 'replaced-values', values: { presence_status: 7 } }, ['protocol-error']),
    'unknown values': fault({ kind: 'replaced-values', values: { presence_status: 'Hovering' } }, [], {
      effect: 'none',
      expected: { status: 'unknown', rawStatus: 'Hovering' },
    }),
    'expired credentials': credentialsGone(['token-expired'], (stage) =>
      simulatorOf(stage).oauth.expire(stage.secrets.accessToken ?? ''),
    ),
    'revoked credentials': credentialsGone(['token-revoked'], (stage) =>
      simulatorOf(stage).oauth.revoke(stage.secrets.accessToken ?? ''),
    ),
    'clock skew': fault({ kind: 'clock-skew', offsetMs: 3 * 3_600_000 }, [], {
      effect: 'none',
      expected: { status: 'online' },
    }),
  },
};
