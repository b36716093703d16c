import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/domain/time.ts';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { openIdOAuthClient } from '../../../src/infra/oauth/openid-oauth-client.ts';
import type { AccessTokens } from '../../../src/platforms/oauth.ts';
import { registry } from '../../../src/platforms/registry.ts';
import type { OAuthApp, OAuthClient, OAuthTokens } from '../../../src/ports/oauth-client.ts';
import { oauthAppOf } from '../../../src/services/sign-in/oauth-app.ts';
import { type SlackBench, startSlackBench } from './bench.ts';

const CLIENT_ID = '2141029472.691202649728';
const PORT = 41_731;
const REDIRECT = `http://localhost:${PORT}/slack`;
const provider = registry.slack.oauth;
if (provider === undefined) throw new Error('Slack has no OAuth.');

let bench: SlackBench;
let client: OAuthClient;
let app: OAuthApp;
afterEach(async () => {
  bench.abort.abort();
  await bench.simulator.close();
});

async function start(rotation = true): Promise<void> {
  const redirectUris = [41_730, PORT, 41_732, 41_733].map((port) => `http://localhost:${port}/slack`);
  bench = await startSlackBench({ app: { clientId: CLIENT_ID, redirectUris, rotation, userId: 'U0ME' } });
  const settings = registry.slack.manifest.settings.parse({ apiUrl: bench.simulator.apiUrl, clientId: CLIENT_ID });
  client = openIdOAuthClient({ http: httpClient(bench.clock), clock: bench.clock });
  const made = provider && oauthAppOf(provider, settings, null);
  if (!made) throw new Error('no app');
  app = made;
}

async function browser(url: URL): Promise<URL> {
  const response = await fetch(url, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? 'about:blank');
}

async function signIn(redirectUri = REDIRECT): Promise<OAuthTokens> {
  if (provider === undefined) throw new Error('no provider');
  const { scopeParameter, scopeSeparator, authorizationParameters: parameters } = provider;
  const scopes = provider.scopes({});
  const pending = await client.authorize(app, { redirectUri, scopes, scopeParameter, scopeSeparator, parameters });
  return client.exchange(app, pending, await browser(pending.url));
}

function simulated() {
  const { signIn: oauth } = bench.simulator;
  if (oauth === null) throw new Error('no sign-in');
  return oauth.oauth;
}

/** Keeps tokens valid, as the core does. */
function keeper(first: OAuthTokens): AccessTokens & { refreshes: number } {
  let tokens = first;
  let bad: string | null = null;
  const kept = {
    refreshes: 0,
    async current() {
      if (tokens.accessToken === bad) {
        kept.refreshes += 1;
        tokens = await client.refresh(app, tokens.refreshToken ?? '');
      }
      return tokens.accessToken;
    },
    refused(token: string) {
      bad = token;
    },
  };
  return kept;
}

describe('signing in to Slack by OAuth', () => {
  it('gives a user’s token of twelve hours, with every permission, without a client secret', async () => {
    await start();
    const tokens = await signIn();
    expect(tokens).toMatchObject({ expiresInSeconds: 43_200, scopes: provider.scopes({}) });
    expect(tokens.accessToken).toMatch(/^xoxe\.xoxp-/);
    expect(tokens.refreshToken).toMatch(/^xoxe-/);
    const connection = await bench.connect({ tokens: keeper(tokens) });
    expect(connection.self.userId).toBe('U0ME');
    await connection.close();
  });

  it('asks for user scopes by commas, with a challenge, at Slack’s own address', async () => {
    await start();
    const { scopeParameter, scopeSeparator } = provider;
    const request = {
      redirectUri: REDIRECT,
      scopes: provider.scopes({}),
      scopeParameter,
      scopeSeparator,
      parameters: {},
    };
    const { url } = await client.authorize({ ...app, server: provider.endpoints({}) }, request);
    expect(url.origin + url.pathname).toBe('https://slack.com/oauth/v2/authorize');
    expect(url.searchParams.get('user_scope')?.split(',')).toContain('dnd:write');
    expect(url.searchParams.get('scope')).toBe(null);
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(provider.endpoints({})).toMatchObject({
      token: 'https://slack.com/api/oauth.v2.access',
      revocation: 'https://slack.com/api/auth.revoke',
    });
  });

  it('may come back only to an address that the app’s manifest names', async () => {
    await start();
    const { appManifest } = registry.slack.manifest.signIn;
    if (provider.redirect.ports === 'any') throw new Error('Slack compares ports.');
    for (const port of provider.redirect.ports) {
      const redirect = `http://${provider.redirect.host}:${port}${provider.redirect.path}`;
      expect(appManifest).toContain(`- ${redirect}\n`);
      await signIn(redirect);
    }
    await expect(signIn('http://localhost:50000/slack')).rejects.toThrow();
  });

  it('goes on for longer than twelve hours: a token that Slack does not take any more is given up for the renewed one', async () => {
    await start();
    const tokens = keeper(await signIn());
    const connection = await bench.connect({ tokens });
    await bench.clock.advance(12 * HOUR_MS);
    await bench.look(connection, 'U0ADA');
    expect(bench.latest('U0ADA')).toMatchObject({ status: 'away' });
    await bench.look(connection, 'U0ADA');
    expect(tokens.refreshes).toBe(1);
    expect(simulated().refreshes).toBe(1);
    expect(bench.lost).toEqual([]);
    await connection.close();
  });

  it('ends when Slack takes the renewed token neither', async () => {
    await start();
    const connection = await bench.connect({ tokens: keeper(await signIn()) });
    simulated().revokeUser('U0ME');
    await expect(bench.look(connection, 'U0ADA')).rejects.toMatchObject({ code: 'token-revoked', retry: 'reauth' });
    expect(bench.lost.map(({ code }) => code)).toEqual(['token-revoked']);
    const calls = bench.simulator.calls.length;
    await expect(bench.look(connection, 'U0ADA')).rejects.toMatchObject({ code: 'token-revoked' });
    expect(bench.simulator.calls.length).toBe(calls);
    await connection.close();
  });

  it('does not end while a renewal only has to wait', async () => {
    await start();
    const connection = await bench.connect({ tokens: keeper(await signIn()) });
    await bench.clock.advance(12 * HOUR_MS);
    bench.simulator.faults.add(
      { kind: 'platform-error', error: 'internal_error' },
      { method: 'oauth.v2.access', times: 1 },
    );
    await expect(bench.look(connection, 'U0ADA')).rejects.toMatchObject({
      code: 'platform-unavailable',
      retry: 'later',
    });
    expect(bench.lost).toEqual([]);
    await bench.look(connection, 'U0ADA');
    expect(bench.latest('U0ADA')).toBeDefined();
    await connection.close();
  });

  it('has refresh tokens that are good for one use, 30 days each, from the last renewal on', async () => {
    await start();
    const first = await signIn();
    await bench.clock.advance(29 * DAY_MS);
    const second = await client.refresh(app, first.refreshToken ?? '');
    expect(second).toMatchObject({ expiresInSeconds: 43_200 });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await bench.clock.advance(29 * DAY_MS);
    const third = await client.refresh(app, second.refreshToken ?? '');
    await bench.clock.advance(30 * DAY_MS);
    await expect(client.refresh(app, third.refreshToken ?? '')).rejects.toMatchObject({
      code: 'token-revoked',
      retry: 'reauth',
      params: { oauth: 'invalid_refresh_token', answered: true },
    });
    expect(provider.lifetimes).toEqual({
      accessSeconds: 43_200,
      refreshDays: 30,
      refreshSlides: true,
      announceDays: 7,
    });
  });

  it('keeps a token that does not end where the app does not rotate', async () => {
    await start(false);
    const tokens = await signIn();
    expect(tokens).toMatchObject({ refreshToken: null, expiresInSeconds: null });
    expect(tokens.accessToken).toMatch(/^xoxp-/);
  });

  it('ends the token when the account is removed', async () => {
    await start();
    const tokens = await signIn();
    await client.revoke(app, tokens.accessToken, 'access_token');
    expect(simulated().standing(tokens.accessToken)).toBe('revoked');
    await client.revoke(app, tokens.refreshToken ?? '', 'refresh_token');
  });

  it('fails in words when the user refuses', async () => {
    await start();
    simulated().consent = { userId: 'U0ME', decision: 'deny' };
    await expect(signIn()).rejects.toMatchObject({ params: { oauth: 'access_denied' } });
  });

  it('names what was not granted', async () => {
    await start();
    simulated().consent = { userId: 'U0ME', decision: 'grant', scopes: ['users:read', 'dnd:read'] };
    const tokens = await signIn();
    expect(tokens.scopes).toEqual(['users:read', 'dnd:read']);
    await expect(bench.connect({ tokens: keeper(tokens) })).rejects.toMatchObject({ code: 'missing-scope' });
  });
});

describe('Slack’s token answers', () => {
  const read = (answer: unknown): OAuthTokens => {
    if (provider.readTokens === undefined) throw new Error('no reader');
    return provider.readTokens(answer);
  };

  it('takes the user’s token and never the bot’s beside it', () => {
    const authed_user = { id: 'U1', scope: 'users:read,dnd:read', token_type: 'user', access_token: 'xoxp-1' };
    const bot = { access_token: 'xoxb-1', token_type: 'bot', scope: 'commands' };
    expect(read({ ok: true, ...bot, authed_user })).toEqual({
      accessToken: 'xoxp-1',
      refreshToken: null,
      expiresInSeconds: null,
      scopes: ['users:read', 'dnd:read'],
    });
    expect(() => read({ ok: true, ...bot, authed_user: { id: 'U1' } })).toThrow(/could not be read/);
  });

  it.each([
    ['invalid_code', 'credentials-refused'],
    ['invalid_code_verifier', 'credentials-refused'],
    ['bad_redirect_uri', 'credentials-refused'],
    ['invalid_client_id', 'credentials-refused'],
    ['bad_client_secret', 'credentials-refused'],
    ['pkce_not_allowed', 'credentials-refused'],
    ['invalid_refresh_token', 'token-revoked'],
    ['ratelimited', 'rate-limited'],
    ['fatal_error', 'platform-unavailable'],
    ['team_access_not_granted', 'not-permitted'],
    ['brand_new', 'protocol-error'],
  ])('tells %s as %s', (error, code) => {
    expect(() => read({ ok: false, error })).toThrow(
      expect.objectContaining({ code, params: expect.objectContaining({ error }) }),
    );
  });

  it.each([
    null,
    [],
    'x',
    {},
    { ok: true },
    { ok: true, access_token: '' },
    { ok: true, authed_user: { access_token: 7 } },
  ])('does not read %j', (answer) => {
    expect(() => read(answer)).toThrow(expect.objectContaining({ code: 'protocol-error' }));
  });
});
