import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { standardBody } from '../../../src/simulator/oauth/answers.ts';
import {
  AuthorizationServer,
  type AuthorizationServerOptions,
} from '../../../src/simulator/oauth/authorization-server.ts';
import type { OAuthClient } from '../../../src/simulator/oauth/client.ts';

const VERIFIER = 'a-verifier-that-is-long-enough-to-be-one-0123456789';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const REDIRECT = 'http://127.0.0.1:50123/callback';
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

const PUBLIC: OAuthClient = {
  clientId: 'desktop',
  clientSecret: null,
  secret: 'never',
  redirectUris: ['http://127.0.0.1/callback'],
  loopbackPorts: 'any',
  scopes: ['read', 'write'],
};
const CONFIDENTIAL: OAuthClient = { ...PUBLIC, clientId: 'office', clientSecret: 's3cret/+', secret: 'required' };
const MIXED: OAuthClient = { ...CONFIDENTIAL, clientId: 'mixed', secret: 'optional' };

function bench(options: Partial<AuthorizationServerOptions> = {}) {
  const clock = { now: 1_700_000_000_000 };
  const server = new AuthorizationServer({
    clients: [PUBLIC, CONFIDENTIAL, MIXED],
    consent: { userId: 'ada', decision: 'grant' },
    now: () => clock.now,
    ...options,
  });
  const authorize = (more: Record<string, string | null> = {}) => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'desktop',
      redirect_uri: REDIRECT,
      state: 'st',
      scope: 'read write',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    });
    for (const [name, value] of Object.entries(more)) value === null ? query.delete(name) : query.set(name, value);
    return server.authorize(query);
  };
  const landed = (more: Record<string, string | null> = {}) => {
    const answer = authorize(more);
    if (answer.kind !== 'redirect') throw new Error(answer.description);
    return new URL(answer.location).searchParams;
  };
  const code = (more: Record<string, string | null> = {}) => landed(more).get('code') ?? '';
  const exchange = (given: string, more: Record<string, string> = {}, authorization: string | null = null) =>
    server.token(
      new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'desktop',
        code: given,
        redirect_uri: REDIRECT,
        code_verifier: VERIFIER,
        ...more,
      }),
      authorization,
    );
  const signIn = () => {
    const answer = exchange(code());
    if (answer.kind === 'refused') throw new Error(answer.description);
    return answer;
  };
  const refresh = (token: string | null, more: Record<string, string> = {}) =>
    server.token(
      new URLSearchParams({ grant_type: 'refresh_token', client_id: 'desktop', refresh_token: token ?? '', ...more }),
    );
  const pass = (seconds: number) => {
    clock.now += seconds * 1000;
  };
  return { server, authorize, landed, code, exchange, signIn, refresh, pass };
}

const errorOf = (answer: { kind: string; error?: string }) => answer.error ?? answer.kind;

describe('the authorization endpoint', () => {
  it('sends a code, the state and the issuer back to the loopback address on any port', () => {
    const { landed } = bench({ issuer: 'https://issuer.example' });
    const answer = landed();
    expect(answer.get('code')).toBeTruthy();
    expect(answer.get('state')).toBe('st');
    expect(answer.get('iss')).toBe('https://issuer.example');
  });

  it.each([
    ['an app that it does not know', { client_id: 'nobody' }],
    ['another host', { redirect_uri: 'http://evil.example/callback' }],
    ['another path', { redirect_uri: 'http://127.0.0.1:5/other' }],
    ['the other loopback name', { redirect_uri: 'http://localhost:5/callback' }],
    ['no address', { redirect_uri: null }],
  ])('redirects nowhere for %s', (_what, more) => {
    expect(errorOf(bench().authorize(more))).toBe('invalid_request');
  });

  it('holds the port against the registration where the platform does', () => {
    const client: OAuthClient = { ...PUBLIC, loopbackPorts: 'registered', redirectUris: [REDIRECT] };
    const { authorize } = bench({ clients: [client] });
    expect(authorize().kind).toBe('redirect');
    expect(authorize({ redirect_uri: 'http://127.0.0.1:50124/callback' }).kind).toBe('refused');
  });

  it.each([
    ['no challenge', { code_challenge: null, code_challenge_method: null }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without its method', { code_challenge_method: null }, 'invalid_request'],
    ['a scope that the app may not ask for', { scope: 'read admin' }, 'invalid_scope'],
    ['the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
  ])('sends %s back as an error', (_what, more, error) => {
    const answer = bench().landed(more);
    expect(answer.get('error')).toBe(error);
    expect(answer.get('state')).toBe('st');
    expect(answer.has('code')).toBe(false);
  });

  it('can be told to deny, and to grant less than was asked for', () => {
    const { server, landed, signIn } = bench();
    server.consent = { userId: 'ada', decision: 'deny' };
    expect(landed().get('error')).toBe('access_denied');
    server.consent = { userId: 'bob', decision: 'grant', scopes: ['read'] };
    const { accessToken } = signIn();
    expect(server.userOf(accessToken)).toBe('bob');
    expect(server.scopesOf(accessToken)).toEqual(['read']);
  });

  it('reads scopes of a parameter and with a separator of its own', () => {
    const { server, code, exchange } = bench({ scopeParameter: 'user_scope', scopeSeparator: ',' });
    const answer = exchange(code({ scope: '', user_scope: 'read,write' }));
    expect(answer.kind === 'granted' && server.scopesOf(answer.accessToken)).toEqual(['read', 'write']);
  });
});

describe('the exchange of a code', () => {
  it('gives tokens, in the standard’s words too', () => {
    const { signIn } = bench();
    const answer = signIn();
    expect(standardBody(answer)).toEqual({
      access_token: answer.accessToken,
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: answer.refreshToken,
      scope: 'read write',
    });
  });

  it('takes a code once; the second use ends what the first gave', () => {
    const { server, code, exchange } = bench();
    const given = code();
    const first = exchange(given);
    expect(errorOf(exchange(given))).toBe('invalid_grant');
    expect(first.kind === 'granted' && server.standing(first.accessToken)).toBe('revoked');
  });

  it.each([
    ['a wrong verifier', { code_verifier: `${VERIFIER}x` }, 'invalid_grant'],
    ['another redirect address', { redirect_uri: 'http://127.0.0.1:1/callback' }, 'invalid_grant'],
    ['another app', { client_id: 'mixed' }, 'invalid_grant'],
    ['a secret from an app that has none', { client_secret: 'x' }, 'invalid_client'],
    ['an unknown grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses %s', (_what, more, error) => {
    const { code, exchange } = bench();
    expect(errorOf(exchange(code(), more))).toBe(error);
  });

  it('refuses a code that has waited too long', () => {
    const { code, exchange, pass } = bench({ codeSeconds: 60 });
    const given = code();
    pass(60);
    expect(errorOf(exchange(given))).toBe('invalid_grant');
  });

  it('wants the secret where the app has to show it, in the body or in the header', () => {
    const { code, exchange } = bench();
    const more = { client_id: 'office' };
    expect(errorOf(exchange(code(more), more))).toBe('invalid_client');
    expect(errorOf(exchange(code(more), { ...more, client_secret: 'wrong' }))).toBe('invalid_client');
    expect(exchange(code(more), { ...more, client_secret: 's3cret/+' }).kind).toBe('granted');
    const basic = `Basic ${Buffer.from(`office:${encodeURIComponent('s3cret/+')}`).toString('base64')}`;
    expect(exchange(code(more), more, basic).kind).toBe('granted');
    expect(errorOf(exchange(code(more), { ...more, client_secret: 's3cret/+' }, basic))).toBe('invalid_client');
  });

  it('lets an app with an optional secret leave it out, but not get it wrong', () => {
    const { code, exchange } = bench();
    const more = { client_id: 'mixed' };
    expect(exchange(code(more), more).kind).toBe('granted');
    expect(errorOf(exchange(code(more), { ...more, client_secret: 'wrong' }))).toBe('invalid_client');
  });
});

describe('refreshing', () => {
  it('takes a rotating token once; its reuse ends the whole chain', () => {
    const { server, signIn, refresh } = bench();
    const first = signIn();
    const second = refresh(first.refreshToken);
    if (second.kind === 'refused') throw new Error(second.description);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(server.standing(second.accessToken)).toBe('valid');
    expect(errorOf(refresh(first.refreshToken))).toBe('invalid_grant');
    expect(server.standing(second.accessToken)).toBe('revoked');
    expect(errorOf(refresh(second.refreshToken))).toBe('invalid_grant');
    expect(server.refreshes).toBe(3);
  });

  it('takes a used one again within the grace, and not after it', () => {
    const { signIn, refresh, pass } = bench({ graceSeconds: 30 });
    const first = signIn();
    refresh(first.refreshToken);
    pass(30);
    expect(refresh(first.refreshToken).kind).toBe('granted');
    pass(1);
    expect(errorOf(refresh(first.refreshToken))).toBe('invalid_grant');
  });

  it('keeps one that stays, replaces one and leaves the old alone, or gives none', () => {
    const stays = bench({ rotation: 'stays' });
    const kept = stays.signIn().refreshToken;
    const again = stays.refresh(kept);
    expect(again.kind === 'granted' && again.refreshToken).toBe(kept);
    const replaced = bench({ rotation: 'replaced' });
    const first = replaced.signIn().refreshToken;
    const other = replaced.refresh(first);
    expect(other.kind === 'granted' && other.refreshToken).not.toBe(first);
    expect(replaced.refresh(first).kind).toBe('granted');
    expect(bench({ rotation: 'none' }).signIn().refreshToken).toBeNull();
  });

  it('lets the time run anew with each use, or from the consent on', () => {
    const sliding = bench({ refreshSeconds: 100 });
    const fixed = bench({ refreshSeconds: 100, refreshSlides: false });
    for (const [side, outcome] of [
      [sliding, 'granted'],
      [fixed, 'invalid_grant'],
    ] as const) {
      const first = side.signIn();
      side.pass(60);
      const second = side.refresh(first.refreshToken);
      side.pass(60);
      expect(errorOf(side.refresh(second.kind === 'granted' ? second.refreshToken : ''))).toBe(outcome);
    }
  });

  it('never widens what was granted, nor serves another app', () => {
    const { signIn, refresh } = bench();
    expect(errorOf(refresh(signIn().refreshToken, { scope: 'read admin' }))).toBe('invalid_scope');
    expect(errorOf(refresh(signIn().refreshToken, { client_id: 'mixed' }))).toBe('invalid_grant');
  });

  it('lets only so many access tokens live at once', () => {
    const { server, signIn, refresh } = bench({ liveAccessTokens: 2 });
    const first = signIn();
    const second = refresh(first.refreshToken);
    if (second.kind === 'refused') throw new Error(second.description);
    expect(server.standing(first.accessToken)).toBe('valid');
    refresh(second.refreshToken);
    expect(server.standing(first.accessToken)).toBe('revoked');
    expect(server.standing(second.accessToken)).toBe('valid');
  });

  it('ends earlier consents at a new one where the platform does', () => {
    const { server, signIn } = bench({ oneGrantPerUser: true });
    const first = signIn();
    const second = signIn();
    expect(server.standing(first.accessToken)).toBe('revoked');
    expect(server.standing(second.accessToken)).toBe('valid');
  });
});

describe('the end of tokens', () => {
  it('comes by time', () => {
    const { server, signIn, pass } = bench({ accessSeconds: 10 });
    const { accessToken } = signIn();
    expect(server.standing(accessToken)).toBe('valid');
    pass(10);
    expect(server.standing(accessToken)).toBe('expired');
    expect(server.userOf(accessToken)).toBeNull();
  });

  it('comes by the revocation endpoint, of one token or of the whole consent', () => {
    for (const revokes of ['token', 'grant'] as const) {
      const { server, signIn, refresh } = bench({ revokes });
      const { accessToken, refreshToken } = signIn();
      const parameters = new URLSearchParams({ client_id: 'desktop', token: refreshToken ?? '' });
      expect(server.revocation(parameters)).toBeNull();
      expect(errorOf(refresh(refreshToken))).toBe('invalid_grant');
      expect(server.standing(accessToken)).toBe(revokes === 'token' ? 'valid' : 'revoked');
    }
  });

  it('does not come from somebody else’s app', () => {
    const { server, signIn } = bench();
    const { accessToken } = signIn();
    expect(server.revocation(new URLSearchParams({ client_id: 'mixed', token: accessToken }))).toBeNull();
    expect(server.standing(accessToken)).toBe('valid');
    expect(server.revocation(new URLSearchParams({ client_id: 'nobody', token: accessToken }))?.status).toBe(401);
  });

  it('comes by an admin’s hand', () => {
    const { server, signIn, refresh } = bench();
    const { accessToken, refreshToken } = signIn();
    server.expire(accessToken);
    expect(server.standing(accessToken)).toBe('expired');
    server.revoke(accessToken);
    expect(errorOf(refresh(refreshToken))).toBe('invalid_grant');
    expect(server.standing('never-given')).toBe('unknown');
    const pasted = server.issue({ userId: 'eve', clientId: 'desktop', scopes: ['read'] });
    server.revokeUser('eve');
    expect(server.standing(pasted.accessToken)).toBe('revoked');
  });
});

describe('device codes', () => {
  const start = (side: ReturnType<typeof bench>) => {
    const answer = side.server.device(new URLSearchParams({ client_id: 'desktop', scope: 'read' }));
    if (answer.kind === 'refused') throw new Error(answer.description);
    const ask = () =>
      side.server.token(
        new URLSearchParams({ grant_type: DEVICE_GRANT, client_id: 'desktop', device_code: answer.deviceCode }),
      );
    return { answer, ask };
  };
  const withDevices = () => bench({ deviceCode: { expiresInSeconds: 900, intervalSeconds: 5 } });

  it('wait for the user, slow a hasty app down, and count once', () => {
    const side = withDevices();
    const { answer, ask } = start(side);
    expect(answer.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    expect(errorOf(ask())).toBe('authorization_pending');
    side.pass(1);
    expect(errorOf(ask())).toBe('slow_down');
    side.pass(9);
    expect(errorOf(ask())).toBe('slow_down');
    side.server.typeUserCode(answer.userCode);
    side.pass(15);
    const granted = ask();
    expect(granted.kind === 'granted' && side.server.scopesOf(granted.accessToken)).toEqual(['read']);
    side.pass(15);
    expect(errorOf(ask())).toBe('invalid_grant');
  });

  it('can be denied, run out, and are not there unless the platform has them', () => {
    const denied = withDevices();
    const waiting = start(denied);
    denied.server.consent = { userId: 'ada', decision: 'deny' };
    denied.server.typeUserCode(waiting.answer.userCode);
    expect(errorOf(waiting.ask())).toBe('access_denied');
    const late = withDevices();
    const { ask } = start(late);
    late.pass(900);
    expect(errorOf(ask())).toBe('expired_token');
    expect(errorOf(bench().server.device(new URLSearchParams({ client_id: 'desktop' })))).toBe('unauthorized_client');
  });
});
