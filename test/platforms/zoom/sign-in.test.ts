import { afterEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../../src/infra/clock/system-clock.ts';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { openIdOAuthClient } from '../../../src/infra/oauth/openid-oauth-client.ts';
import { zoomOAuth } from '../../../src/platforms/zoom/oauth.ts';
import type { OAuthApp } from '../../../src/ports/oauth-client.ts';
import { CLIENT_SECRET, ME, refusal, ZoomBench } from './bench.ts';

let bench: ZoomBench;
afterEach(() => bench.close());

/** The client of the core, with what the platform says of itself. */
async function started(clientSecret: string | null = null) {
  bench = await ZoomBench.start();
  const { settings } = bench;
  const clock = new SystemClock();
  const client = openIdOAuthClient({ http: httpClient(clock), clock });
  const app: OAuthApp = {
    server: zoomOAuth.endpoints(settings),
    clientId: settings.clientId,
    clientSecret,
    clientAuth: zoomOAuth.clientAuth,
    openId: zoomOAuth.openId,
  };
  const begin = (port = 51_234) =>
    client.authorize(app, {
      redirectUri: `http://${zoomOAuth.redirect.host}:${port}${zoomOAuth.redirect.path}`,
      scopes: zoomOAuth.scopes(settings),
      scopeParameter: zoomOAuth.scopeParameter,
      scopeSeparator: zoomOAuth.scopeSeparator,
      parameters: zoomOAuth.authorizationParameters,
    });
  const land = async (url: URL): Promise<URL> => {
    const response = await fetch(url, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? 'http://127.0.0.1/nowhere');
  };
  return { client, app, begin, land };
}

describe('signing in to Zoom', () => {
  it.each([
    ['a public app', null],
    ['an app with a secret', CLIENT_SECRET],
  ])('works for %s, on any port, and the account lives with the token', async (_what, secret) => {
    const { client, app, begin, land } = await started(secret);
    const pending = await begin(40_001);
    const tokens = await client.exchange(app, pending, await land(pending.url));
    expect(tokens).toMatchObject({ expiresInSeconds: expect.any(Number), refreshToken: expect.any(String) });
    expect(tokens.scopes).toEqual(zoomOAuth.scopes(bench.settings));
    bench.secrets = { accessToken: tokens.accessToken };
    expect((await bench.signedIn()).self).toEqual({ userId: ME, displayName: 'Grace Hopper' });
  });

  it('is refused with a wrong secret', async () => {
    const { client, app, begin, land } = await started('not the secret');
    const pending = await begin();
    const error = await refusal(client.exchange(app, pending, await land(pending.url)));
    expect(error.code).toBe('credentials-refused');
    expect(error.message).not.toContain('not the secret');
  });

  it('rotates refresh tokens, each good for one use; using one twice ends the sign-in', async () => {
    const { client, app, begin, land } = await started();
    const pending = await begin();
    const first = await client.exchange(app, pending, await land(pending.url));
    const second = await client.refresh(app, first.refreshToken ?? '');
    expect(second.refreshToken).not.toBe(first.refreshToken);
    bench.secrets = { accessToken: second.accessToken };
    await bench.signedIn();
    expect((await refusal(client.refresh(app, first.refreshToken ?? ''))).code).toBe('token-revoked');
    expect((await refusal(bench.seat.connect(bench))).code).toBe('token-revoked');
  });

  it('ends the earlier sign-in with the same app, and can be revoked', async () => {
    const { client, app, begin, land } = await started();
    const signIn = async () => {
      const pending = await begin();
      return client.exchange(app, pending, await land(pending.url));
    };
    const earlier = await signIn();
    const later = await signIn();
    expect((await refusal(bench.seat.connect(bench, { accessToken: earlier.accessToken }))).code).toBe('token-revoked');
    await bench.seat.connect(bench, { accessToken: later.accessToken });
    await client.revoke(app, later.refreshToken ?? '', 'refresh_token');
    expect((await refusal(bench.seat.connect(bench, { accessToken: later.accessToken }))).code).toBe('token-revoked');
  });

  it('does not happen when it was denied', async () => {
    const { client, app, begin, land } = await started();
    bench.simulator.oauth.consent = { userId: ME, decision: 'deny' };
    const pending = await begin();
    expect((await refusal(client.exchange(app, pending, await land(pending.url)))).params.oauth).toBe('access_denied');
  });
});
