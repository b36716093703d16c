import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalDiscordApp } from '../../src/simulator/discord/local-app.ts';
import { startLocalDiscordApp } from '../../src/simulator/discord/local-app.ts';
import { type DiscordSimulator, startDiscordSimulator } from '../../src/simulator/discord/server.ts';
import type { DiscordWorld } from '../../src/simulator/discord/world/world.ts';
import type { Fault } from '../../src/simulator/faults/fault.ts';
import { type Bench, credentialsGone, type NativeStatus, type Stage, type TroublePlan } from './bench.ts';

const ME = '100000000000000001';
const ADA = '100000000000000002';
const HARBOUR = '200000000000000001';
const STUDIO = '200000000000000002';
const ANNEX = '200000000000000003';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

interface DiscordStage extends Stage {
  readonly simulator: DiscordSimulator;
  readonly app: LocalDiscordApp;
}

function simulatorOf(stage: Stage): DiscordSimulator {
  if (!('simulator' in stage)) throw new Error('not a Discord stage');
  return (stage as DiscordStage).simulator;
}

function played(name: string, expected: NativeStatus['expected'], play: (world: DiscordWorld) => void): NativeStatus {
  return { name, expected, play: (stage) => play(simulatorOf(stage).world) };
}

/** A status as somebody chooses it, in their desktop app. */
function chosen(status: string, expected: NativeStatus['expected']): NativeStatus {
  return played(status, expected, (world) => world.setStatus(ADA, status));
}

/** An activity of somebody who is online. */
function doing(type: number, kind: string, detail: string): NativeStatus {
  return played(`activity type ${type}`, { status: 'online', activities: [{ kind, detail }] } as never, (world) => {
    world.setStatus(ADA, 'online');
    world.setActivities(ADA, [{ type, name: 'Engine', details: 'First programme', createdAt: world.now() }]);
  });
}

/** The gateway goes. */
function loss(
  codes: TroublePlan['codes'],
  cause: (simulator: DiscordSimulator) => (() => void) | undefined,
): TroublePlan {
  return { effect: 'loss', codes, cause: (stage) => cause(simulatorOf(stage)) ?? (() => {}) };
}

/** The next event about the colleague is spoilt. */
function spoilt(fault: Fault, plan: Pick<TroublePlan, 'effect' | 'codes' | 'expected'>): TroublePlan {
  return {
    ...plan,
    cause: (stage) => {
      const { faults, world } = simulatorOf(stage);
      faults.add(fault, { method: 'PRESENCE_UPDATE', times: 2 });
      world.setActivities(ADA, []);
      return () => {
        faults.clear();
        world.setStatus(ADA, 'online', ['desktop', 'web']);
      };
    },
  };
}

/** Discord's side: a bot in two servers that everybody shares, and the Discord app of the user's own computer. */
export const discordBench: Bench = {
  async start({ colleagues, now }) {
    const folder = await mkdtemp(join(tmpdir(), 'discord-'));
    const simulator = await startDiscordSimulator({ now });
    const { world, gateway, sessions, received } = simulator;
    const roster = new Set<string>();
    world.addUser({ id: ME, username: 'grace', globalName: 'Grace Hopper' });
    world.setStatus(ME, 'online');
    for (let index = 0; index < colleagues; index += 1) {
      const id = index === 0 ? ADA : `3000000000000${String(index).padStart(5, '0')}`;
      world.addUser({ id, username: `colleague-${index}`, globalName: `Colleague ${index}` });
      roster.add(id);
    }
    world.addUser({ id: '400000000000000001', username: 'deploys', bot: true });
    world.addGuild({ id: HARBOUR, name: 'Harbour Works', members: [ME, ...roster, '400000000000000001'] });
    world.addGuild({ id: STUDIO, name: 'Northlight Studio', members: [ME, ADA] });
    const app = await startLocalDiscordApp({ folder, world, userId: ME });
    const stage: DiscordStage = {
      simulator,
      app,
      settings: { apiUrl: simulator.apiUrl, ipcPath: folder },
      secrets: { botToken: world.token },
      colleague: ADA,
      roster,
      arrive: () => world.setStatus(ADA, 'online'),
      leave: () => world.setStatus(ADA, 'offline'),
      held: () => ({ shown: app.shown(), activities: world.user(ME).activities.length }),
      changeOwn: () => {},
      restart: () => simulator.restart(),
      blackhole: () => {
        const thaw = gateway.freeze();
        const answer = simulator.faults.add({ kind: 'hang' }, { method: '/gateway/bot' });
        return () => {
          thaw();
          answer();
        };
      },
      sockets: () => gateway.size + app.openSockets(),
      asked: (userId) => received.filter(({ userIds }) => userIds.includes(userId)).length,
      limitsPassed: () => [
        ...(received.some(({ at }) => received.filter((one) => one.at >= at && one.at < at + MINUTE_MS).length > 120)
          ? ['gateway']
          : []),
        ...(sessions.identifies.filter((at) => at > now() - DAY_MS).length > 1000 ? ['identify'] : []),
        ...(app.hurried > 0 ? ['SET_ACTIVITY'] : []),
      ],
      close: async () => {
        await app.close();
        await simulator.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
    return stage;
  },
  refusals: [
    { what: 'an unknown token', secrets: () => ({ botToken: 'OTk5.nobody.knows-it' }), code: 'credentials-refused' },
    { what: 'no token', secrets: () => ({}), code: 'credentials-refused' },
    { what: 'a user’s token', secrets: () => ({ botToken: 'mfa.a-user-of-the-gateway' }), code: 'credentials-refused' },
    {
      what: 'a token that was reset',
      secrets: (stage) => {
        simulatorOf(stage).world.resetToken();
        return stage.secrets;
      },
      code: 'credentials-refused',
    },
    {
      what: 'a bot without the presence intent',
      secrets: (stage) => {
        simulatorOf(stage).world.intents.GUILD_PRESENCES = false;
        return stage.secrets;
      },
      code: 'missing-scope',
    },
  ],
  natives: [
    chosen('online', { status: 'online', doNotDisturb: false, rawStatus: 'online (desktop)', lastSeen: null }),
    chosen('idle', { status: 'idle', doNotDisturb: false, rawStatus: 'idle (desktop)' }),
    chosen('dnd', { status: 'busy', doNotDisturb: true, rawStatus: 'dnd (desktop)' }),
    chosen('invisible', { status: 'offline', doNotDisturb: false, rawStatus: 'offline' }),
    chosen('offline', { status: 'offline', doNotDisturb: false, rawStatus: 'offline' }),
    played('mobile and web', { status: 'online', rawStatus: 'online (mobile, web)' }, (world) =>
      world.setStatus(ADA, 'online', ['web', 'mobile']),
    ),
    played('custom status', { status: 'idle', message: 'Pairing', emoji: '🎧', activities: [] }, (world) => {
      world.setStatus(ADA, 'idle');
      world.setCustomStatus(ADA, { text: 'Pairing', emoji: { name: '🎧' } });
    }),
    played('custom status with a server’s emoji', { message: 'Shipping', emoji: ':harbour:' }, (world) => {
      world.setStatus(ADA, 'online');
      world.setCustomStatus(ADA, { text: 'Shipping', emoji: { name: 'harbour', id: '500000000000000001' } });
    }),
    doing(0, 'playing', 'Engine · First programme'),
    doing(1, 'streaming', 'Engine · First programme'),
    doing(2, 'listening', 'Engine · First programme'),
    doing(3, 'watching', 'Engine · First programme'),
    doing(5, 'playing', 'Engine · First programme'),
    doing(6, 'other', 'Engine · First programme'),
  ],
  here: { status: 'online' },
  gone: { status: 'offline' },
  ownDoNotDisturb: 'unsupported',
  own: {
    online: { outcome: 'partial', reads: ['online'] },
    away: { outcome: 'partial', reads: ['online'] },
    busy: { outcome: 'partial', reads: ['online'] },
    offline: { outcome: 'partial', reads: ['online'] },
  },
  troubles: {
    // Over the gateway it is a single request that has to wait: a large server's members come later.
    'rate limit with Retry-After': {
      effect: 'none',
      codes: [],
      expected: { status: 'online' },
      cause: (stage) => {
        const { world, faults } = simulatorOf(stage);
        faults.add({ kind: 'rate-limited', retryAfterSeconds: 17 }, { method: 'request-guild-members', times: 1 });
        const crowd = Array.from({ length: 300 }, (_, index) => `6000000000000${String(index).padStart(5, '0')}`);
        for (const id of crowd) world.addUser({ id, username: `visitor-${id}` });
        world.addGuild({ id: ANNEX, name: 'Annex', members: [...crowd, ADA] });
        return () => {};
      },
    },
    'server error': loss(['platform-unavailable'], ({ gateway }) => void gateway.close(4000)),
    'service unavailable': loss(['platform-unavailable'], ({ gateway }) => void gateway.askToReconnect()),
    'no answer': loss(['timeout'], ({ gateway }) => gateway.freeze()),
    'half-closed connection': loss(['platform-unreachable'], ({ gateway }) => void gateway.drop('half-closed')),
    'reset connection': loss(['platform-unreachable'], ({ gateway }) => void gateway.drop('reset')),
    'truncated answer': loss(['platform-unreachable', 'protocol-error'], ({ gateway }) => {
      // A text frame that announces 100 bytes and holds nine.
      gateway.raw('\x81\x64{"op":0,"');
      gateway.drop('half-closed');
      return undefined;
    }),
    'malformed answer': spoilt({ kind: 'malformed-json' }, { effect: 'loss', codes: ['protocol-error'] }),
    'something else entirely': loss(
      ['protocol-error'],
      ({ gateway }) => void gateway.raw('<!doctype html><title>Sign in to the network</title>'),
    ),
    // “The types of the fields are not validated”: what is odd counts as not said.
    'wrong types': spoilt(
      { kind: 'replaced-values', values: { status: 7, activities: 'none', client_status: [] } },
      { effect: 'none', codes: [], expected: { status: 'online' } },
    ),
    'unknown values': spoilt(
      { kind: 'replaced-values', values: { status: 'hovering' } },
      { effect: 'none', codes: [], expected: { status: 'unknown', rawStatus: 'hovering' } },
    ),
    'expired credentials': null,
    'revoked credentials': credentialsGone(['credentials-refused'], (stage) => simulatorOf(stage).world.resetToken()),
    'clock skew': {
      effect: 'none',
      codes: [],
      expected: { status: 'online', activities: [{ kind: 'playing', detail: 'Tomorrow · 11:00–' }] },
      cause: (stage) => {
        const { world } = simulatorOf(stage);
        const start = Math.floor(world.now() / DAY_MS) * DAY_MS + DAY_MS + 11 * 60 * MINUTE_MS;
        world.setActivities(ADA, [{ type: 0, name: 'Tomorrow', createdAt: start, timestamps: { start } }]);
        return () => world.setActivities(ADA, []);
      },
    },
  },
};
