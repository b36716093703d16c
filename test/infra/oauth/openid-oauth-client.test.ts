import { afterEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { SystemClock } from '../../../src/infra/clock/system-clock.ts';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { openIdOAuthClient } from '../../../src/infra/oauth/openid-oauth-client.ts';
import type { HttpClient } from '../../../src/ports/http-client.ts';
import type { OAuthApp } from '../../../src/ports/oauth-client.ts';
import {
  CLIENT_ID,
  endpointsOf,
  HeadlessBrowser,
  startProvider,
  type TestProvider,
} from '../../support/oidc-provider.ts';

const running: TestProvider[] = [];
afterEach(async () => {
  for (const provider of running.splice(0)) await provider.close();
});

const REDIRECT = 'http://127.0.0.1:45678/callback';
const REQUEST = {
  redirectUri: REDIRECT,
  scopes: ['openid', 'offline_access', 'presence.read'],
  scopeParameter: 'scope',
  scopeSeparator: ' ',
  parameters: { prompt: 'consent' },
} as const;

async function bench(options: Parameters<typeof startProvider>[0] = {}) {
  const provider = await startProvider(options);
  running.push(provider);
  const clock = new SystemClock();
  const client = openIdOAuthClient({ http: httpClient(clock), clock });
  const app: OAuthApp = {
    server: endpointsOf(provider.issuer),
    clientId: CLIENT_ID,
    clientSecret: null,
    clientAuth: 'post',
    openId: true,
  };
  const begin = async (decision: 'grant' | 'deny' = 'grant', login = 'ada') => {
    const pending = await client.authorize(app, REQUEST);
    return { pending, landed: await new HeadlessBrowser(login).signIn(pending.url.href, decision) };
  };
  const signIn = async () => {
    const { pending, landed } = await begin();
    return client.exchange(app, pending, landed);
  };
  const introspect = async (token: string) => {
    const body = new URLSearchParams({ token, client_id: CLIENT_ID });
    const response = await fetch(`${provider.issuer}/token/introspection`, { method: 'POST', body });
    return ((await response.json()) as { active: boolean }).active;
  };
  return { provider, client, app, begin, signIn, introspect };
}

async function failure(promise: Promise<unknown>): Promise<MusterError> {
  const thrown: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (thrown instanceof MusterError) return thrown;
  throw new Error(`no MusterError but ${String(thrown)}`);
}

describe('the OAuth client against a certified provider', () => {
  it('signs in with PKCE, state and nonce, and gets tokens', async () => {
    const { signIn, begin } = await bench();
    const { pending } = await begin();
    expect(Object.fromEntries(pending.url.searchParams)).toMatchObject({
      code_challenge_method: 'S256',
      response_type: 'code',
      redirect_uri: REDIRECT,
      prompt: 'consent',
      nonce: pending.nonce,
    });
    expect(await signIn()).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresInSeconds: 3600,
      scopes: ['openid', 'offline_access', 'presence.read'],
    });
  });

  it('says when the user declined', async () => {
    const { client, app, begin } = await bench();
    const { pending, landed } = await begin('deny');
    expect((await failure(client.exchange(app, pending, landed))).params).toMatchObject({ oauth: 'access_denied' });
  });

  it.each([
    ['of another sign-in', (url: URL) => url.searchParams.set('state', 'another')],
    ['that is missing', (url: URL) => url.searchParams.delete('state')],
    ['that is there twice', (url: URL) => url.searchParams.append('state', 'x')],
  ])('accepts nothing with a state %s', async (_what, spoil) => {
    const { provider, client, app, begin } = await bench();
    const { pending, landed } = await begin();
    spoil(landed);
    expect((await failure(client.exchange(app, pending, landed))).params.oauth).toBe('wrong-state');
    expect(provider.calls.get('/token')).toBeUndefined();
  });

  it('accepts nothing that names another issuer', async () => {
    const { provider, client, app, begin } = await bench();
    const { pending, landed } = await begin();
    expect(landed.searchParams.get('iss')).toBe(provider.issuer);
    landed.searchParams.set('iss', 'https://evil.example');
    expect((await failure(client.exchange(app, pending, landed))).params.oauth).toBe('wrong-issuer');
    expect(provider.calls.get('/token')).toBeUndefined();
  });

  it('accepts nothing that names no issuer, where the provider says that it always does', async () => {
    const { provider, client, app, begin } = await bench();
    const { pending, landed } = await begin();
    landed.searchParams.delete('iss');
    expect((await failure(client.exchange(app, pending, landed))).params.oauth).toBe('wrong-issuer');
    const denied = new URL(`${REDIRECT}?error=access_denied&state=${pending.state}`);
    expect((await failure(client.exchange(app, pending, denied))).params.oauth).toBe('access_denied');
    expect(provider.calls.get('/token')).toBeUndefined();
  });

  it('gets nothing for a replayed code, which ends what the first use gave', async () => {
    const { client, app, begin, introspect } = await bench();
    const { pending, landed } = await begin();
    const { accessToken } = await client.exchange(app, pending, landed);
    expect(await introspect(accessToken)).toBe(true);
    expect(await failure(client.exchange(app, pending, landed))).toMatchObject({ code: 'token-revoked' });
    expect(await introspect(accessToken)).toBe(false);
  });

  it('gets nothing for a code that belongs to another verifier', async () => {
    const { client, app, begin } = await bench();
    const [one, other] = [await begin(), await begin()];
    const mixed = { ...one.pending, verifier: other.pending.verifier };
    expect((await failure(client.exchange(app, mixed, one.landed))).params.oauth).toBe('invalid_grant');
  });

  it('accepts no ID token with another nonce', async () => {
    const { client, app, begin } = await bench();
    const { pending, landed } = await begin();
    const other = { ...pending, nonce: 'another' };
    expect(await failure(client.exchange(app, other, landed))).toMatchObject({ code: 'protocol-error' });
  });

  it('refreshes with rotation; the use of an old token ends the whole chain', async () => {
    const { client, app, signIn, introspect } = await bench();
    const first = await signIn();
    const second = await client.refresh(app, first.refreshToken ?? '');
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await introspect(second.accessToken)).toBe(true);
    expect(await failure(client.refresh(app, first.refreshToken ?? ''))).toMatchObject({
      code: 'token-revoked',
      params: { oauth: 'invalid_grant', answered: true },
    });
    expect(await introspect(second.accessToken)).toBe(false);
  });

  it('knows the new keys at once when the provider changes them, and refuses a signature by a key that is not published', async () => {
    const { provider, client, app, signIn } = await bench();
    const first = await signIn();
    provider.rotateKeys();
    const second = await client.refresh(app, first.refreshToken ?? '');
    const other = await startProvider();
    running.push(other);
    const fooled: OAuthApp = { ...app, server: { ...app.server, jwks: `${other.issuer}/jwks` } };
    expect(await failure(client.refresh(fooled, second.refreshToken ?? ''))).toMatchObject({ code: 'protocol-error' });
  });

  it('revokes', async () => {
    const { client, app, signIn, introspect } = await bench();
    const { accessToken, refreshToken } = await signIn();
    await client.revoke(app, refreshToken ?? '', 'refresh_token');
    expect(await introspect(accessToken)).toBe(false);
    expect(await failure(client.refresh(app, refreshToken ?? ''))).toMatchObject({ code: 'token-revoked' });
  });

  it('signs in by a code that is typed on another page', async () => {
    const { client, app } = await bench();
    const wait = await client.authorizeDevice(app, REQUEST);
    expect(await client.askDevice(app, wait.deviceCode)).toBe('pending');
    await new HeadlessBrowser('ada').typeCode(wait.verificationUriComplete ?? '');
    expect(await client.askDevice(app, wait.deviceCode)).toMatchObject({ accessToken: expect.any(String) });
    expect(await failure(client.askDevice(app, wait.deviceCode))).toMatchObject({ code: 'token-revoked' });
  });

  it('tells an unknown app from a refused sign-in', async () => {
    const { client, app } = await bench();
    const error = await failure(client.refresh({ ...app, clientId: 'nobody' }, 'x'));
    expect(error).toMatchObject({ code: 'credentials-refused', params: { oauth: 'invalid_client' } });
  });
});

describe('the OAuth client', () => {
  const clock = new SystemClock();
  const app: OAuthApp = {
    server: {
      issuer: null,
      authorization: 'https://signin.example/authorize',
      token: 'https://signin.example/token',
      revocation: null,
      deviceAuthorization: null,
      jwks: null,
    },
    clientId: 'desktop',
    clientSecret: null,
    clientAuth: 'post',
    openId: false,
  };
  const answering = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    const seen: { url: string; init: RequestInit }[] = [];
    const http: HttpClient = {
      fetch: async (input, init = {}) => {
        seen.push({ url: String(input), init });
        return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
          status,
          headers: { 'content-type': 'application/json', ...headers },
        });
      },
    };
    return { client: openIdOAuthClient({ http, clock }), seen };
  };

  it.each([
    [
      'without a token type (LinkedIn)',
      { access_token: 'a', expires_in: 5184000, scope: 'openid,profile' },
      ['openid', 'profile'],
    ],
    ['with a lifetime as text', { access_token: 'a', token_type: 'Bearer', expires_in: '5184000' }, null],
    ['with an empty scope', { access_token: 'a', expires_in: 5184000, scope: '' }, null],
  ])('reads an answer %s', async (_what, body, scopes) => {
    const { client } = answering(200, body);
    expect(await client.refresh(app, 'r')).toEqual({
      accessToken: 'a',
      refreshToken: null,
      expiresInSeconds: 5184000,
      scopes,
    });
  });

  it('reads an answer by the platform’s own reader, and passes on what the reader throws', async () => {
    const nested: OAuthApp = {
      ...app,
      readTokens: (answer) => {
        if (JSON.stringify(answer).includes('bad'))
          throw new MusterError('token-revoked', 'no', { params: { answered: true } });
        return { accessToken: 'inner', refreshToken: 'next', expiresInSeconds: 43_200, scopes: ['a', 'b'] };
      },
    };
    expect(await answering(200, { authed_user: {} }).client.refresh(nested, 'r')).toEqual({
      accessToken: 'inner',
      refreshToken: 'next',
      expiresInSeconds: 43_200,
      scopes: ['a', 'b'],
    });
    expect(await failure(answering(200, { ok: false, error: 'bad' }).client.refresh(nested, 'r'))).toMatchObject({
      code: 'token-revoked',
    });
  });

  it('sends the secret where the app has one, in the body or in the header', async () => {
    const post = answering(200, { access_token: 'a' });
    await post.client.refresh({ ...app, clientSecret: 's3cret' }, 'r');
    expect(new URLSearchParams(String(post.seen[0]?.init.body)).get('client_secret')).toBe('s3cret');
    const basic = answering(200, { access_token: 'a' });
    await basic.client.refresh({ ...app, clientSecret: 's3cret', clientAuth: 'basic' }, 'r');
    const { authorization } = Object.fromEntries(new Headers(basic.seen[0]?.init.headers));
    expect(authorization).toMatch(/^Basic /);
    expect(String(basic.seen[0]?.init.body)).not.toContain('s3cret');
  });

  it.each([
    [429, {}, { 'retry-after': '7' }, { code: 'rate-limited', retryAfterMs: 7_000 }],
    [503, 'down', {}, { code: 'platform-unavailable' }],
    [200, '<html>', {}, { code: 'protocol-error', retry: 'later' }],
    [200, { nothing: 1 }, {}, { code: 'protocol-error', retry: 'later' }],
    [400, { error: 'invalid_grant' }, {}, { code: 'token-revoked' }],
    [400, { error: 'temporarily_unavailable' }, {}, { code: 'platform-unavailable', retry: 'later' }],
    [401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic' }, { code: 'credentials-refused' }],
    [400, { error: 'interaction_required' }, {}, { code: 'credentials-refused', retry: 'reauth' }],
  ])('knows what %i with %j means', async (status, body, headers, expected) => {
    expect(await failure(answering(status, body, headers).client.refresh(app, 'r'))).toMatchObject(expected);
  });

  it('never repeats a token in an error', async () => {
    const body = { access_token: 'canary-access', refresh_token: 'canary-refresh', expires_in: -1, scope: 5 };
    const error = await failure(answering(200, body).client.refresh(app, 'canary-old'));
    const whole = JSON.stringify([error.message, error.params, String(error.cause), error.stack]);
    expect(whole).not.toContain('canary');
    expect(error.cause).toBeUndefined();
  });

  it('sends nothing without TLS but to this machine', async () => {
    const { client, seen } = answering(200, { access_token: 'a' });
    const plain = { ...app, server: { ...app.server, token: 'http://signin.example/token' } };
    await failure(client.refresh(plain, 'r'));
    expect(seen).toEqual([]);
  });
});
