import { createSecretKey } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { openIdOAuthClient } from '../../../src/infra/oauth/openid-oauth-client.ts';
import type { OAuthApp } from '../../../src/ports/oauth-client.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const ISSUER = 'https://signin.example';
const CLIENT = 'desktop';
const TENANT = '11111111-2222-3333-4444-555555555555';

const app: OAuthApp = {
  server: {
    issuer: ISSUER,
    authorization: `${ISSUER}/authorize`,
    token: `${ISSUER}/token`,
    revocation: null,
    deviceAuthorization: null,
    jwks: `${ISSUER}/jwks`,
  },
  clientId: CLIENT,
  clientSecret: 'the-app-secret-of-the-app-that-is-long',
  clientAuth: 'post',
  openId: true,
};

type Signer = (claims: JWTPayload) => Promise<string> | string;
const keys = await generateKeyPair('RS256', { extractable: true });
const others = await generateKeyPair('RS256');
const curve = await generateKeyPair('ES256', { extractable: true });
const signed =
  (key: Parameters<SignJWT['sign']>[0], alg = 'RS256', kid = 'one'): Signer =>
  (claims) =>
    new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);
const right = signed(keys.privateKey);

/** What comes of a sign-in whose ID token says this. */
async function signIn(
  change: (claims: JWTPayload) => JWTPayload,
  sign: Signer | null = right,
  own: Partial<OAuthApp> = {},
) {
  const clock = new FakeClock();
  const now = Math.floor(clock.now() / 1000);
  let idToken: string | undefined;
  const client = openIdOAuthClient({
    clock,
    http: {
      fetch: async (input) =>
        String(input).endsWith('/jwks')
          ? Response.json({
              keys: [
                { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' },
                { ...(await exportJWK(curve.publicKey)), kid: 'curve', alg: 'ES256', use: 'sig' },
              ],
            })
          : Response.json({ access_token: 'a', token_type: 'bearer', expires_in: 60, id_token: idToken }),
    },
  });
  const asked: OAuthApp = { ...app, ...own };
  const pending = await client.authorize(asked, {
    redirectUri: 'http://127.0.0.1:4000/callback',
    scopes: ['openid'],
    scopeParameter: 'scope',
    scopeSeparator: ' ',
    parameters: {},
  });
  const claims = { iss: ISSUER, sub: 'ada', aud: CLIENT, iat: now, exp: now + 300, nonce: pending.nonce ?? undefined };
  idToken = sign === null ? undefined : await sign(change(claims));
  const landed = new URL(`${pending.redirectUri}?code=c&state=${pending.state}`);
  return client.exchange(asked, pending, landed).then(
    ({ accessToken }) => accessToken,
    (thrown: { code: string }) => thrown.code,
  );
}

const as = (more: Partial<JWTPayload>) => (claims: JWTPayload) => ({ ...claims, ...more });
const same = (claims: JWTPayload) => claims;

describe('an ID token', () => {
  it('is accepted when everything in it is as it has to be', async () => {
    expect(await signIn(same)).toBe('a');
    expect(await signIn(as({ aud: [CLIENT, 'another'], azp: CLIENT }))).toBe('a');
    // Clocks differ a little.
    expect(await signIn(({ iat = 0, ...claims }) => ({ ...claims, iat: iat + 20 }))).toBe('a');
  });

  it.each<[string, (claims: JWTPayload) => JWTPayload]>([
    ['is for another app', as({ aud: 'another' })],
    ['is for several apps, given to another', as({ aud: [CLIENT, 'another'], azp: 'another' })],
    ['is for several apps, and does not say to which it was given', as({ aud: [CLIENT, 'another'] })],
    ['comes from another service', as({ iss: 'https://evil.example' })],
    ['has run out', (claims) => ({ ...claims, exp: Number(claims.exp) - 600, iat: Number(claims.iat) - 600 })],
    ['is from the future', (claims) => ({ ...claims, nbf: Number(claims.iat) + 600 })],
    ['has no end', ({ exp: _exp, ...claims }) => claims],
    ['says nobody', ({ sub: _sub, ...claims }) => claims],
    ['has no nonce', ({ nonce: _nonce, ...claims }) => claims],
    ['has the nonce of another sign-in', as({ nonce: 'another' })],
  ])('that %s is refused', async (_what, change) => {
    expect(await signIn(change)).toBe('protocol-error');
  });

  it.each<[string, Signer | null]>([
    ['is not there', null],
    ['is not signed', (claims) => new UnsecuredJWT(claims).encode()],
    ['is signed by another key', signed(others.privateKey)],
    ['names a key that is not published', signed(others.privateKey, 'RS256', 'two')],
    ['is signed by the app’s secret', signed(createSecretKey(Buffer.from(app.clientSecret ?? '')), 'HS256')],
    [
      'is signed by the public key as if it were a secret',
      async (claims) => signed(createSecretKey(Buffer.from(await exportSPKI(keys.publicKey))), 'HS256')(claims),
    ],
    ['is signed by a published key of another kind', signed(curve.privateKey, 'ES256', 'curve')],
    ['was changed after it was signed', async (claims) => `${await right({ ...claims, sub: 'eve' })}x`],
  ])('that %s is refused', async (_what, sign) => {
    expect(await signIn(same, sign)).toBe('protocol-error');
  });

  it('of a service with a tenant each is checked against the tenant that it names', async () => {
    const server = { ...app.server, issuer: `${ISSUER}/{tenantid}/v2.0` };
    const of = (tid: string, iss = `${ISSUER}/${tid}/v2.0`) => as({ tid, iss });
    expect(await signIn(of(TENANT), right, { server })).toBe('a');
    expect(await signIn(of(TENANT, `${ISSUER}/${TENANT.replace('1', '9')}/v2.0`), right, { server })).toBe(
      'protocol-error',
    );
    expect(await signIn(of('../../evil.example'), right, { server })).toBe('protocol-error');
    expect(await signIn(of(TENANT), signed(others.privateKey), { server })).toBe('protocol-error');
  });
});
