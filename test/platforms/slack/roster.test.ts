import { afterEach, describe, expect, it } from 'vitest';
import { type BelievableWorkspace, populateBelievably } from '../../../src/simulator/slack/believable-workspace.ts';
import { mostCallsInAnyMinute } from '../../../src/simulator/slack/call-log.ts';
import { type SlackBench, startSlackBench } from './bench.ts';

let bench: SlackBench;
afterEach(async () => {
  bench.abort.abort();
  await bench.simulator.close();
});

describe('Slack’s roster', () => {
  it('lists 300 people page by page, without bots, Slackbot, former members and oneself', async () => {
    let team: BelievableWorkspace | undefined;
    bench = await startSlackBench({
      populate: (workspace) => {
        team = populateBelievably(workspace, { people: 299 });
      },
    });
    const connection = await bench.connect();
    const people = await bench.list(connection);
    expect(new Set(people.map(({ userId }) => userId))).toEqual(new Set(['U0ADA', ...(team?.people ?? [])]));
    expect(people).toHaveLength(300);
    expect(bench.simulator.calls.filter(({ method }) => method === 'users.list').length).toBeGreaterThan(1);
    expect(bench.removed).toEqual([]);
  });

  it('tells names, the address, the zone and a picture that can be loaded', async () => {
    bench = await startSlackBench({
      populate: (workspace) => {
        workspace.addUser({ id: 'U0RND', name: 'rnd', realName: 'R&amp;D &lt;Lab&gt;', tz: 'Asia/Tokyo' });
      },
    });
    const connection = await bench.connect();
    const people = await bench.list(connection);
    const ada = people.find(({ userId }) => userId === 'U0ADA');
    expect(ada).toMatchObject({ displayName: 'ada', email: 'ada@example.org', timeZone: 'Europe/London', groups: [] });
    expect(people.find(({ userId }) => userId === 'U0RND')).toMatchObject({
      displayName: 'R&D <Lab>',
      email: null,
      timeZone: 'Asia/Tokyo',
    });
    const picture = await connection.avatars?.load(ada?.avatarKey ?? '', bench.signal);
    expect(picture?.mediaType).toBe('image/png');
    expect(picture?.bytes.length).toBeGreaterThan(100);
  });

  it('gives no address without the permission for it', async () => {
    const scopes = ['users:read', 'users.profile:read', 'users.profile:write', 'users:write', 'dnd:read', 'dnd:write'];
    bench = await startSlackBench({ scopes });
    const people = await bench.list(await bench.connect());
    expect(people.map(({ email }) => email)).toEqual([null]);
  });

  it('reports people who were deactivated since the last listing as gone, once', async () => {
    bench = await startSlackBench();
    const connection = await bench.connect();
    await bench.list(connection);
    bench.simulator.workspace.deactivateUser('U0ADA');
    expect(await bench.list(connection)).toEqual([]);
    expect(bench.removed).toEqual(['U0ADA']);
    await bench.list(connection);
    expect(bench.removed).toEqual(['U0ADA']);
    bench.simulator.workspace.reactivateUser('U0ADA');
    expect((await bench.list(connection)).map(({ userId }) => userId)).toEqual(['U0ADA']);
  });

  it('keeps of opted-out people the name alone, asks nothing about them, and does not call them gone', async () => {
    bench = await startSlackBench();
    const connection = await bench.connect();
    await bench.list(connection);
    bench.optedOut.add('U0ADA');
    bench.simulator.workspace.setStatus('U0ADA', { text: 'Private' });
    expect(await bench.list(connection)).toEqual([
      { userId: 'U0ADA', displayName: 'ada', email: null, avatarKey: null, timeZone: null, groups: [] },
    ]);
    await bench.look(connection, 'U0ADA');
    await bench.lookAtWindows(connection, 'U0ADA');
    expect(bench.removed).toEqual([]);
    expect(bench.observations).toEqual([]);
    expect(bench.simulator.calls.filter(({ method }) => /getPresence|teamInfo/.test(method))).toEqual([]);
  });

  it('asks again after its refresh time without passing users.list’s limit', async () => {
    bench = await startSlackBench({ populate: (workspace) => void populateBelievably(workspace, { people: 250 }) });
    const connection = await bench.connect();
    for (let round = 0; round < 15; round += 1) await bench.list(connection);
    expect(mostCallsInAnyMinute(bench.simulator.calls, 'users.list')).toBeLessThanOrEqual(20);
    expect(bench.simulator.calls.some(({ status }) => status === 429)).toBe(false);
  });

  it('is not complete when a page fails, and nobody counts as gone then', async () => {
    bench = await startSlackBench({ populate: (workspace) => void populateBelievably(workspace, { people: 250 }) });
    const connection = await bench.connect();
    await bench.list(connection);
    bench.simulator.faults.add({ kind: 'truncated-body' }, { method: 'users.list', times: 1 });
    await expect(bench.list(connection)).rejects.toMatchObject({ retry: 'later' });
    expect(bench.removed).toEqual([]);
  });
});
