import { afterEach, describe, expect, it } from 'vitest';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { openIdOAuthClient } from '../../../src/infra/oauth/openid-oauth-client.ts';
import { teamsManifest, teamsSettingsSchema } from '../../../src/platforms/teams/manifest.ts';
import { teamsOAuth } from '../../../src/platforms/teams/oauth.ts';
import { explainRefusal } from '../../../src/platforms/teams/sign-in-refusals.ts';
import type { OAuthApp } from '../../../src/ports/oauth-client.ts';
import { missingPermissions } from '../../../src/services/sign-in/scopes.ts';
import { TeamsBench } from './bench.ts';

const TENANT = '84bd8158-6d4d-4958-8b9f-9d6445542f95';
const REDIRECT = 'http://localhost:40123/teams';

let bench: TeamsBench;
afterEach(() => bench.close());

async function signedUp(tenant?: string) {
  bench = await TeamsBench.start();
  const settings = { ...bench.settings, ...(tenant === undefined ? {} : { tenant }) };
  const app: OAuthApp = {
    server: teamsOAuth.endpoints(settings),
    clientId: settings.clientId,
    clientSecret: null,
    clientAuth: teamsOAuth.clientAuth,
    openId: true,
    explainRefusal: (answer) => explainRefusal(answer, settings),
  };
  const { clock } = bench.seat;
  const client = openIdOAuthClient({ http: httpClient(clock), clock });
  const request = {
    redirectUri: REDIRECT,
    scopes: teamsOAuth.scopes(settings),
    scopeParameter: 'scope',
    scopeSeparator: ' ',
    parameters: teamsOAuth.authorizationParameters,
  } as const;
  /** What the browser brings back. */
  const browse = async (url: URL): Promise<URL> => {
    const response = await fetch(url, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? 'http://nowhere.example');
  };
  return { app, client, request, browse, settings };
}

describe('signing in at Entra', () => {
  it.each([
    ['whichever organisation it is', undefined],
    ['an organisation by its id', TENANT],
    ['an organisation by its domain', 'harbour-works.example'],
  ])('gives tokens that Graph takes: %s', async (_what, tenant) => {
    const { app, client, request, browse, settings } = await signedUp(tenant);
    const pending = await client.authorize(app, request);
    const tokens = await client.exchange(app, pending, await browse(pending.url));
    expect(tokens).toMatchObject({ expiresInSeconds: expect.any(Number), refreshToken: expect.any(String) });
    expect(missingPermissions(teamsManifest, teamsOAuth, settings, tokens.scopes)).toEqual([]);
    bench.secrets = { accessToken: tokens.accessToken };
    expect((await bench.connect()).self).toEqual({ userId: bench.me, displayName: 'Grace Hopper' });
    const next = await client.refresh(app, tokens.refreshToken ?? '');
    expect(next.accessToken).not.toBe(tokens.accessToken);
  });

  it('takes no ID token of another tenant’s issuer, of another key, or for another sign-in', async () => {
    const { app, client, request, browse } = await signedUp();
    const pending = await client.authorize(app, request);
    const landed = await browse(pending.url);
    const elsewhere = { ...app, server: { ...app.server, issuer: 'https://login.elsewhere.example/{tenantid}/v2.0' } };
    await expect(client.exchange(elsewhere, pending, landed)).rejects.toMatchObject({ code: 'protocol-error' });
    const second = await client.authorize(app, request);
    await expect(
      client.exchange(app, { ...second, nonce: 'another one' }, await browse(second.url)),
    ).rejects.toMatchObject({ code: 'protocol-error' });
    const third = await client.authorize(app, request);
    const stranger = {
      ...app,
      server: { ...app.server, jwks: `${bench.simulator.authority}/common/discovery/v2.0/keys` },
    };
    await bench.simulator.subscriptions.rotateKeys();
    await expect(client.exchange(stranger, third, await browse(third.url))).rejects.toMatchObject({
      code: 'protocol-error',
    });
  });

  it('says which permission was left out, and what it is for', async () => {
    const { app, client, request, browse, settings } = await signedUp();
    bench.simulator.signIn.oauth.consent = {
      ...bench.simulator.signIn.oauth.consent,
      scopes: ['openid', 'profile', 'offline_access', 'User.Read', 'User.ReadBasic.All', 'Presence.Read.All'],
    };
    const pending = await client.authorize(app, request);
    const { scopes } = await client.exchange(app, pending, await browse(pending.url));
    expect(missingPermissions(teamsManifest, teamsOAuth, settings, scopes)).toMatchObject([
      { scope: 'Presence.ReadWrite', purpose: 'to set your own status and status message' },
    ]);
  });

  it('signs in by a code that is typed elsewhere', async () => {
    const { app, client, request } = await signedUp();
    const wait = await client.authorizeDevice(app, request);
    expect(await client.askDevice(app, wait.deviceCode)).toBe('pending');
    bench.simulator.signIn.oauth.typeUserCode(wait.userCode);
    await bench.seat.clock.advance(wait.intervalSeconds * 1_000);
    expect(await client.askDevice(app, wait.deviceCode)).toMatchObject({ accessToken: expect.any(String) });
  });

  it('says that an admin has to consent, and where', async () => {
    const { app, client, request, browse, settings } = await signedUp();
    bench.simulator.signIn.adminConsentRequired = true;
    const pending = await client.authorize(app, request);
    await expect(client.exchange(app, pending, await browse(pending.url))).rejects.toMatchObject({
      code: 'credentials-refused',
      message: expect.stringContaining(`/organizations/adminconsent?client_id=${settings.clientId}`),
      params: { oauth: 'consent_required' },
    });
  });

  it.each([
    [{ error: 'invalid_grant', error_codes: [50076] }, 'credentials-refused', 'second factor'],
    [{ error: 'invalid_grant', error_codes: [53003] }, 'credentials-refused', 'policy'],
    [{ error: 'invalid_grant', error_codes: [700082] }, 'token-expired', 'not used'],
    [{ error: 'invalid_client', error_codes: [7000218] }, 'credentials-refused', 'public client flows'],
    [{ error: 'unauthorized_client', error_codes: [700016] }, 'credentials-refused', 'tenant'],
    [{ error: 'consent_required', error_description: 'AADSTS90094: …' }, 'credentials-refused', 'adminconsent'],
  ])('explains %j', (answer, code, words) => {
    const settings = { clientId: '22553876-f5ab-4529-bffb-cfe50aa89f87' };
    expect(explainRefusal(answer, settings)).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('leaves to the standard’s names what they tell', () => {
    const settings = { clientId: '22553876-f5ab-4529-bffb-cfe50aa89f87' };
    for (const answer of [
      { error: 'authorization_pending', error_codes: [70016] },
      { error: 'x', error_description: 'about AADSTS65001: no' },
      null,
      'x',
    ])
      expect(explainRefusal(answer, settings)).toBeNull();
  });

  it('asks a national cloud for that cloud’s Graph', () => {
    const settings = teamsSettingsSchema.parse({
      clientId: '22553876-f5ab-4529-bffb-cfe50aa89f87',
      graphUrl: 'https://graph.microsoft.us',
    });
    expect(teamsOAuth.endpoints(settings).token).toBe(
      'https://login.microsoftonline.us/organizations/oauth2/v2.0/token',
    );
    expect(teamsOAuth.scopes(settings)).toContain('https://graph.microsoft.us/Presence.Read.All');
    expect(teamsOAuth.scopes(settings)).toContain('offline_access');
  });
});

describe('settings', () => {
  const clientId = '22553876-f5ab-4529-bffb-cfe50aa89f87';
  it.each([
    [{}, 'clientId'],
    [{ clientId: 'muster' }, 'clientId'],
    [{ clientId, tenant: 'consumers' }, 'tenant'],
    [{ clientId, tenant: 'common' }, 'tenant'],
    [{ clientId, tenant: '../x' }, 'tenant'],
    [{ clientId, graphUrl: 'http://graph.microsoft.com' }, 'graphUrl'],
    [
      { clientId, graphUrl: 'https://microsoftgraph.chinacloudapi.cn', authority: 'https://login.microsoftonline.com' },
      'authority',
    ],
    [{ clientId, people: [''] }, 'people.0'],
  ])('refuses %j at %s', (settings, path) => {
    const issues = teamsSettingsSchema.safeParse(settings).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join('.'))).toContain(path);
  });

  it.each([
    [{ clientId }],
    [{ clientId, tenant: 'harbour-works.example', people: ['ada@example.org', 'Ada Byron'] }],
    [{ clientId, graphUrl: 'https://dod-graph.microsoft.us', authority: 'https://login.microsoftonline.us' }],
    [{ clientId, graphUrl: 'http://127.0.0.1:4000', authority: 'http://127.0.0.1:4000' }],
  ])('takes %j', (settings) => {
    expect(teamsSettingsSchema.safeParse(settings).success).toBe(true);
  });
});
