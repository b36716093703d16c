import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discordAdapter } from '../../../src/platforms/discord/adapter.ts';
import { type DiscordSettings, discordSettingsSchema } from '../../../src/platforms/discord/manifest.ts';
import { probeAccount } from '../../../src/services/accounts/probe.ts';
import { AccountBudgets } from '../../../src/services/polling/call-budgets.ts';
import { startLocalDiscordApp } from '../../../src/simulator/discord/local-app.ts';
import { ADA, BEN, DiscordBench, ME } from './bench.ts';

let bench: DiscordBench;
beforeEach(async () => {
  bench = new DiscordBench();
  await bench.start();
});
afterEach(() => bench.close());

describe('tokens', () => {
  for (const [what, token, settings] of [
    ['a user’s token with two factors', 'mfa.VkO_2G4Qv3T', {}],
    ['the user’s own token', `${Buffer.from(ME).toString('base64url')}.GhIjKl.signature-of-mine`, { userId: ME }],
    ['a bearer token', 'Bearer 6qrZcUqja7812RVdnEKjpzOL4CvHBFG', {}],
    ['nothing', '  ', {}],
    ['two words', 'not a token', {}],
  ] as const) {
    it(`refuses ${what} before anything is sent`, async () => {
      bench.token = token;
      const error = await bench.failure(bench.connect(settings));
      expect(error).toMatchObject({ code: 'credentials-refused', retry: 'reauth' });
      expect(error.message).toMatch(/bot/);
      expect(bench.simulator.calls).toEqual([]);
      expect(bench.simulator.received).toEqual([]);
    });
  }

  it('refuses one that Discord does not take as a bot’s, without trying it on the gateway', async () => {
    bench.token = `${Buffer.from(ME).toString('base64url')}.GhIjKl.signature-of-mine`;
    const error = await bench.failure(bench.connect());
    expect(error).toMatchObject({ code: 'credentials-refused', params: { status: 401 } });
    expect(error.message).toContain('that of a user account');
    expect(bench.simulator.received).toEqual([]);
    expect(JSON.stringify([error.message, error.params, bench.log])).not.toContain(bench.token);
  });

  it('takes one that was copied with its prefix', async () => {
    bench.token = ` Bot ${bench.world.token}\n`;
    expect(await bench.signIn()).not.toEqual([]);
  });
});

/** What adding an account, or other settings for it, does first. */
const probed = (settings: Partial<DiscordSettings> = {}) => {
  const { accountId, http, clock, random, logger, tokens, ...context } = bench.context(settings);
  const budgets = new AccountBudgets(clock);
  const secrets = { botToken: bench.token };
  return bench.settled(
    probeAccount(discordAdapter, context.settings, secrets, tokens, {
      accountId,
      http,
      clock,
      random,
      logger,
      budgets,
    }),
  );
};

describe('checking a bot', () => {
  it('uses up no sign-in on the gateway, and nobody waits for the next one', async () => {
    expect(await probed({ guildIds: ['200000000000000002'] })).toEqual({
      self: { userId: bench.world.bot.id, displayName: bench.world.bot.username },
      label: 'Studio',
    });
    expect(bench.simulator.received).toEqual([]);
    const before = bench.clock.now();
    await bench.connect();
    expect(bench.clock.now() - before).toBeLessThan(1_000);
    expect(bench.simulator.sessions.identifies).toHaveLength(1);
  });

  for (const [intent, toggle] of [
    ['GUILD_PRESENCES', 'Presence Intent'],
    ['GUILD_MEMBERS', 'Server Members Intent'],
  ] as const) {
    it(`says that “${toggle}” is off, before anybody signs in`, async () => {
      bench.world.intents[intent] = false;
      const error = await bench.failure(probed());
      expect(error).toMatchObject({ code: 'missing-scope', params: { scopes: intent } });
      expect(error.message).toContain(`switch on “${toggle}” under`);
      expect(bench.simulator.received).toEqual([]);
    });
  }

  it('refuses a token that is none of a bot’s', async () => {
    bench.token = `${Buffer.from(ADA).toString('base64url')}.GhIjKl.signature-of-hers`;
    expect(await bench.failure(probed())).toMatchObject({ code: 'credentials-refused', params: { status: 401 } });
    expect(bench.simulator.calls).toHaveLength(1);
  });

  it('lets the gateway decide where the flags are not told', async () => {
    bench.simulator.faults.add({ kind: 'replaced-values', values: { flags: 'odd' } }, { method: '/applications/@me' });
    expect((await probed()).self.userId).toBe(bench.world.bot.id);
  });
});

describe('who one is', () => {
  it('is the account of the settings, and not listed', async () => {
    const people = await bench.signIn({ userId: ME });
    expect(people.map(({ userId }) => userId)).toEqual([ADA, BEN]);
    expect((await bench.own.read(bench.signal)).status.status).toBe('online');
  });

  it('is not whom the account belongs to: that is the bot, whatever else comes to be known', async () => {
    await bench.signIn();
    const { self } = bench.connection;
    expect(self).toEqual({ userId: bench.world.bot.id, displayName: bench.world.bot.username });
    expect(bench.connection.self).toEqual((await probed()).self);
    expect((await probed({ userId: ME })).self).toEqual(self);
  });

  it('comes to be known when the Discord app is started later, and is then no colleague any more', async () => {
    expect((await bench.signIn()).map(({ userId }) => userId)).toEqual([ME, ADA, BEN]);
    const app = await startLocalDiscordApp({ folder: bench.folder, world: bench.world, userId: ME });
    const status = { kind: 'set', status: 'busy', message: 'Hello', emoji: null, until: null } as const;
    await bench.settled(bench.own.apply({ status, doNotDisturb: null }, bench.signal));
    expect(bench.removed).toEqual([ME]);
    expect((await bench.own.read(bench.signal)).status.status).toBe('online');
    expect((await bench.list()).map(({ userId }) => userId)).toEqual([ADA, BEN]);
    await app.close();
  });

  it('is the one who is signed in in the Discord app here, also later when it does not run', async () => {
    const app = await startLocalDiscordApp({ folder: bench.folder, world: bench.world, userId: ME });
    const people = await bench.signIn();
    expect(people.map(({ userId }) => userId)).toEqual([ADA, BEN]);
    await bench.until('the app to be let go', () => app.openSockets() === 0);
    await app.close();
    await bench.connection.close();
    await bench.clock.advance(6_000);
    expect((await bench.signIn()).map(({ userId }) => userId)).toEqual([ADA, BEN]);
  });

  it('leaves the account to be called after its one server', async () => {
    await bench.connect({ guildIds: ['200000000000000002'] });
    expect(bench.connection.label).toBe('Studio');
    await bench.connection.close();
    await bench.clock.advance(6_000);
    await bench.connect();
    expect(bench.connection.label).toBeUndefined();
  });

  it('is a colleague as the others where nothing is known', async () => {
    expect((await bench.signIn()).map(({ userId }) => userId)).toEqual([ME, ADA, BEN]);
  });
});

describe('settings', () => {
  it('take https, or http on this machine, and ids of servers', () => {
    const valid = (settings: unknown) => discordSettingsSchema.safeParse(settings).success;
    expect(valid({})).toBe(true);
    expect(valid({ apiUrl: 'http://127.0.0.1:8080/api', guildIds: ['123456789012345678'] })).toBe(true);
    expect(valid({ apiUrl: 'http://discord.example/api' })).toBe(false);
    expect(valid({ guildIds: ['Harbour Works'] })).toBe(false);
    expect(valid({ guildIds: [] })).toBe(false);
    expect(valid({ userToken: 'x' })).toBe(false);
  });

  it('take the address with its version too', async () => {
    await bench.connect({ apiUrl: `${bench.simulator.apiUrl}/v10/` });
    expect(bench.simulator.calls.map(({ route }) => route)).toEqual(['/gateway/bot']);
  });
});

describe('pictures and links', () => {
  it('come from the CDN beside the API, without the token', async () => {
    await bench.signIn();
    const key = bench.identities.get(ADA)?.avatarKey ?? '';
    expect(key).toBe(`avatars/${ADA}/a1b2c3.png`);
    const picture = await bench.connection.avatars?.load(key, bench.signal);
    expect(picture?.mediaType).toBe('image/png');
    expect(bench.identities.get(BEN)?.avatarKey).toBe(null);
    expect(await bench.connection.avatars?.load('../../api/v10/users/@me', bench.signal)).toBe(null);
  });

  it('tell emoji of one name in two servers apart', async () => {
    await bench.signIn();
    for (const [id, name] of [
      ['500000000000000001', ':harbour:'],
      ['500000000000000002', ':harbour~1:'],
    ] as const) {
      bench.world.setStatus(ADA, 'online');
      bench.world.setCustomStatus(ADA, { text: id, emoji: { name: 'harbour', id } });
      await bench.until('the status', () => bench.latest(ADA)?.message === id);
      expect(bench.latest(ADA)?.emoji).toBe(name);
      const picture = await bench.connection.emoji?.load(name.replaceAll(':', ''), bench.signal);
      expect(picture?.mediaType).toBe('image/png');
    }
    expect(await bench.connection.emoji?.load('nobody', bench.signal)).toBe(null);
  });

  it('open a chat in Discord’s own app', async () => {
    await bench.signIn();
    expect(bench.connection.chatUrl(ADA)).toBe(`discord://-/users/${ADA}`);
    expect(bench.connection.chatUrl('../../evil')).toBe(null);
  });
});
