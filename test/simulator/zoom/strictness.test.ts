import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ZoomPlan } from '../../../src/simulator/zoom/rate-limits.ts';
import { startZoomSimulator, USER_SCOPES, type ZoomSimulator } from '../../../src/simulator/zoom/server.ts';
import { call } from './zoom-call.ts';

let simulator: ZoomSimulator;
let token: string;
let now: number;

async function start(plan: ZoomPlan): Promise<void> {
  now = Date.parse('2026-03-02T08:00:00.250Z');
  simulator = await startZoomSimulator({
    me: 'me',
    plan,
    now: () => now,
    populate: (account) => {
      account.addUser({ id: 'me', presence: 'available' });
      account.addUser({ id: 'ada', presence: 'offline' });
      for (let index = 0; index < 60; index += 1) account.addUser({ id: `c${index}` });
      account.addUser({ id: 'ext', type: 'external' });
    },
  });
  token = simulator.issueToken('me').accessToken;
}
beforeEach(() => start('business'));
afterEach(() => simulator.close());

const get = (path: string, bearer = token) => call(simulator, path, { token: bearer });
const put = (body: unknown, more: object = {}) =>
  call(simulator, 'users/me/presence_status', { token, verb: 'PUT', body, ...more });

describe('the simulated Zoom refuses', () => {
  it('tokens that are missing, unknown, expired or revoked', async () => {
    expect(await call(simulator, 'users/me')).toMatchObject({ status: 401, body: { code: 124 } });
    expect(await get('users/me', 'nonsense')).toMatchObject({ status: 401, body: { code: 124 } });
    now += 3_600_000;
    expect(await get('users/me')).toMatchObject({
      status: 401,
      body: { code: 124, message: 'Access token is expired.' },
    });
    simulator.oauth.revoke(token);
    expect(await get('users/me')).toMatchObject({ status: 401, body: { code: 4741 } });
  });

  it('what a token has no scope for, naming the scope', async () => {
    for (const [path, scope] of [
      ['users/me', 'user:read:user'],
      ['users/me/presence_status', 'user:read:presence_status'],
      ['chat/users/me/contacts', 'team_chat:read:list_contacts'],
      ['chat/users/me/contacts/ada', 'team_chat:read:contact'],
    ] as const) {
      const { accessToken } = simulator.issueToken(
        'me',
        USER_SCOPES.filter((other) => other !== scope),
      );
      const answer = await get(path, accessToken);
      expect(answer).toMatchObject({ status: 400, body: { code: 4711 } });
      expect(answer.body.message).toContain(`[${scope}`);
    }
    // Others’ presence is the admin’s.
    expect(await get('users/ada/presence_status', simulator.issueToken('me').accessToken)).toMatchObject({
      status: 400,
      body: { code: 4711 },
    });
    const admin = simulator.issueToken('me', ['user:read:presence_status:admin']).accessToken;
    expect(await get('users/ada/presence_status', admin)).toMatchObject({ status: 200, body: { status: 'Offline' } });
    expect(await get('users/ext/presence_status', admin)).toMatchObject({ status: 404, body: { code: 1001 } });
  });

  it('people and paths that are not there, and pages that nobody gave', async () => {
    expect(await get('chat/users/me/contacts/nobody')).toMatchObject({ status: 404, body: { code: 1001 } });
    expect(await get('no/such/path')).toMatchObject({ status: 404 });
    for (const query of ['page_size=51', 'page_size=0', 'type=friends', 'next_page_token=bm9uc2Vuc2U']) {
      expect(await get(`chat/users/me/contacts?${query}`), query).toMatchObject({ status: 400, body: { code: 300 } });
    }
  });

  it.each<[string, unknown, object?]>([
    ['no status', {}],
    ['a status that nobody can set', { status: 'Offline' }],
    ['one of another surface', { status: 'In_A_Meeting' }],
    ['a misspelt do-not-disturb', { status: 'Do_No_Disturb', duration: 5 }],
    ['a duration without do-not-disturb', { status: 'Away', duration: 5 }],
    ['a duration beyond a day', { status: 'Do_Not_Disturb', duration: 1_441 }],
    ['a duration in parts of minutes', { status: 'Do_Not_Disturb', duration: 1.5 }],
    ['a message', { status: 'Away', message: 'Lunch' }],
    ['no JSON', 'status=Away'],
  ])('an update with %s', async (_what, body, more) => {
    expect(await put(body, more)).toMatchObject({ status: 400, body: { code: 300 } });
    expect(simulator.account.user('me').presence).toBe('available');
  });

  it('an update as a form, of others, or without a signed-in app', async () => {
    expect((await put('status=Away', { contentType: 'application/x-www-form-urlencoded' })).status).toBe(415);
    const admin = simulator.issueToken('me', ['user:update:presence_status:admin']).accessToken;
    const others = await call(simulator, 'users/ada/presence_status', {
      token: admin,
      verb: 'PUT',
      body: { status: 'Away' },
    });
    expect(others.status).toBe(404);
    simulator.account.user('me').signedIn = false;
    const answer = await call(simulator, 'users/me/presence_status', {
      token: simulator.issueToken('me').accessToken,
      verb: 'PUT',
      body: { status: 'Away' },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 5301 } });
  });

  it('a second update within the minute, but not one after a malformed one', async () => {
    expect((await put({ status: 'Nonsense' })).status).toBe(400);
    expect((await put({ status: 'Away' })).status).toBe(204);
    now += 59_999;
    expect(await put({ status: 'Busy' })).toMatchObject({ status: 429 });
    now += 1;
    expect((await put({ status: 'Busy' })).status).toBe(204);
  });
});

describe('the simulated Zoom', () => {
  it('keeps do-not-disturb as long as was said, twenty minutes otherwise, and then is available', async () => {
    await put({ status: 'Do_Not_Disturb' });
    expect((await get('users/me/presence_status')).body).toMatchObject({
      status: 'Do_Not_Disturb',
      remaining_time: 20,
    });
    now += 20 * 60_000;
    expect((await get('users/me/presence_status')).body).toEqual({ status: 'Available' });
    simulator.account.setPresence('ada', 'do-not-disturb', 5);
    const admin = simulator.issueToken('me', ['user:read:presence_status:admin']).accessToken;
    expect((await get('users/ada/presence_status', admin)).body).toEqual({ status: 'Do_Not_Disturb' });
  });

  it('tells presence of a contact only when asked for it', async () => {
    expect((await get('chat/users/me/contacts/ada')).body).not.toHaveProperty('presence_status');
    expect((await get('chat/users/me/contacts/ada?query_presence_status=true')).body.presence_status).toBe('Offline');
  });

  it('lists everybody once, in pages', async () => {
    const seen: unknown[] = [];
    for (let page = ''; ; ) {
      const { body } = await get(`chat/users/me/contacts?page_size=50&next_page_token=${page}`);
      seen.push(...(body.contacts as { id: string }[]).map(({ id }) => id));
      page = String(body.next_page_token);
      if (page === '') break;
    }
    expect(new Set(seen).size).toBe(61);
    expect(seen).toHaveLength(61);
    expect((await get('chat/users/me/contacts?type=external')).body.contacts).toHaveLength(1);
  });

  it('counts by label: so many a second, so many a day until 00:00 UTC, and says until when as a date', async () => {
    await simulator.close();
    await start('free');
    expect([(await get('chat/users/me/contacts')).status, (await get('users/me/presence_status')).status]).toEqual([
      200, 200,
    ]);
    const second = await get('chat/users/me/contacts');
    expect(second.status).toBe(429);
    expect(second.headers.get('x-ratelimit-type')).toBe('QPS');
    expect(second.headers.get('x-ratelimit-category')).toBe('Medium');
    expect(second.headers.get('retry-after')).toBe('2026-03-02T08:00:02Z');
    expect((await get('users/me')).status).toBe(200);
    now += 1_000;
    expect((await get('chat/users/me/contacts')).status).toBe(200);
    simulator.limits.useUp('Medium', now);
    now += 1_000;
    const day = await get('chat/users/me/contacts');
    expect(day.headers.get('x-ratelimit-type')).toBe('Daily-limit');
    expect(day.headers.get('retry-after')).toBe('2026-03-03T00:00:00Z');
    now = Date.parse('2026-03-03T00:00:00Z');
    const { accessToken } = simulator.issueToken('me');
    expect((await get('chat/users/me/contacts', accessToken)).status).toBe(200);
  });
});
