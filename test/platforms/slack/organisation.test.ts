import { afterEach, describe, expect, it } from 'vitest';
import { type SlackBench, startSlackBench } from './bench.ts';

let bench: SlackBench;
afterEach(async () => {
  bench.abort.abort();
  await bench.simulator.close();
});

const ORGANISATION = { id: 'E0GROUP', name: 'Harbour Group' };
const OTHER_TEAM = { teamId: 'T0STUDIO', name: 'Northlight Studio' };

/** Signed in with the organisation's token instead of a workspace's. */
async function withOrgToken(otherTeams: readonly (typeof OTHER_TEAM)[] = []): Promise<void> {
  bench = await startSlackBench({
    identity: { enterprise: ORGANISATION },
    otherTeams,
    populate: (workspace) => {
      workspace.addUser({ id: 'W0CLEO', name: 'cleo', realName: 'Cleo Marsh' });
      workspace.setPresence('W0CLEO', 'active');
      workspace.setDnd('W0CLEO', { start: workspace.now() - 60_000, end: workspace.now() + 60_000 });
    },
  });
  bench.token = bench.simulator.workspace.issueToken({ userId: 'U0ME', orgWide: true });
}

const teamIds = (method: string) =>
  bench.simulator.calls.filter((call) => call.method === method).map(({ params }) => params.team_id);

describe('an organisation’s token (Enterprise Grid)', () => {
  it('works in the only workspace that has the app, which every call that needs it names', async () => {
    await withOrgToken();
    const connection = await bench.connect();
    expect(connection.label).toBe('Harbour Works');
    expect(connection.chatUrl('W0CLEO')).toBe('slack://user?team=T0SIM00001&id=W0CLEO');
    expect((await bench.list(connection)).map(({ userId }) => userId)).toContain('W0CLEO');
    await bench.look(connection, 'W0CLEO');
    await bench.lookAtWindows(connection, 'W0CLEO');
    expect(bench.latest('W0CLEO')).toMatchObject({ status: 'busy', doNotDisturb: true });
    if (connection.ownStatus) await bench.during(connection.ownStatus.read(bench.signal));
    for (const method of ['users.list', 'dnd.teamInfo', 'dnd.info']) expect(teamIds(method)).toEqual(['T0SIM00001']);
    for (const method of ['users.getPresence', 'users.profile.get'])
      expect(teamIds(method)).not.toContain('T0SIM00001');
    expect(bench.simulator.calls.filter(({ error }) => error !== null)).toEqual([]);
    await connection.close();
  });

  it('asks for the workspace, by name and id, where there are several', async () => {
    await withOrgToken([OTHER_TEAM]);
    await expect(bench.connect()).rejects.toMatchObject({
      code: 'invalid-settings',
      message: expect.stringContaining('Harbour Works (T0SIM00001), Northlight Studio (T0STUDIO)'),
    });
    const settings = { apiUrl: bench.simulator.apiUrl, teamId: 'T0SIM00001' };
    const connection = await bench.connect({ settings });
    expect(connection.label).toBe('Harbour Works');
    expect((await bench.list(connection)).length).toBe(2);
    await connection.close();
  });

  it('is refused in a workspace that does not have the app', async () => {
    await withOrgToken();
    const settings = { apiUrl: bench.simulator.apiUrl, teamId: 'T0ELSE' };
    await expect(bench.connect({ settings })).rejects.toMatchObject({ code: 'invalid-settings' });
  });

  it('gets its events, also those that name the organisation alone', async () => {
    await withOrgToken();
    bench.appToken = bench.simulator.workspace.issueToken({ userId: 'U0ME', kind: 'app' });
    const connection = await bench.connect();
    await bench.until('the socket', () => bench.simulator.events.open === 1);
    const event = (event_id: string, place: object, name: string) =>
      bench.simulator.events.sendRaw(
        JSON.stringify({
          type: 'events_api',
          envelope_id: event_id,
          payload: {
            type: 'event_callback',
            event_id,
            ...place,
            event: { type: 'user_change', user: { id: 'W0CLEO', name } },
          },
        }),
      );
    event('Ev1', { team_id: 'T0SIM00001', enterprise_id: 'E0GROUP' }, 'by-team');
    event('Ev2', { team_id: null, enterprise_id: 'E0GROUP' }, 'by-organisation');
    event('Ev3', { team_id: 'T0STUDIO', enterprise_id: 'E0GROUP' }, 'other-team');
    event('Ev4', { enterprise_id: 'E0ELSE' }, 'other-organisation');
    event('Ev5', { team_id: 'T0STUDIO', authorizations: [{ team_id: 'T0SIM00001' }] }, 'through-a-shared-channel');
    await bench.until('all of them', () => bench.simulator.events.counts.strays === 5);
    expect(bench.identities.map(({ displayName }) => displayName)).toEqual([
      'by-team',
      'by-organisation',
      'through-a-shared-channel',
    ]);
    await connection.close();
  });
});

describe('a workspace’s token in an organisation', () => {
  it('needs no workspace, and says when the settings name another one', async () => {
    bench = await startSlackBench({ identity: { enterprise: ORGANISATION } });
    const connection = await bench.connect();
    await bench.list(connection);
    expect(teamIds('users.list')).toEqual([undefined]);
    await connection.close();
    const settings = { apiUrl: bench.simulator.apiUrl, teamId: 'T0ELSE' };
    await expect(bench.connect({ settings })).rejects.toMatchObject({
      code: 'invalid-settings',
      params: { wanted: 'T0ELSE', actual: 'T0SIM00001' },
    });
  });
});

describe('whom the roster shows', () => {
  it('guests and people of shared channels are colleagues; strangers and bots of every kind are not', async () => {
    bench = await startSlackBench({
      identity: { enterprise: ORGANISATION },
      populate: (workspace) => {
        const add = (id: string, more: object) =>
          workspace.addUser({ id, name: id.toLowerCase(), realName: id, ...more });
        add('U0GUEST', { isRestricted: true });
        add('U0SINGLE', { isRestricted: true, isUltraRestricted: true });
        add('W0SHARED', { teamId: 'T0PARTNER' });
        add('W0STRANGER', { teamId: 'T0PARTNER', isStranger: true });
        add('U0BOT', { kind: 'bot' });
      },
    });
    const connection = await bench.connect();
    const listed = (await bench.list(connection)).map(({ userId }) => userId);
    expect(listed.toSorted()).toEqual(['U0ADA', 'U0GUEST', 'U0SINGLE', 'W0SHARED']);
    await connection.close();
  });

  it('people whom a guest’s token does not show are unknown, and the others of their batch are not', async () => {
    bench = await startSlackBench({
      populate: (workspace) => {
        for (const id of ['U0B', 'U0C', 'U0D']) workspace.addUser({ id, name: id, realName: id });
        workspace.setDnd('U0ADA', { start: workspace.now() - 1_000, end: workspace.now() + 60_000 });
      },
    });
    bench.simulator.workspace.setPresence('U0ADA', 'active');
    bench.simulator.invisibleUsers.add('U0C');
    const connection = await bench.connect();
    await bench.list(connection);
    await bench.look(connection, 'U0ADA', 'U0C');
    await bench.lookAtWindows(connection, 'U0ADA', 'U0B', 'U0C', 'U0D');
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'busy' });
    expect(bench.latest('U0C')).toMatchObject({ status: 'unknown', rawStatus: 'user_not_visible' });
    await connection.close();
  });

  it('somebody who became a stranger leaves at once; of another workspace’s people only a listing adds anybody', async () => {
    bench = await startSlackBench({
      populate: (workspace) => {
        workspace.addUser({ id: 'W0EVE', name: 'eve', realName: 'Eve', teamId: 'T0PARTNER' });
      },
    });
    bench.appToken = bench.simulator.workspace.issueToken({ userId: 'U0ME', kind: 'app' });
    const connection = await bench.connect();
    await bench.until('the socket', () => bench.simulator.events.open === 1);
    expect((await bench.list(connection)).map(({ userId }) => userId)).toContain('W0EVE');
    const updated = Math.floor(bench.clock.now() / 1000) + 60;
    const told = (event_id: string, user: object) => {
      const event = { type: 'user_change', user: { name: 'x', team_id: 'T0PARTNER', updated, ...user } };
      const payload = { type: 'event_callback', event_id, team_id: 'T0SIM00001', event };
      bench.simulator.events.sendRaw(JSON.stringify({ type: 'events_api', envelope_id: event_id, payload }));
    };
    told('Ev1', { id: 'W0EVE', is_stranger: true });
    told('Ev2', { id: 'W0EVE', is_stranger: false, updated: updated + 1 });
    told('Ev3', { id: 'W0FAY', is_stranger: false });
    told('Ev4', { id: 'W0GIL', enterprise_user: { teams: ['T0SIM00001', 'T0PARTNER'] } });
    await bench.until('all of them', () => bench.simulator.events.counts.strays === 4);
    expect(bench.removed).toEqual(['W0EVE']);
    expect(bench.identities.map(({ userId }) => userId)).toEqual(['W0GIL']);
    await connection.close();
  });
});
