import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/domain/time.ts';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { openIdOAuthClient } from '../../../src/infra/oauth/openid-oauth-client.ts';
import { refusalOf } from '../../../src/platforms/linkedin/errors.ts';
import { linkedinOAuth } from '../../../src/platforms/linkedin/oauth.ts';
import { oauthAppOf } from '../../../src/services/sign-in/oauth-app.ts';
import { LINKEDIN_CLIENT, startLinkedinSimulator } from '../../../src/simulator/linkedin/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { linkedinSeat } from './signed-in.ts';

describe('signing in to LinkedIn', () => {
  let at: Awaited<ReturnType<typeof linkedinSeat>>;
  beforeEach(async () => {
    at = await linkedinSeat();
  });
  afterEach(() => at.close());

  it('names oneself after the profile', async () => {
    expect((await at.connect()).self).toEqual({ userId: 'Gr4ceH0pp', displayName: 'Grace Hopper' });
  });

  it('works with a token of the portal, which may not ask for the name', async () => {
    const connection = await at.connect(at.simulator.issueToken(['r_dma_portability_self_serve']));
    expect(connection.self).toEqual({ userId: 'Gr4ceH0pp', displayName: 'LinkedIn' });
  });

  it('announces the end of a pasted token a week before, and not of its successor', async () => {
    const scopes = ['r_dma_portability_self_serve'];
    const token = at.simulator.issueToken(scopes);
    const connection = await at.connect(token);
    expect(connection.notices).toEqual([]);
    await at.seat.clock.advance(53 * DAY_MS - 1);
    expect(connection.notices).toEqual([]);
    await at.seat.clock.advance(1);
    expect(connection.notices).toEqual([expect.stringContaining('within a week')]);
    expect((await at.connect(token)).notices).toHaveLength(1);
    await at.seat.clock.advance(7 * DAY_MS);
    expect(connection.notices).toHaveLength(1);
    await at.seat.clock.advance(1);
    // There are reports of tokens that live for a year.
    expect(connection.notices).toEqual([]);
    expect((await at.connect(at.simulator.issueToken(scopes))).notices).toEqual([]);
    expect(JSON.stringify(at.seat.memory.get('token'))).not.toContain(token);
  });

  it('has LinkedIn record once where it does not yet, and says so', async () => {
    at.simulator.member.regulatedAt = null;
    expect((await at.connect()).notices).toEqual([expect.stringContaining('begins to record')]);
    expect(at.simulator.member.regulatedAt).toBe(at.seat.clock.now());
    expect((await at.connect()).notices).toEqual([]);
    const made = at.simulator.calls.filter(({ name }) => name === 'memberAuthorizations');
    expect(made).toHaveLength(3);
  });

  it('tells a token without the permission from what LinkedIn does not explain, and says in both cases where it is open', async () => {
    const without = at.connect(at.simulator.issueToken(['openid', 'profile']));
    await expect(without).rejects.toMatchObject({
      code: 'missing-scope',
      message: expect.stringMatching(/“Products”.*token made after that.*European Economic Area and Switzerland/),
    });
    at.simulator.member.inRegion = false;
    await expect(at.connect()).rejects.toMatchObject({
      code: 'not-permitted',
      message: expect.stringMatching(/European Economic Area or Switzerland.*Member Data Portability/),
    });
  });

  it('signs in with PKCE on a loopback address, and checks an ID token that has no nonce', async () => {
    at.simulator.member.regulatedAt = null;
    const clock = new FakeClock({ now: at.seat.clock.now() });
    const client = openIdOAuthClient({ http: httpClient(clock), clock });
    const app = oauthAppOf(linkedinOAuth, at.stage.settings, null);
    if (app === null) throw new Error('no app');
    const pending = await client.authorize(app, {
      redirectUri: 'http://127.0.0.1:49152/linkedin',
      scopes: linkedinOAuth.scopes({ clientId: LINKEDIN_CLIENT.clientId }),
      scopeParameter: linkedinOAuth.scopeParameter,
      scopeSeparator: linkedinOAuth.scopeSeparator,
      parameters: linkedinOAuth.authorizationParameters,
    });
    expect(pending.url.pathname).toBe('/oauth/native-pkce/authorization');
    expect(pending.url.searchParams.has('nonce')).toBe(false);
    const asked = await fetch(pending.url, { redirect: 'manual' });
    const landed = new URL(asked.headers.get('location') ?? '');
    const tokens = await client.exchange(app, pending, landed);
    expect(tokens).toMatchObject({ refreshToken: null, expiresInSeconds: 60 * 86_400 });
    expect((await at.connect(tokens.accessToken)).self.displayName).toBe('Grace Hopper');
    // Signed with a key that LinkedIn does not publish any more.
    const again = await client.authorize(app, { ...request(), redirectUri: 'http://127.0.0.1:49152/linkedin' });
    const back = await fetch(again.url, { redirect: 'manual' });
    at.simulator.faults.add({ kind: 'replaced-values', values: { keys: [] } }, { method: 'jwks' });
    await expect(client.exchange(app, again, new URL(back.headers.get('location') ?? ''))).rejects.toThrow();
  });

  it('tells declining, and an app without the product, by LinkedIn’s own names for them', async () => {
    const clock = new FakeClock({ now: at.seat.clock.now() });
    const client = openIdOAuthClient({ http: httpClient(clock), clock });
    const refused = async (settings: object) => {
      const app = oauthAppOf(linkedinOAuth, { clientId: LINKEDIN_CLIENT.clientId, ...settings }, null);
      if (app === null) throw new Error('no app');
      const redirectUri = 'http://127.0.0.1:49152/linkedin';
      const pending = await client.authorize(app, { ...request(), redirectUri });
      const asked = await fetch(pending.url, { redirect: 'manual' });
      return client.exchange(app, pending, new URL(asked.headers.get('location') ?? ''));
    };
    at.simulator.oauth.consent = { ...at.simulator.oauth.consent, decision: 'deny' };
    await expect(refused({ authUrl: at.simulator.authUrl })).rejects.toMatchObject({
      code: 'credentials-refused',
      message: expect.stringContaining('declined'),
      params: { oauth: 'access_denied' },
    });
    const without = await startLinkedinSimulator({ scopes: ['r_liteprofile'] });
    await expect(refused({ authUrl: without.authUrl }).finally(() => without.close())).rejects.toMatchObject({
      code: 'credentials-refused',
      message: expect.stringContaining('“Products”'),
    });
  });

  const request = () => ({
    redirectUri: '',
    scopes: ['openid', 'profile'],
    scopeParameter: 'scope' as const,
    scopeSeparator: ' ' as const,
    parameters: {},
  });

  it('is announced a week before its 60 days are over', () => {
    expect(linkedinOAuth.lifetimes).toMatchObject({ accessSeconds: 60 * 86_400, announceDays: 7 });
    expect(linkedinOAuth.endpoints({ clientId: LINKEDIN_CLIENT.clientId })).toMatchObject({
      issuer: 'https://www.linkedin.com/oauth',
      authorization: 'https://www.linkedin.com/oauth/native-pkce/authorization',
      token: 'https://www.linkedin.com/oauth/v2/accessToken',
      jwks: 'https://www.linkedin.com/oauth/openid/jwks',
    });
  });
});

describe('LinkedIn’s refusals', () => {
  const clock = new FakeClock({ now: '2026-03-02T21:30:00Z' });
  const told = (status: number, serviceErrorCode?: number, headers: Record<string, string> = {}) =>
    refusalOf({ name: 'a call', status, headers: new Headers(headers), body: { status, serviceErrorCode } }, clock);

  it.each([
    [401, 65_600, 'credentials-refused'],
    [401, 65_601, 'token-revoked'],
    [401, 65_602, 'token-expired'],
    [401, undefined, 'credentials-refused'],
    [403, 100, 'missing-scope'],
    [403, undefined, 'not-permitted'],
    [426, undefined, 'unsupported'],
    [429, 101, 'rate-limited'],
    [500, undefined, 'platform-unavailable'],
    [418, undefined, 'protocol-error'],
  ])('HTTP %s with %s is told as %s', (status, code, expected) => expect(told(status, code).code).toBe(expected));

  it('wait for the next day of UTC when the quota is used up, unless LinkedIn says otherwise', () => {
    expect(told(429).retryAfterMs).toBe(2.5 * 3_600_000);
    expect(told(429, 101, { 'retry-after': '60' }).retryAfterMs).toBe(60_000);
    expect(told(500).retryAfterMs).toBe(null);
  });
});
