import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackSimulator, startSlackSimulator } from '../../../src/simulator/slack/server.ts';
import { post, send } from './raw.ts';

let now = 0;
let slack: SlackSimulator;
let token: string;

beforeEach(async () => {
  now = Date.UTC(2026, 4, 4, 9);
  slack = await startSlackSimulator({ now: () => now, limitRequiredAbove: 3 });
  slack.workspace.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada Lind', email: 'ada@harbour.example' });
  slack.workspace.addUser({ id: 'U0BEN', name: 'ben', realName: 'Ben Okoro', email: 'Ben@harbour.example' });
  token = slack.workspace.issueToken({ userId: 'U0ADA' });
});
afterEach(() => slack.close());

async function error(method: string, form: Record<string, string> = {}, as: string | undefined = token) {
  return (await post(slack, as, method, form)).body.error;
}

describe('tokens', () => {
  it('refuses none, an unknown, a revoked and an expired one, and that of a deactivated member, each by its name', async () => {
    expect((await post(slack, undefined, 'auth.test')).body).toEqual({ ok: false, error: 'not_authed' });
    expect(await error('auth.test', {}, 'xoxp-nobody')).toBe('invalid_auth');
    const expiring = slack.workspace.issueToken({ userId: 'U0ADA', expiresAt: now + 1_000 });
    expect(await error('auth.test', {}, expiring)).toBeUndefined();
    now += 1_000;
    expect(await error('auth.test', {}, expiring)).toBe('token_expired');
    const ben = slack.workspace.issueToken({ userId: 'U0BEN' });
    slack.workspace.deactivateUser('U0BEN');
    expect(await error('auth.test', {}, ben)).toBe('account_inactive');
    slack.workspace.revokeToken(token);
    expect(await error('auth.test')).toBe('token_revoked');
  });

  it('names the missing scope and those it has, in the body and in the header', async () => {
    const narrow = slack.workspace.issueToken({ userId: 'U0ADA', scopes: ['users:read'] });
    const answer = await post(slack, narrow, 'dnd.info');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ok: false, error: 'missing_scope', needed: 'dnd:read', provided: 'users:read' });
    expect(answer.headers.get('x-oauth-scopes')).toBe('users:read');
  });

  it('lets bots read, and keeps them from profiles and do-not-disturb', async () => {
    const bot = slack.workspace.issueToken({ userId: 'U0ADA', kind: 'bot' });
    expect(await error('users.getPresence', { user: 'U0BEN' }, bot)).toBeUndefined();
    for (const method of ['users.profile.set', 'dnd.setSnooze', 'dnd.endSnooze', 'dnd.endDnd']) {
      expect(await error(method, {}, bot), method).toBe('not_allowed_token_type');
    }
  });

  it('revokes the token that asks for it, and not in a dry run', async () => {
    expect((await post(slack, token, 'auth.revoke', { test: '1' })).body).toEqual({ ok: true, revoked: false });
    expect((await post(slack, token, 'auth.revoke')).body).toEqual({ ok: true, revoked: true });
    expect(await error('auth.test')).toBe('token_revoked');
  });

  it('takes a token from a form or a query, and never from a JSON body', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const json = { 'content-type': 'application/json; charset=utf-8' };
    const inForm = await send(slack, 'auth.test', { method: 'POST', headers: form, body: `token=${token}` });
    expect(inForm.body.ok).toBe(true);
    expect((await send(slack, `auth.test?token=${token}`, {})).body.ok).toBe(true);
    const inJson = await send(slack, 'auth.test', { method: 'POST', headers: json, body: JSON.stringify({ token }) });
    expect(inJson.body.error).toBe('not_authed');
  });

  it('keeps no token in the record of calls', async () => {
    await post(slack, undefined, 'auth.test', { token });
    await post(slack, token, 'users.info', { user: 'U0BEN' });
    expect(JSON.stringify(slack.calls)).not.toContain(token);
    expect(slack.calls.map(({ method, userId, params }) => ({ method, userId, params }))).toEqual([
      { method: 'auth.test', userId: 'U0ADA', params: {} },
      { method: 'users.info', userId: 'U0ADA', params: { user: 'U0BEN' } },
    ]);
  });
});

describe('requests', () => {
  const bearer = (): Record<string, string> => ({ authorization: `Bearer ${token}` });

  it('refuses a body without a type, of a wrong type, of a wrong charset and a broken form', async () => {
    const sent = async (type: string | undefined, body: string | Uint8Array<ArrayBuffer>) => {
      const headers = type === undefined ? bearer() : { ...bearer(), 'content-type': type };
      return (await send(slack, 'users.setPresence', { method: 'POST', headers, body })).body.error;
    };
    // Bytes: fetch would give a text a type of its own.
    expect(await sent(undefined, new TextEncoder().encode('presence=auto'))).toBe('missing_post_type');
    expect(await sent('application/xml', '<presence/>')).toBe('invalid_post_type');
    expect(await sent('application/json; charset=koi8-r', '{}')).toBe('invalid_charset');
    expect(await sent('application/x-www-form-urlencoded', 'presence=%zz')).toBe('invalid_form_data');
    expect(await sent('application/x-www-form-urlencoded', 'presence[]=auto')).toBe('invalid_array_arg');
    expect(await sent('application/json; charset=utf-8', '{"presence":')).toBe('invalid_json');
    expect(await sent('application/json; charset=utf-8', '["auto"]')).toBe('json_not_object');
  });

  it('reads JSON for writes, with a warning when it does not say its charset, and ignores it for reads', async () => {
    const json = (method: string, type: string, body: unknown) =>
      send(slack, method, {
        method: 'POST',
        headers: { ...bearer(), 'content-type': type },
        body: JSON.stringify(body),
      });
    const plain = await json('users.profile.set', 'application/json; charset=utf-8', {
      profile: { status_text: 'Hi' },
    });
    expect(plain.body).toMatchObject({ ok: true, profile: { status_text: 'Hi', status_emoji: ':speech_balloon:' } });
    const warned = await json('users.setPresence', 'application/json', { presence: 'away' });
    expect(warned.body).toEqual({
      ok: true,
      warning: 'missing_charset',
      response_metadata: { warnings: ['missing_charset'] },
    });
    const read = await json('users.info', 'application/json; charset=utf-8', { user: 'U0BEN' });
    expect(read.body.error).toBe('user_not_found');
  });

  it('knows the methods it has', async () => {
    expect((await post(slack, token, 'chat.postMessage')).body).toMatchObject({ ok: false, error: 'unknown_method' });
    expect((await post(slack, undefined, 'api.test', { foo: 'bar' })).body).toEqual({ ok: true, args: { foo: 'bar' } });
    expect(await error('api.test', { error: 'my_error' })).toBe('my_error');
  });
});

describe('limits', () => {
  it('counts each method and each token alone, by tier, in any sliding minute', async () => {
    const other = slack.workspace.issueToken({ userId: 'U0BEN' });
    const burst = async (method: string, calls: number, as = token) => {
      const statuses: number[] = [];
      for (let call = 0; call < calls; call += 1) statuses.push((await post(slack, as, method)).status);
      return statuses.filter((status) => status === 200).length;
    };
    expect(await burst('emoji.list', 25)).toBe(20);
    expect(await burst('dnd.info', 55)).toBe(50);
    expect(await burst('users.profile.get', 105)).toBe(100);
    expect(await burst('emoji.list', 5, other)).toBe(5);
    now += 59_999;
    expect(await burst('emoji.list', 1)).toBe(0);
    now += 1;
    expect(await burst('emoji.list', 25)).toBe(20);
  });

  it('answers 429 with Retry-After and says so in the record', async () => {
    for (let call = 0; call < 20; call += 1) await post(slack, token, 'users.list', { limit: '1' });
    now += 12_500;
    const answer = await post(slack, token, 'users.list', { limit: '1' });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('48');
    expect(answer.body).toEqual({ ok: false, error: 'ratelimited' });
    expect(slack.calls.at(-1)).toMatchObject({ status: 429, error: 'ratelimited', method: 'users.list' });
    slack.resetLimits();
    expect((await post(slack, token, 'users.list', { limit: '1' })).status).toBe(200);
  });
});

describe('members', () => {
  it('refuses a cursor that is not its own, and the whole of a large team without a limit', async () => {
    expect(await error('users.list', { limit: '2', cursor: 'bm9wZQ==' })).toBe('invalid_cursor');
    expect(await error('users.list')).toBeUndefined();
    slack.workspace.addUser({ id: 'U0CAY', name: 'cay', realName: 'Çay Demir' });
    expect(await error('users.list')).toBe('limit_required');
  });

  it('shows addresses only to tokens that may read them', async () => {
    const narrow = slack.workspace.issueToken({ userId: 'U0ADA', scopes: ['users:read', 'users.profile:read'] });
    const profile = async (as: string) => (await post(slack, as, 'users.profile.get', { user: 'U0BEN' })).body.profile;
    expect(await profile(narrow)).not.toHaveProperty('email');
    expect(await profile(token)).toHaveProperty('email', 'Ben@harbour.example');
    expect(await error('users.lookupByEmail', { email: 'ben@harbour.example' }, narrow)).toBe('missing_scope');
    const found = await post(slack, token, 'users.lookupByEmail', { email: 'ben@harbour.example' });
    expect(found.body.user).toMatchObject({ id: 'U0BEN' });
    expect(await error('users.lookupByEmail', { email: 'nobody@harbour.example' })).toBe('users_not_found');
  });

  it('says who is not there and who may not be seen', async () => {
    slack.invisibleUsers.add('U0BEN');
    for (const method of ['users.info', 'users.getPresence', 'dnd.info', 'users.profile.get']) {
      expect(await error(method, { user: 'U0GONE' }), method).toBe('user_not_found');
      expect(await error(method, { user: 'U0BEN' }), method).toBe('user_not_visible');
    }
  });

  it('lists a deactivated member as deleted, without zone or roles', async () => {
    slack.workspace.deactivateUser('U0BEN');
    const user = (await post(slack, token, 'users.info', { user: 'U0BEN' })).body.user;
    expect(user).toMatchObject({ id: 'U0BEN', deleted: true });
    expect(user).not.toHaveProperty('tz');
  });

  it('gives the zone with its offset of the day, daylight saving included', async () => {
    slack.workspace.addUser({ id: 'U0NYC', name: 'nyc', realName: 'Nia York', tz: 'America/New_York' });
    const offset = async () => (await post(slack, token, 'users.info', { user: 'U0NYC' })).body.user;
    expect(await offset()).toMatchObject({ tz_offset: -14_400, tz_label: 'Eastern Daylight Time' });
    now = Date.UTC(2026, 11, 4, 9);
    expect(await offset()).toMatchObject({ tz_offset: -18_000, tz_label: 'Eastern Standard Time' });
  });
});
