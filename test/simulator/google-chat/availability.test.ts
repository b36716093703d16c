import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  GOOGLE_CLIENT,
  type GoogleChatSimulator,
  startGoogleChatSimulator,
} from '../../../src/simulator/google-chat/server.ts';

const SCOPE = 'https://www.googleapis.com/auth/chat.users.availability';

describe('the simulated Google', () => {
  let now = Date.parse('2026-03-02T08:00:00Z');
  let google: GoogleChatSimulator;
  beforeEach(async () => {
    google = await startGoogleChatSimulator({ now: () => now, callsAMinute: 20 });
  });
  afterEach(() => google.close());

  async function call(path: string, options: { verb?: string; body?: unknown; token?: string } = {}) {
    const {
      verb = options.body === undefined ? 'GET' : 'POST',
      body,
      token = google.issueToken().accessToken,
    } = options;
    const response = await fetch(`${google.apiUrl}/v1/users/me/${path}`, {
      method: verb,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }
  const refused = (status: number, word: string) => ({ status, body: { error: { code: status, status: word } } });

  it('shows availability in the shape of the reference', async () => {
    google.user.setCustomStatus({ text: 'Pairing', emoji: '🎧', expiresAt: now + 3_600_000 });
    google.user.markAsDoNotDisturb(now + 7_200_000);
    expect((await call('availability')).body).toEqual({
      name: 'users/108211234567890123456/availability',
      state: 'DO_NOT_DISTURB',
      customStatus: { text: 'Pairing', emoji: { unicode: '🎧' }, expireTime: '2026-03-02T09:00:00Z' },
      doNotDisturbMetadata: { expirationTime: '2026-03-02T10:00:00Z' },
    });
  });

  it('refuses what the reference does not allow', async () => {
    const status = { text: 'Pairing', emoji: { unicode: '🎧' } };
    const patch = (customStatus: unknown, mask = 'customStatus') =>
      call(`availability?updateMask=${mask}`, { verb: 'PATCH', body: { customStatus } });
    const bad = refused(400, 'INVALID_ARGUMENT');
    expect(await patch(status, 'state')).toMatchObject(bad);
    expect(await patch({ ...status, text: 'x'.repeat(65) })).toMatchObject(bad);
    expect(await patch({ ...status, text: '' })).toMatchObject(bad);
    expect(await patch({ text: 'Pairing' })).toMatchObject(bad);
    expect(await patch({ ...status, emoji: { unicode: ':headphones:' } })).toMatchObject(bad);
    expect(await patch({ ...status, ttl: '60s', expireTime: '2026-03-02T09:00:00Z' })).toMatchObject(bad);
    expect(await call('availability:markAsDoNotDisturb', { body: {} })).toMatchObject(bad);
    expect(await call('availability:markAsDoNotDisturb', { body: { ttl: `${400 * 86_400}s` } })).toMatchObject(bad);
    expect(await call('availability:markAsActive', { body: { ttl: '0s' } })).toMatchObject(bad);
    expect(await call('availability:markAsAway', { body: { ttl: '60s' } })).toMatchObject(bad);
    expect(google.user.state).toBe('ACTIVE');
  });

  it('goes to away when do-not-disturb runs out, and back to activity when active does', async () => {
    await call('availability:markAsDoNotDisturb', { body: { ttl: '60s' } });
    now += 61_000;
    expect((await call('availability')).body).toMatchObject({ state: 'AWAY' });
    await call('availability:markAsActive', { body: { ttl: '1s' } });
    now += 2_000;
    google.user.activity = 'idle';
    expect((await call('availability')).body).toMatchObject({ state: 'IDLE' });
  });

  it('refuses tokens that are none, and those without the permission', async () => {
    expect(await call('availability', { token: 'ya29.nobody' })).toMatchObject(refused(401, 'UNAUTHENTICATED'));
    const weak = google.issueToken([`${SCOPE}.readonly`]).accessToken;
    expect((await call('availability', { token: weak })).status).toBe(200);
    expect(await call('availability:markAsAway', { body: {}, token: weak })).toMatchObject({
      ...refused(403, 'PERMISSION_DENIED'),
      body: { error: { details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] } },
    });
  });

  it('keeps somebody active for half an hour when it is not told how long', async () => {
    google.user.activity = 'idle';
    expect((await call('availability:markAsActive', { body: {} })).body.state).toBe('ACTIVE');
    now += 30 * 60_000 - 1;
    expect((await call('availability')).body.state).toBe('ACTIVE');
    now += 1;
    expect((await call('availability')).body.state).not.toBe('ACTIVE');
    expect((await call('availability:markAsDoNotDisturb', { body: {} })).status).toBe(400);
  });

  it('counts calls by the minute', async () => {
    const token = google.issueToken().accessToken;
    for (let made = 0; made < 20; made += 1) await call('availability', { token });
    const over = await call('availability', { token });
    expect(over).toMatchObject(refused(429, 'RESOURCE_EXHAUSTED'));
    now += 60_000;
    expect((await call('availability', { token })).status).toBe(200);
  });

  it('signs in with PKCE and the secret, refreshes without a new refresh token, and revokes', async () => {
    const verifier = 'v'.repeat(43);
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: GOOGLE_CLIENT.clientId,
      redirect_uri: 'http://127.0.0.1:5555/google-chat',
      scope: `${SCOPE} openid email`,
      state: 's',
      nonce: 'n',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const asked = await fetch(`${google.authUrl}/o/oauth2/v2/auth?${query}`, { redirect: 'manual' });
    const code = new URL(asked.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const post = async (path: string, form: Record<string, string>) => {
      const response = await fetch(`${google.authUrl}/${path}`, { method: 'POST', body: new URLSearchParams(form) });
      return { status: response.status, body: await response.json() };
    };
    const grant = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'http://127.0.0.1:5555/google-chat',
      code_verifier: verifier,
      client_id: GOOGLE_CLIENT.clientId,
    };
    expect(await post('token', grant)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const secret = { client_secret: GOOGLE_CLIENT.clientSecret };
    const { body: tokens } = await post('token', { ...grant, ...secret });
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3_600, scope: `${SCOPE} openid email` });
    const keys = createRemoteJWKSet(new URL(`${google.authUrl}/oauth2/v3/certs`));
    const { payload } = await jwtVerify(tokens.id_token, keys, {
      issuer: google.authUrl,
      audience: GOOGLE_CLIENT.clientId,
      currentDate: new Date(now),
    });
    expect(payload).toMatchObject({ sub: google.user.id, nonce: 'n' });
    const refresh = {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
      client_id: GOOGLE_CLIENT.clientId,
    };
    const { body: again } = await post('token', { ...refresh, ...secret });
    expect(again).not.toHaveProperty('refresh_token');
    expect((await call('availability', { token: again.access_token })).status).toBe(200);
    expect((await post('revoke', { token: tokens.refresh_token })).status).toBe(200);
    expect((await call('availability', { token: again.access_token })).status).toBe(401);
    expect(await post('token', { ...refresh, ...secret })).toMatchObject({ body: { error: 'invalid_grant' } });
  });
});
