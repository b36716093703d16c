import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { openIdOAuthClient } from '../../../src/infra/oauth/openid-oauth-client.ts';
import { refusalOf } from '../../../src/platforms/google-chat/errors.ts';
import { googleChatOAuth } from '../../../src/platforms/google-chat/oauth.ts';
import { statusOf } from '../../../src/platforms/google-chat/own-snapshot.ts';
import { oauthAppOf } from '../../../src/services/sign-in/oauth-app.ts';
import { GOOGLE_CLIENT } from '../../../src/simulator/google-chat/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { googleSeat } from './signed-in.ts';

describe('signing in to Google', () => {
  let at: Awaited<ReturnType<typeof googleSeat>>;
  beforeEach(async () => {
    at = await googleSeat();
  });
  afterEach(() => at.close());

  it('names the account after the address, and oneself after the profile', async () => {
    const connection = await at.connect();
    expect(connection.self).toEqual({ userId: at.simulator.user.id, displayName: 'Grace Hopper' });
    expect(connection.label).toBe('grace@example.com');
  });

  it('works without knowing the name, which may stay unticked', async () => {
    const scopes = ['https://www.googleapis.com/auth/chat.users.availability'];
    const { accessToken } = at.simulator.issueToken(scopes);
    const connection = await at.seat.connect(at.stage, { accessToken });
    expect(connection.self).toEqual({ userId: at.simulator.user.id, displayName: 'Google Chat' });
    await at.seat.settled(connection.verify(at.seat.signal));
    expect(at.seat.lost).toEqual([]);
  });

  it('signs in with PKCE, the secret and an ID token, and refreshes', async () => {
    const clock = new FakeClock({ now: at.seat.clock.now() });
    const client = openIdOAuthClient({ http: httpClient(clock), clock });
    const app = oauthAppOf(googleChatOAuth, at.stage.settings, GOOGLE_CLIENT.clientSecret);
    if (app === null) throw new Error('no app');
    const { scopeParameter, scopeSeparator, authorizationParameters } = googleChatOAuth;
    const pending = await client.authorize(app, {
      redirectUri: 'http://127.0.0.1:49152/google-chat',
      scopes: googleChatOAuth.scopes({ clientId: GOOGLE_CLIENT.clientId }),
      scopeParameter,
      scopeSeparator,
      parameters: authorizationParameters,
    });
    at.simulator.oauth.consent = { userId: at.simulator.user.id, decision: 'grant', scopes: ['openid', 'email'] };
    const asked = await fetch(pending.url, { redirect: 'manual' });
    const tokens = await client.exchange(app, pending, new URL(asked.headers.get('location') ?? ''));
    // What the user unticked is told, so that the core can name it.
    expect(tokens.scopes).toEqual(['openid', 'email']);
    const renewed = await client.refresh(app, tokens.refreshToken ?? '');
    expect(renewed).toMatchObject({ refreshToken: null, scopes: ['openid', 'email'] });
    await client.revoke(app, tokens.refreshToken ?? '', 'refresh_token');
    await expect(client.refresh(app, tokens.refreshToken ?? '')).rejects.toMatchObject({ code: 'token-revoked' });
    expect(() => oauthAppOf(googleChatOAuth, at.stage.settings, null)).toThrow(/client secret/);
  });

  it('says what is missing where the project or the account does not allow it', async () => {
    at.simulator.refusesAll = 'no-app';
    await expect(at.connect()).rejects.toMatchObject({
      code: 'not-permitted',
      message: expect.stringContaining('Configuration'),
    });
    at.simulator.refusesAll = 'not-workspace';
    await expect(at.connect()).rejects.toMatchObject({
      code: 'not-permitted',
      message: expect.stringContaining('Workspace'),
    });
  });

  it('uses another token when there is one, and ends only when there is none', async () => {
    const first = at.simulator.issueToken().accessToken;
    const second = at.simulator.issueToken().accessToken;
    let current = first;
    const secrets = {
      get accessToken() {
        return current;
      },
    };
    const connection = await at.seat.connect(at.stage, secrets);
    at.simulator.oauth.expire(first);
    current = second;
    await at.seat.settled(connection.verify(at.seat.signal));
    expect(at.seat.lost).toEqual([]);
    at.simulator.oauth.expire(second);
    await expect(at.seat.settled(connection.verify(at.seat.signal))).rejects.toMatchObject({ code: 'token-expired' });
    expect(at.seat.lost).toHaveLength(1);
  });
});

describe('Google’s sign-in as data', () => {
  it('asks for offline access each time, and sends the secret although there is PKCE', () => {
    expect(googleChatOAuth).toMatchObject({
      clientSecret: 'required',
      clientAuth: 'post',
      authorizationParameters: { access_type: 'offline', prompt: 'consent' },
      openId: true,
    });
    expect(googleChatOAuth.endpoints({ clientId: '1' })).toMatchObject({
      issuer: 'https://accounts.google.com',
      namesItself: true,
      token: 'https://oauth2.googleapis.com/token',
    });
    expect(googleChatOAuth.endpoints({ clientId: '1', authUrl: 'http://127.0.0.1:9/' })).toEqual({
      issuer: 'http://127.0.0.1:9',
      authorization: 'http://127.0.0.1:9/o/oauth2/v2/auth',
      token: 'http://127.0.0.1:9/token',
      revocation: 'http://127.0.0.1:9/revoke',
      deviceAuthorization: null,
      jwks: 'http://127.0.0.1:9/oauth2/v3/certs',
    });
  });
});

describe('Google’s words', () => {
  it.each([
    ['ACTIVE', 'online'],
    ['IDLE', 'idle'],
    ['AWAY', 'away'],
    ['DO_NOT_DISTURB', 'busy'],
    ['STATE_UNSPECIFIED', 'unknown'],
    ['HOVERING', 'unknown'],
  ])('%s is %s', (state, status) => expect(statusOf(state)).toBe(status));

  const told = (status: number, word: string | null, reason?: string, retryDelay?: string) => {
    const details = [...(reason ? [{ '@type': 'ErrorInfo', reason }] : []), ...(retryDelay ? [{ retryDelay }] : [])];
    const body = word === null ? undefined : { error: { code: status, message: 'x', status: word, details } };
    return refusalOf({ name: 'a call', status, headers: new Headers(), body }, new FakeClock());
  };

  it.each([
    [401, 'UNAUTHENTICATED', undefined, 'credentials-refused'],
    [401, 'UNAUTHENTICATED', 'ACCESS_TOKEN_EXPIRED', 'token-expired'],
    [403, 'PERMISSION_DENIED', undefined, 'not-permitted'],
    [403, 'PERMISSION_DENIED', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'missing-scope'],
    [403, 'PERMISSION_DENIED', 'SERVICE_DISABLED', 'not-permitted'],
    [404, 'NOT_FOUND', undefined, 'not-permitted'],
    [429, 'RESOURCE_EXHAUSTED', undefined, 'rate-limited'],
    [400, 'INVALID_ARGUMENT', undefined, 'invalid-request'],
    [503, 'UNAVAILABLE', undefined, 'platform-unavailable'],
    [418, 'TEAPOT', undefined, 'protocol-error'],
    [401, null, undefined, 'credentials-refused'],
    [502, null, undefined, 'platform-unavailable'],
  ])('HTTP %s %s %s is told as %s', (status, word, reason, code) => {
    expect(told(status, word, reason).code).toBe(code);
  });

  it('say how long to wait in the details too', () => {
    expect(told(429, 'RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED', '17s').retryAfterMs).toBe(17_000);
  });
});
