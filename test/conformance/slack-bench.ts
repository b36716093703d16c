import { mostCallsInAnyMinute } from '../../src/simulator/slack/call-log.ts';
import { type SlackSimulator, startSlackSimulator } from '../../src/simulator/slack/server.ts';
import type { SlackWorkspaceState } from '../../src/simulator/slack/workspace/workspace-state.ts';
import { type Bench, credentialsGone, type NativeStatus, type Stage } from './bench.ts';
import { httpFaults } from './http-troubles.ts';

const ME = 'U0ME';
const ADA = 'U0ADA';
const MINUTE_MS = 60_000;

/** Calls a minute that Slack's tiers promise (docs.slack.dev/apis/web-api/rate-limits), by what the methods' pages say. */
const PUBLISHED_LIMITS = {
  'users.list': 20,
  'users.getPresence': 50,
  'dnd.teamInfo': 20,
  'users.profile.get': 100,
  'dnd.info': 50,
};

interface SlackStage extends Stage {
  readonly simulator: SlackSimulator;
}

function simulatorOf(stage: Stage): SlackSimulator {
  if (!('simulator' in stage)) throw new Error('not a Slack stage');
  return (stage as SlackStage).simulator;
}

function played(
  name: string,
  expected: NativeStatus['expected'],
  play: (workspace: SlackWorkspaceState) => void,
): NativeStatus {
  return { name, expected, play: (stage) => play(simulatorOf(stage).workspace) };
}

/** The next look at somebody meets the fault. */
const { fault, troubles } = httpFaults((stage, planned) =>
  simulatorOf(stage).faults.add(planned, { method: 'users.getPresence' }),
);

const active = (workspace: SlackWorkspaceState): void => workspace.setPresence(ADA, 'active');
const window = (workspace: SlackWorkspaceState, fromMinutes: number, toMinutes: number): void =>
  workspace.setDnd(ADA, {
    start: workspace.now() + fromMinutes * MINUTE_MS,
    end: workspace.now() + toMinutes * MINUTE_MS,
  });

/** Slack's side: a simulated workspace. */
export const slackBench: Bench = {
  async start({ colleagues, now }) {
    const roster = new Set<string>();
    const simulator = await startSlackSimulator({
      now,
      populate: (workspace) => {
        workspace.addUser({ id: ME, name: 'grace', realName: 'Grace Hopper' });
        workspace.setPresence(ME, 'active');
        for (let index = 0; index < colleagues; index += 1) {
          const id = index === 0 ? ADA : `U0C${index}`;
          workspace.addUser({ id, name: `colleague-${index}`, realName: `Colleague ${index}` });
          roster.add(id);
        }
        workspace.addUser({ id: 'U0BOT', name: 'deploys', realName: 'Deploys', kind: 'bot' });
      },
    });
    const { workspace } = simulator;
    const stage: SlackStage = {
      simulator,
      settings: { apiUrl: simulator.apiUrl },
      secrets: {
        userToken: workspace.issueToken({ userId: ME }),
        appToken: workspace.issueToken({ userId: ME, kind: 'app' }),
      },
      colleague: ADA,
      roster,
      arrive: () => workspace.setPresence(ADA, 'active'),
      leave: () => workspace.disconnectClients(ADA),
      held: () => {
        const { status, manualAway, snoozeUntil } = workspace.user(ME);
        return { ...status, manualAway, snoozeUntil };
      },
      changeOwn: () => {
        workspace.setStatus(ME, { text: 'My own words', emoji: ':coffee:' });
        workspace.setSnooze(ME, null);
      },
      restart: () => simulator.restart(),
      blackhole: () => simulator.faults.add({ kind: 'hang' }),
      // Kept-alive connections belong to the HTTP client, which all accounts share; the event socket is the account's own.
      sockets: () => simulator.events.open,
      asked: (userId) =>
        simulator.calls.filter(({ params }) => Object.values(params).some((value) => value.split(',').includes(userId)))
          .length,
      limitsPassed: () =>
        Object.entries(PUBLISHED_LIMITS)
          .filter(([method, limit]) => mostCallsInAnyMinute(simulator.calls, method) > limit)
          .map(([method]) => method),
      close: () => simulator.close(),
    };
    return stage;
  },
  refusals: [
    { what: 'an unknown token', secrets: () => ({ userToken: 'xoxp-1-2-3-nobody' }), code: 'credentials-refused' },
    { what: 'no token', secrets: () => ({}), code: 'credentials-refused' },
    {
      what: 'a bot’s token',
      secrets: (stage) => ({ userToken: simulatorOf(stage).workspace.issueToken({ userId: ME, kind: 'bot' }) }),
      code: 'credentials-refused',
    },
    {
      what: 'a revoked token',
      secrets: (stage) => {
        const userToken = simulatorOf(stage).workspace.issueToken({ userId: ME });
        simulatorOf(stage).workspace.revokeToken(userToken);
        return { userToken };
      },
      code: 'token-revoked',
    },
    {
      what: 'an expired token',
      secrets: (stage) => ({ userToken: simulatorOf(stage).workspace.issueToken({ userId: ME, expiresAt: 1 }) }),
      code: 'token-expired',
    },
    {
      what: 'a token without a permission that is needed',
      secrets: (stage) => ({
        userToken: simulatorOf(stage).workspace.issueToken({ userId: ME, scopes: ['users:read', 'dnd:read'] }),
      }),
      code: 'missing-scope',
    },
  ],
  natives: [
    played('active', { status: 'online', doNotDisturb: false, rawStatus: 'active' }, active),
    played('away by hand', { status: 'away', rawStatus: 'away', lastSeen: null }, (workspace) =>
      workspace.setPresence(ADA, 'away'),
    ),
    played('disconnected', { status: 'away', rawStatus: 'away', lastSeen: null }, (workspace) =>
      workspace.disconnectClients(ADA),
    ),
    played('active in a do-not-disturb window', { status: 'busy', doNotDisturb: true }, (workspace) => {
      active(workspace);
      window(workspace, -5, 30);
    }),
    played('active before a do-not-disturb window', { status: 'online', doNotDisturb: false }, (workspace) => {
      active(workspace);
      window(workspace, 5, 30);
    }),
    played('active in a huddle', { status: 'busy', activities: [{ kind: 'in-a-call', detail: null }] }, (workspace) => {
      active(workspace);
      workspace.startHuddle(ADA);
    }),
    played('a status text and emoji', { status: 'online', message: 'Pairing', emoji: '🎧' }, (workspace) => {
      active(workspace);
      workspace.setStatus(ADA, { text: 'Pairing', emoji: ':headphones:' });
    }),
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
    'wrong types': fault({ kind: 'replaced-values', values: { presence: 7 } }, ['protocol-error']),
    'unknown values': fault({ kind: 'replaced-values', values: { presence: 'hovering' } }, [], {
      effect: 'none',
      expected: { status: 'unknown', rawStatus: 'hovering' },
    }),
    'expired credentials': credentialsGone(['token-expired'], (stage) =>
      simulatorOf(stage).workspace.expireToken(stage.secrets.userToken ?? ''),
    ),
    'revoked credentials': credentialsGone(['token-revoked'], (stage) =>
      simulatorOf(stage).workspace.revokeToken(stage.secrets.userToken ?? ''),
    ),
    'clock skew': fault({ kind: 'clock-skew', offsetMs: 3 * 3_600_000 }, [], {
      effect: 'none',
      expected: { status: 'online' },
    }),
  },
};
