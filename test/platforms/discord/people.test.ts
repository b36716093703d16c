import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmojiNames } from '../../../src/platforms/discord/emoji-names.ts';
import { People } from '../../../src/platforms/discord/people.ts';
import { guildSchema } from '../../../src/platforms/discord/schema.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ADA, BEN, DiscordBench, HARBOUR, ME, STUDIO } from './bench.ts';

let bench: DiscordBench;
beforeEach(async () => {
  bench = new DiscordBench();
  await bench.start();
});
afterEach(() => bench.close());

const about = (userId: string) => bench.observations.filter((observation) => observation.userId === userId);
const wholeServerRequests = () =>
  bench.simulator.received.filter(({ op, userIds }) => op === 8 && userIds.length === 0);

/** A third server, with so many more people. */
function addCrowd(count: number, id = '200000000000000009'): string[] {
  const ids = Array.from({ length: count }, (_, index) => `3${id.slice(-3)}000000000${String(index).padStart(5, '0')}`);
  for (const userId of ids) bench.world.addUser({ id: userId, username: `visitor-${userId}` });
  bench.world.addGuild({ id, name: `Crowd ${id}`, members: ids });
  return ids;
}

describe('people', () => {
  it('are listed once, with the servers as groups, the nickname first, and no bots', async () => {
    bench.world.setNick(STUDIO, ADA, 'Countess');
    const people = await bench.signIn({ userId: ME });
    expect(people.map(({ userId, displayName, groups }) => ({ userId, displayName, groups }))).toEqual([
      { userId: ADA, displayName: 'Countess', groups: ['Harbour Works', 'Studio'] },
      { userId: BEN, displayName: 'ben', groups: ['Harbour Works'] },
    ]);
    expect(bench.identities.has(ME)).toBe(false);
  });

  it('are told once although an update comes for each server that they share', async () => {
    await bench.signIn();
    const before = about(ADA).length;
    bench.world.setStatus(ADA, 'idle', ['mobile']);
    await bench.until('the update', () => bench.latest(ADA)?.status === 'idle');
    await bench.arrived();
    expect(about(ADA)).toHaveLength(before + 1);
  });

  it('keep what an update leaves out', async () => {
    bench.world.setStatus(ADA, 'online', ['web']);
    bench.world.setCustomStatus(ADA, { text: 'Pairing' });
    await bench.signIn();
    bench.world.tellPresence(ADA, { status: 'dnd', activities: undefined, client_status: undefined });
    await bench.until('the update', () => bench.latest(ADA)?.status === 'busy');
    expect(bench.latest(ADA)).toMatchObject({ message: 'Pairing', rawStatus: 'dnd (web)' });
  });

  it('come, are renamed and go', async () => {
    await bench.signIn();
    const newcomer = '100000000000000009';
    bench.world.addUser({ id: newcomer, username: 'carol' });
    bench.world.setStatus(newcomer, 'online');
    bench.world.join(HARBOUR, newcomer);
    await bench.until('the newcomer', () => bench.identities.has(newcomer));
    // Discord does not tell the presence of who joins: it is asked for.
    await bench.until('the presence', () => bench.latest(newcomer)?.status === 'online', 500);
    bench.world.setNick(HARBOUR, newcomer, 'Carol C.');
    await bench.until('the name', () => bench.identities.get(newcomer)?.displayName === 'Carol C.');
    bench.world.leave(HARBOUR, newcomer);
    await bench.until('the farewell', () => bench.removed.includes(newcomer));
  });

  it('stay while they share another server with the bot', async () => {
    await bench.signIn();
    bench.world.leave(STUDIO, ADA);
    bench.world.leave(HARBOUR, BEN);
    await bench.until('the farewell', () => bench.removed.length > 0);
    expect(bench.removed).toEqual([BEN]);
    bench.world.setStatus(ADA, 'online');
    await bench.until('the update', () => bench.latest(ADA)?.status === 'online');
  });

  it('are not read while they are opted out, and asked about by id when they are in again', async () => {
    bench.optedOut.add(ADA);
    bench.world.setStatus(ADA, 'online');
    const people = await bench.signIn();
    expect(people.find(({ userId }) => userId === ADA)).toMatchObject({ displayName: 'Ada Lovelace', avatarKey: null });
    bench.world.setStatus(ADA, 'idle');
    await bench.arrived();
    expect(about(ADA)).toEqual([]);
    bench.optedOut.delete(ADA);
    await bench.list();
    await bench.until('the answer', () => bench.latest(ADA)?.status === 'idle', 100);
    expect(bench.latest(ADA)?.replayed).toBe(true);
  });
});

describe('large servers', () => {
  it('are asked for in chunks, at most once in 30 s each, with everybody who is offline', async () => {
    const crowd = addCrowd(2_400);
    bench.world.setStatus(crowd[7] ?? '', 'dnd');
    const people = await bench.signIn();
    expect(people).toHaveLength(2_400 + 3);
    expect(bench.latest(crowd[7] ?? '')).toMatchObject({ status: 'busy', replayed: true });
    expect(bench.latest(crowd[8] ?? '')).toMatchObject({ status: 'offline' });
    expect(wholeServerRequests()).toHaveLength(1);
    bench.simulator.sessions.endAll();
    bench.simulator.gateway.close(4009);
    await bench.until('the loss', () => bench.lost.length > 0);
    await bench.reconnect();
    expect(await bench.list()).toHaveLength(2_403);
    const [first, second] = wholeServerRequests();
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
    expect(bench.removed).toEqual([]);
  });

  it('are asked for again when Discord says to wait, and not before', async () => {
    bench.simulator.faults.add(
      { kind: 'rate-limited', retryAfterSeconds: 17 },
      { method: 'request-guild-members', times: 1 },
    );
    addCrowd(300);
    const started = bench.clock.now();
    expect(await bench.signIn()).toHaveLength(303);
    const [first, second] = wholeServerRequests();
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(17_000);
    expect(bench.clock.now() - started).toBeLessThan(60_000);
  });

  it('lose those whom Discord does not find there any more', async () => {
    const crowd = addCrowd(300);
    await bench.signIn();
    const [first = ''] = crowd;
    bench.optedOut.add(first);
    await bench.list();
    bench.optedOut.delete(first);
    bench.world.guild('200000000000000009').members.delete(first);
    await bench.list();
    await bench.until('the news', () => bench.removed.includes(first));
    expect(bench.removed).toEqual([first]);
  });

  it('are asked for again when no answer comes; nobody is removed meanwhile', async () => {
    const crowd = addCrowd(300);
    await bench.signIn();
    bench.simulator.faults.add({ kind: 'hang' }, { method: 'request-guild-members', times: 1 });
    bench.simulator.sessions.endAll();
    bench.simulator.gateway.close(4009);
    await bench.until('the loss', () => bench.lost.length > 0);
    await bench.reconnect();
    bench.world.leave('200000000000000009', crowd[0] ?? '');
    const started = bench.clock.now();
    expect(await bench.list()).toHaveLength(302);
    expect(bench.clock.now() - started).toBeGreaterThanOrEqual(30_000);
    expect(wholeServerRequests()).toHaveLength(3);
    expect(bench.removed).toEqual([crowd[0]]);
  });

  it('do not make people offline whom Discord does not list, above 75,000 members', () => {
    const clock = new FakeClock();
    const people = new People({
      now: () => clock.now(),
      timeZone: () => 'UTC',
      isOptedOut: () => false,
      emoji: new EmojiNames(),
    });
    const guild = (member_count: number) =>
      guildSchema.parse({
        id: '1',
        name: 'City',
        large: true,
        member_count,
        members: [{ user: { id: ADA } }],
        presences: [],
      });
    people.beginSession(['1']);
    expect(people.server(guild(80_000)).observations).toEqual([]);
    expect(people.server(guild(70_000)).observations).toMatchObject([{ userId: ADA, status: 'offline' }]);
  });
});

describe('servers', () => {
  it('with an outage leave those unknown who are in no other; afterwards they are told anew', async () => {
    bench.world.setStatus(ADA, 'online');
    bench.world.setStatus(BEN, 'online');
    await bench.signIn();
    bench.world.outage(HARBOUR);
    await bench.until('the outage', () => bench.latest(BEN)?.status === 'unknown');
    expect(bench.latest(ADA)?.status).toBe('online');
    expect(await bench.list()).toHaveLength(2 + 1);
    bench.world.back(HARBOUR);
    await bench.until('the end', () => bench.latest(BEN)?.status === 'online');
    expect(bench.latest(BEN)?.replayed).toBe(true);
    expect(bench.removed).toEqual([]);
  });

  it('with an outage from the start make listing fail after the others, so that nobody of them counts as gone', async () => {
    bench.world.outage(HARBOUR);
    await bench.connect({ userId: ME });
    const listed: string[] = [];
    const walk = async (): Promise<void> => {
      for await (const page of bench.connection.roster?.list(bench.signal) ?? []) {
        listed.push(...page.map(({ userId }) => userId));
      }
    };
    expect(await bench.failure(bench.settled(walk()))).toMatchObject({ code: 'platform-unavailable', retry: 'later' });
    expect(listed).toEqual([ADA]);
    bench.world.back(HARBOUR);
    expect(await bench.list()).toHaveLength(2);
  });

  it('that a new session does not bring leave their people unknown, not as they were', async () => {
    bench.world.setStatus(BEN, 'online');
    await bench.signIn();
    bench.simulator.gateway.close(4009);
    await bench.until('the loss', () => bench.lost.length > 0);
    bench.world.outage(HARBOUR);
    await bench.reconnect();
    await bench.until('the outage', () => bench.latest(BEN)?.status === 'unknown', 500);
    expect(bench.removed).toEqual([]);
  });

  it('that throw the bot out take their people along', async () => {
    await bench.signIn({ userId: ME });
    bench.world.expelBot(HARBOUR);
    await bench.until('the farewell', () => bench.removed.length > 0);
    expect(bench.removed).toEqual([BEN]);
  });

  it('that were left while nobody was connected take them along too', async () => {
    await bench.signIn({ userId: ME });
    bench.simulator.gateway.close(4009);
    await bench.until('the loss', () => bench.lost.length > 0);
    bench.world.expelBot(HARBOUR);
    bench.simulator.sessions.endAll();
    await bench.reconnect();
    expect(bench.removed).toEqual([BEN]);
  });

  it('come in while Muster runs, and are renamed', async () => {
    await bench.signIn();
    const crowd = addCrowd(3);
    await bench.until('the people', () => bench.identities.has(crowd[2] ?? ''));
    bench.world.renameGuild('200000000000000009', 'Annex');
    await bench.until('the name', () => bench.identities.get(crowd[2] ?? '')?.groups[0] === 'Annex');
  });

  it('can be chosen; one that the bot is not in is named', async () => {
    const elsewhere = '299999999999999999';
    const people = await bench.signIn({ guildIds: [STUDIO, elsewhere], userId: ME });
    expect(people.map(({ userId }) => userId)).toEqual([ADA]);
    expect(bench.connection.notices).toEqual([expect.stringContaining(elsewhere)]);
    bench.world.setStatus(BEN, 'online');
    addCrowd(3);
    await bench.arrived();
    expect([...bench.identities.keys()]).toEqual([ADA]);
  });

  it('none at all is told with the address of the invitation', async () => {
    bench.world.expelBot(HARBOUR);
    bench.world.expelBot(STUDIO);
    expect(await bench.signIn()).toEqual([]);
    expect(bench.connection.notices).toEqual([
      expect.stringContaining(
        `https://discord.com/oauth2/authorize?client_id=${bench.world.bot.id}&scope=bot&permissions=0`,
      ),
    ]);
    addCrowd(3);
    await bench.until('the people', () => bench.identities.size > 0);
    expect(bench.connection.notices).toEqual([]);
    bench.world.expelBot('200000000000000009');
    await bench.until('the farewell', () => bench.removed.length > 0);
    expect(bench.connection.notices).toHaveLength(1);
  });
});
