import { afterEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/platforms/platform.ts';
import { type SlackBench, startSlackBench } from './bench.ts';

let bench: SlackBench;
let connection: Connection;
afterEach(async () => {
  await connection.close();
  expect(bench.clock.pending, 'timers left').toBe(0);
  await bench.until('the sockets to close', () => bench.simulator.events.open === 0);
  bench.abort.abort();
  await bench.simulator.close();
});

/** Signed in with an event socket, Ada listed and looked at. */
async function withSocket(): Promise<void> {
  bench = await startSlackBench({ eventTimes: { acknowledgeMs: 2_000, retryMs: [0, 300, 1_000], farewellMs: 150 } });
  bench.appToken = bench.simulator.workspace.issueToken({ userId: 'U0ME', kind: 'app' });
  bench.simulator.workspace.setPresence('U0ADA', 'active');
  connection = await bench.connect();
  await bench.until('the socket', () => bench.simulator.events.open === 1);
  await bench.list(connection);
  await bench.look(connection, 'U0ADA');
}

const counts = () => bench.simulator.events.counts;
const acknowledged = (events: number) => bench.until('acknowledgements', () => counts().acknowledged >= events);

describe('Slack’s events', () => {
  it('tell statuses, huddles and do-not-disturb at once, on the presence that was last looked at', async () => {
    await withSocket();
    expect(connection.notices).toEqual([]);
    const { workspace } = bench.simulator;
    const { observedAt } = bench.latest('U0ADA') ?? {};
    await bench.clock.advance(30_000);
    const calls = bench.simulator.calls.length;

    workspace.setStatus('U0ADA', { text: 'Pairing', emoji: ':headphones:' });
    await bench.until('the status', () => bench.latest('U0ADA')?.message === 'Pairing');
    expect(bench.latest('U0ADA')).toMatchObject({
      status: 'online',
      emoji: '🎧',
      replayed: false,
      source: 'poll',
      observedAt,
    });

    workspace.startHuddle('U0ADA');
    await bench.until('the huddle', () => bench.latest('U0ADA')?.status === 'busy');
    expect(bench.latest('U0ADA')).toMatchObject({ activities: [{ kind: 'in-a-call', detail: null }], observedAt });
    workspace.endHuddle('U0ADA');
    await bench.until('its end', () => bench.latest('U0ADA')?.status === 'online');

    const now = bench.clock.now();
    workspace.setDnd('U0ADA', { start: now - 60_000, end: now + 60_000 });
    await bench.until('do-not-disturb', () => bench.latest('U0ADA')?.doNotDisturb === true);
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'busy', observedAt });
    expect(bench.simulator.calls.length).toBe(calls);
  });

  it('say nothing of people whose presence nobody has looked at yet', async () => {
    await withSocket();
    bench.simulator.workspace.addUser({ id: 'U0NEW', name: 'new', realName: 'New Person' });
    bench.simulator.workspace.startHuddle('U0NEW');
    await acknowledged(3);
    expect(bench.latest('U0NEW')).toBeUndefined();
  });

  it('are acknowledged one and all, and each taken once however often it comes', async () => {
    await withSocket();
    bench.simulator.workspace.setStatus('U0ADA', { text: 'Once' });
    await acknowledged(2);
    const reported = bench.observations.length;
    const identities = bench.identities.length;
    const named = (event_id: string, real_name: string) => {
      const event = { type: 'user_change', user: { id: 'U0ADA', real_name } };
      const payload = { type: 'event_callback', event_id, team_id: 'T0SIM00001', event };
      bench.simulator.events.sendRaw(JSON.stringify({ type: 'events_api', envelope_id: event_id, payload }));
    };
    named('Ev1', 'Ada King');
    named('Ev2', 'Ada Lovelace');
    named('Ev1', 'Ada King');
    await bench.until('three acknowledgements', () => counts().strays === 3);
    expect(bench.identities.slice(identities).map(({ displayName }) => displayName)).toEqual([
      'Ada King',
      'Ada Lovelace',
    ]);
    expect(bench.observations.length).toBe(reported);
    expect(counts()).toMatchObject({ repeated: 0, lost: 0 });
  });

  it('keep the roster true: renamed, joined, deactivated, back again', async () => {
    await withSocket();
    const { workspace } = bench.simulator;
    workspace.renameUser('U0ADA', { realName: 'Ada King', displayName: 'Ada King' });
    await bench.until('the name', () => bench.identities.at(-1)?.displayName === 'Ada King');
    workspace.addUser({ id: 'U0BEN', name: 'ben', realName: 'Ben Okoro' });
    await bench.until('Ben', () => bench.identities.at(-1)?.userId === 'U0BEN');
    workspace.addUser({ id: 'U0BOT', name: 'deploys', realName: 'Deploys', kind: 'bot' });
    workspace.deactivateUser('U0BEN');
    await bench.until('Ben’s end', () => bench.removed.includes('U0BEN'));
    expect((await bench.list(connection)).map(({ userId }) => userId)).toEqual(['U0ADA']);
    expect(bench.removed).toEqual(['U0BEN']);
    await bench.clock.advance(1_000);
    workspace.reactivateUser('U0BEN');
    await bench.until('Ben again', () => bench.identities.filter(({ userId }) => userId === 'U0BEN').length === 2);
    expect((await bench.list(connection)).map(({ userId }) => userId)).toEqual(['U0ADA', 'U0BEN']);
    expect(bench.removed).toEqual(['U0BEN']);
    expect(bench.identities.some(({ userId }) => userId === 'U0BOT')).toBe(false);
  });

  it('are not undone by a listing that was made before, nor by an older event', async () => {
    await withSocket();
    const member = (name: string, updated: number, event_id: string) =>
      JSON.stringify({
        type: 'events_api',
        envelope_id: event_id,
        payload: {
          type: 'event_callback',
          event_id,
          team_id: 'T0SIM00001',
          event: {
            type: 'user_change',
            user: { id: 'U0ADA', real_name: name, updated, profile: { status_text: name } },
          },
        },
      });
    const later = Math.floor(bench.clock.now() / 1000) + 60;
    bench.simulator.events.sendRaw(member('Newest', later, 'Ev2'));
    await bench.until('the newest', () => bench.latest('U0ADA')?.message === 'Newest');
    bench.simulator.events.sendRaw(member('Older', later - 30, 'Ev1'));
    await bench.until('the older one', () => counts().strays === 2);
    expect((await bench.list(connection)).map(({ displayName }) => displayName)).toEqual(['Newest']);
    expect(bench.latest('U0ADA')?.message).toBe('Newest');
  });

  it('about people who opted out are not read', async () => {
    await withSocket();
    bench.optedOut.add('U0ADA');
    const before = [bench.observations.length, bench.identities.length];
    const { workspace } = bench.simulator;
    workspace.setStatus('U0ADA', { text: 'Private' });
    workspace.renameUser('U0ADA', { realName: 'Ada King' });
    workspace.setDnd('U0ADA', { start: bench.clock.now(), end: bench.clock.now() + 60_000 });
    await acknowledged(5);
    expect([bench.observations.length, bench.identities.length]).toEqual(before);
    expect(bench.logger.lines.join()).not.toMatch(/Ada|Private/);
  });

  it('of another workspace that has the app are left alone', async () => {
    await withSocket();
    const identities = bench.identities.length;
    const payload = {
      type: 'event_callback',
      event_id: 'EvX',
      team_id: 'T0OTHER',
      event: { type: 'user_change', user: { id: 'U0ADA', real_name: 'Somebody else' } },
    };
    bench.simulator.events.sendRaw(JSON.stringify({ type: 'events_api', envelope_id: 'e-x', payload }));
    await bench.until('the acknowledgement', () => counts().strays === 1);
    expect(bench.identities.length).toBe(identities);
  });

  it('about oneself say that the own status is to be read back, and not after what was just read', async () => {
    await withSocket();
    if (connection.ownStatus) await bench.during(connection.ownStatus.read(bench.signal));
    const { workspace } = bench.simulator;
    workspace.setStatus('U0ME', { text: 'By hand' });
    await bench.until('the status', () => bench.ownChanges === 1);
    workspace.setSnooze('U0ME', bench.clock.now() + 60_000);
    await bench.until('the snooze', () => bench.ownChanges === 2);
    expect(bench.identities.some(({ userId }) => userId === 'U0ME')).toBe(false);
    if (connection.ownStatus) await bench.during(connection.ownStatus.read(bench.signal));
    workspace.renameUser('U0ME', { title: 'Rear admiral' });
    await acknowledged(5);
    expect(bench.ownChanges).toBe(2);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no type', '{"envelope_id":"x"}'],
    ['an event without payload', '{"type":"events_api","envelope_id":"x"}'],
    [
      'an event without event',
      '{"type":"events_api","envelope_id":"x","payload":{"type":"event_callback","event_id":"E"}}',
    ],
    [
      'an event named like the client’s own',
      '{"type":"events_api","envelope_id":"x","payload":{"type":"event_callback","event_id":"E","team_id":"T0SIM00001","event":{"type":"close"}}}',
    ],
    ['a frame named like the client’s own', '{"type":"close","envelope_id":"x"}'],
    [
      'a member of wrong types',
      '{"type":"events_api","envelope_id":"x","payload":{"type":"event_callback","event_id":"E","team_id":"T0SIM00001","event":{"type":"user_change","user":{"id":"U0ADA","deleted":"no"}}}}',
    ],
    ['a slash command', '{"type":"slash_commands","envelope_id":"x","payload":{"command":"/x"}}'],
  ])('survive %s', async (_what, text) => {
    await withSocket();
    bench.simulator.events.sendRaw(text);
    bench.simulator.workspace.setStatus('U0ADA', { text: 'Still here' });
    await bench.until('the next status', () => bench.latest('U0ADA')?.message === 'Still here');
    expect(bench.simulator.events.open).toBe(1);
    await bench.until('its acknowledgement', () => counts().strays === (text.includes('"x"') ? 1 : 0));
  });
});

describe('A sign-in that ends on Slack’s side', () => {
  const authTests = () => bench.simulator.calls.filter(({ method }) => method === 'auth.test').length;

  it.each([
    ['the token is revoked', () => bench.simulator.workspace.revokeToken(bench.token)],
    ['the app is taken out of the workspace', () => bench.simulator.workspace.uninstallApp()],
  ])('is told at once when %s, although nobody asks for anything', async (_what, deed) => {
    await withSocket();
    deed();
    await bench.until('the end', () => bench.lost.length > 0);
    expect(bench.lost.map(({ code, retry }) => [code, retry])).toEqual([['token-revoked', 'reauth']]);
  });

  it('goes on when another token of the same person was revoked', async () => {
    await withSocket();
    const other = bench.simulator.workspace.issueToken({ userId: 'U0ME' });
    const before = authTests();
    bench.simulator.workspace.revokeToken(other);
    await bench.until('the check', () => authTests() === before + 1);
    bench.simulator.workspace.setStatus('U0ADA', { text: 'Still here' });
    await bench.until('the next event', () => bench.latest('U0ADA')?.message === 'Still here');
    expect(bench.lost).toEqual([]);
  });

  it('is nothing to ask about when somebody else’s token was revoked', async () => {
    await withSocket();
    const before = authTests();
    bench.simulator.workspace.revokeToken(bench.simulator.workspace.issueToken({ userId: 'U0ADA' }));
    bench.simulator.workspace.setStatus('U0ADA', { text: 'Afterwards' });
    await bench.until('the next event', () => bench.latest('U0ADA')?.message === 'Afterwards');
    expect(authTests()).toBe(before);
  });
});
