import { Client, GatewayIntentBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordSimulator, startDiscordSimulator } from '../../../src/simulator/discord/server.ts';
import { RawGateway } from './raw.ts';

const ADA = '100000000000000002';
const GUILD = '200000000000000001';

let now = 0;
let discord: DiscordSimulator;
let clients: RawGateway[] = [];
beforeEach(async () => {
  now = Date.UTC(2026, 4, 4, 9);
  discord = await startDiscordSimulator({ now: () => now });
  discord.world.addUser({ id: ADA, username: 'ada', globalName: 'Ada' });
  discord.world.addGuild({ id: GUILD, name: 'Harbour Works', members: [ADA] });
});
afterEach(async () => {
  for (const client of clients) client.close(4900);
  clients = [];
  await discord.close();
});

async function hello(query?: string): Promise<RawGateway> {
  const client = new RawGateway(discord, query);
  clients.push(client);
  if (query === undefined) await client.next(({ op }) => op === 10);
  return client;
}

async function ready(more: Readonly<Record<string, unknown>> = {}): Promise<{ client: RawGateway; session: string }> {
  now += 6_000;
  const client = await hello();
  client.identify(discord.world.token, more);
  const { d } = await client.next(({ t }) => t === 'READY');
  const session = Object.entries(d ?? {}).find(([key]) => key === 'session_id')?.[1];
  await client.next(({ t }) => t === 'GUILD_CREATE');
  return { client, session: String(session) };
}

describe('the gateway refuses', () => {
  it.each([
    ['another version', '?v=6&encoding=json', 4012],
    ['an encoding that is not JSON', '?v=10&encoding=etf', 4002],
  ])('%s', async (_, query, code) => {
    expect(await (await hello(query)).closed()).toBe(code);
  });

  it.each([
    ['what is no JSON', '{"op":', 4002],
    ['a payload of more than 4,096 bytes', JSON.stringify({ op: 1, d: 'x'.repeat(4_100) }), 4002],
    ['an opcode that does not exist', { op: 99, d: null }, 4001],
    ['requests before the sign-in', { op: 8, d: { guild_id: GUILD, query: '', limit: 0 } }, 4003],
    ['a wrong token', { op: 2, d: { token: 'nobody', intents: 1, properties: {} } }, 4004],
    ['a sign-in without properties', { op: 2, d: { token: 'x', intents: 1 } }, 4002],
  ])('%s', async (_, payload, code) => {
    const client = await hello();
    client.send(payload);
    expect(await client.closed()).toBe(code);
  });

  it('intents that do not exist, that are switched off, and shards that are none', async () => {
    for (const [more, code] of [
      [{ intents: 1 << 30 }, 4013],
      [{ intents: 'all' }, 4013],
      [{ shard: [1, 1] }, 4010],
    ] as const) {
      const client = await hello();
      client.identify(discord.world.token, more);
      expect(await client.closed()).toBe(code);
    }
    discord.world.intents.GUILD_PRESENCES = false;
    const client = await hello();
    client.identify(discord.world.token);
    expect(await client.closed()).toBe(4014);
  });

  it('a second sign-in on one connection', async () => {
    const { client } = await ready();
    client.identify(discord.world.token);
    expect(await client.closed()).toBe(4005);
  });

  it('more than 120 payloads in 60 s', async () => {
    const client = await hello();
    for (let beat = 0; beat < 120; beat += 1) client.send({ op: 1, d: null });
    await client.until(() => client.said.filter(({ op }) => op === 11).length === 120);
    now += 59_000;
    client.send({ op: 1, d: null });
    expect(await client.closed()).toBe(4008);
  });

  it('two sign-ins within 5 s, and resets the token after a thousand in a day', async () => {
    await ready();
    const hasty = await hello();
    hasty.identify(discord.world.token);
    await hasty.next(({ op, d }) => op === 9 && d === false);
    const { token } = discord.world;
    discord.sessions.remainingOverride = 0;
    now += 6_000;
    const late = await hello();
    late.identify(token);
    expect(await late.closed()).toBe(4004);
    expect(discord.world.token).not.toBe(token);
  });
});

describe('sessions', () => {
  it('are resumed with what was missed, then RESUMED', async () => {
    const { client, session } = await ready();
    const seen = Math.max(...client.said.map(({ s }) => s ?? 0));
    client.close(4900);
    await client.closed();
    discord.world.setStatus(ADA, 'idle');
    const again = await hello();
    again.send({ op: 6, d: { token: discord.world.token, session_id: session, seq: seen } });
    await again.next(({ t }) => t === 'RESUMED');
    expect(again.said.map(({ t }) => t)).toEqual([null, 'PRESENCE_UPDATE', 'RESUMED']);
    expect(again.said[1]?.s).toBe(seen + 1);
  });

  it('are over after 1000, an unknown id, and a sequence from the future', async () => {
    const { client, session } = await ready();
    const early = await hello();
    early.send({ op: 6, d: { token: discord.world.token, session_id: session, seq: 99 } });
    expect(await early.closed()).toBe(4007);
    client.close(1000);
    await client.closed();
    const late = await hello();
    late.send({ op: 6, d: { token: discord.world.token, session_id: session, seq: 1 } });
    expect((await late.next(({ op }) => op === 9)).d).toBe(false);
  });

  it('hear only what their intents are for', async () => {
    const { client } = await ready({ intents: 1 });
    discord.world.setStatus(ADA, 'online');
    discord.world.renameGuild(GUILD, 'Harbour');
    await client.next(({ t }) => t === 'GUILD_UPDATE');
    expect(client.said.some(({ t }) => t === 'PRESENCE_UPDATE')).toBe(false);
  });
});

describe('requests for members', () => {
  it('are limited to one whole server in 30 s, and told when', async () => {
    const { client } = await ready();
    const ask = { op: 8, d: { guild_id: GUILD, query: '', limit: 0, presences: true, nonce: 'n1' } };
    client.send(ask);
    const { d } = await client.next(({ t }) => t === 'GUILD_MEMBERS_CHUNK');
    expect(d).toMatchObject({ chunk_index: 0, chunk_count: 1, nonce: 'n1', presences: [] });
    now += 10_000;
    client.send(ask);
    const limited = await client.next(({ t }) => t === 'RATE_LIMITED');
    expect(limited.d).toEqual({ opcode: 8, retry_after: 20, meta: { guild_id: GUILD, nonce: 'n1' } });
  });

  it('for people name those who are not there', async () => {
    const { client } = await ready();
    client.send({ op: 8, d: { guild_id: GUILD, user_ids: [ADA, '7'] } });
    const { d } = await client.next(({ t }) => t === 'GUILD_MEMBERS_CHUNK');
    expect(d).toMatchObject({ members: [{ user: { id: ADA } }], not_found: ['7'] });
  });
});

describe('REST', () => {
  it('refuses other tokens, other kinds of tokens and unknown servers', async () => {
    const get = async (route: string, authorization = `Bot ${discord.world.token}`) => {
      const response = await fetch(`${discord.apiUrl}/v10${route}`, { headers: { authorization } });
      return { status: response.status, body: await response.json() };
    };
    expect(await get('/gateway/bot', `Bearer ${discord.world.token}`)).toEqual({
      status: 401,
      body: { message: '401: Unauthorized', code: 0 },
    });
    expect(await get('/guilds/9')).toEqual({ status: 404, body: { message: 'Unknown Guild', code: 10004 } });
    expect((await get(`/guilds/${GUILD}/members?limit=1000`)).body).toHaveLength(2);
    expect((await get(`/guilds/${GUILD}/members?limit=1001`)).status).toBe(400);
    discord.world.intents.GUILD_MEMBERS = false;
    expect(await get(`/guilds/${GUILD}/members`)).toMatchObject({ status: 403, body: { code: 50001 } });
    for (let call = 0; call < 60; call += 1) await get('/users/@me');
    expect(await get('/users/@me')).toMatchObject({ status: 429, body: { global: true, retry_after: 1 } });
  });
});

it('is Discord enough for discord.js’ own client', async () => {
  discord.world.setStatus(ADA, 'dnd', ['mobile']);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers, GatewayIntentBits.GuildPresences],
    rest: { api: discord.apiUrl },
  });
  const up = new Promise((resolve) => client.once('clientReady', resolve));
  await client.login(discord.world.token);
  await up;
  const guild = client.guilds.cache.get(GUILD);
  expect(guild?.name).toBe('Harbour Works');
  expect(guild?.presences.cache.get(ADA)).toMatchObject({ status: 'dnd', clientStatus: { mobile: 'dnd' } });
  const told = new Promise((resolve) => client.once('presenceUpdate', (_, presence) => resolve(presence.status)));
  discord.world.setStatus(ADA, 'idle');
  expect(await told).toBe('idle');
  expect((await guild?.members.fetch({ user: [ADA] }))?.get(ADA)?.displayName).toBe('Ada');
  await client.destroy();
});
