/** OAuth by `openid-client`, with our own HTTP and our own clock; endpoints come from the platforms, nothing is discovered. */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  clockSkew,
  customFetch,
  enableNonRepudiationChecks,
  genericGrantRequest,
  initiateDeviceAuthorization,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  tokenRevocation,
} from 'openid-client';
import { MusterError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { AuthorizationRequest, OAuthApp, OAuthClient, PendingAuthorization } from '../../ports/oauth-client.ts';
import { secondsAheadOfSystem } from '../clock/system-skew.ts';
import { oauthError } from './oauth-errors.ts';
import { isTemplate, withIssuer } from './tenant-issuer.ts';
import { standardAnswer, tokensOf } from './token-answer.ts';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** Token endpoints answer in a second or two; a user may be waiting. */
const TIMEOUT_MS = 15_000;
const MAX_BYTES = 1_000_000;
/** RFC 8628, 3.2: what to assume when the server does not say. */
const DEVICE_INTERVAL_SECONDS = 5;

/** The OAuth client that both hosts use. */
export function openIdOAuthClient(deps: { readonly http: HttpClient; readonly clock: Clock }): OAuthClient {
  const configured = (app: OAuthApp, signal?: AbortSignal) => configuration(app, deps, signal);
  /** Asks the token endpoint, whose answer may have to say first which tenant's issuer counts. */
  const tokens = async (
    app: OAuthApp,
    signal: AbortSignal | undefined,
    ask: (config: Configuration) => Promise<Parameters<typeof tokensOf>[0]>,
  ) => tokensOf(await withIssuer(app, deps.http, (each, http) => ask(configuration(each, { ...deps, http }, signal))));
  return {
    authorize: (app, request) => guarded(app, () => authorize(app, request, configured(app))),
    exchange: (app, pending, landed, signal) =>
      guarded(app, async () => {
        const url = checkedLanding(app, pending, landed);
        const checks = {
          pkceCodeVerifier: pending.verifier,
          expectedState: pending.state,
          ...(pending.nonce === null ? {} : { expectedNonce: pending.nonce }),
          idTokenExpected: app.openId !== false,
        };
        return tokens(app, signal, (config) => authorizationCodeGrant(config, url, checks));
      }),
    refresh: (app, refreshToken, signal) =>
      guarded(app, () => tokens(app, signal, (config) => refreshTokenGrant(config, refreshToken))),
    revoke: (app, token, kind, signal) =>
      guarded(app, async () => {
        if (app.server.revocation !== null)
          await tokenRevocation(configured(app, signal), token, { token_type_hint: kind });
      }),
    authorizeDevice: (app, request, signal) =>
      guarded(app, async () => {
        const answer = await initiateDeviceAuthorization(configured(app, signal), {
          [request.scopeParameter]: request.scopes.join(request.scopeSeparator),
        });
        return {
          deviceCode: answer.device_code,
          userCode: answer.user_code,
          verificationUri: answer.verification_uri,
          verificationUriComplete: answer.verification_uri_complete ?? null,
          expiresInSeconds: answer.expires_in,
          intervalSeconds: answer.interval ?? DEVICE_INTERVAL_SECONDS,
        };
      }),
    askDevice: async (app, deviceCode, signal) => {
      try {
        return await guarded(app, () =>
          tokens(app, signal, (config) => genericGrantRequest(config, DEVICE_GRANT, { device_code: deviceCode })),
        );
      } catch (thrown) {
        if (thrown instanceof MusterError && thrown.params.oauth === 'authorization_pending') return 'pending';
        if (thrown instanceof MusterError && thrown.params.oauth === 'slow_down') return 'slow-down';
        throw thrown;
      }
    },
  };
}

async function authorize(
  app: OAuthApp,
  request: AuthorizationRequest,
  config: Configuration,
): Promise<PendingAuthorization> {
  const [verifier, state] = [randomPKCECodeVerifier(), randomState()];
  const nonce = app.openId === true ? randomNonce() : null;
  const url = buildAuthorizationUrl(config, {
    ...request.parameters,
    response_type: 'code',
    redirect_uri: request.redirectUri,
    [request.scopeParameter]: request.scopes.join(request.scopeSeparator),
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(nonce === null ? {} : { nonce }),
  });
  return { url, redirectUri: request.redirectUri, state, verifier, nonce };
}

/** The library checks both again; here they get names of their own, and a repeated parameter is nobody's honest answer. */
function checkedLanding(app: OAuthApp, pending: PendingAuthorization, landed: URL): URL {
  const only = (name: string) => {
    const all = landed.searchParams.getAll(name);
    return all.length === 1 ? all[0] : undefined;
  };
  if (only('state') !== pending.state) {
    throw new MusterError(
      'credentials-refused',
      'What the browser brought back does not belong to this sign-in, so that nothing was accepted. Begin again.',
      { params: { oauth: 'wrong-state' } },
    );
  }
  const url = new URL(pending.redirectUri);
  url.search = landed.search;
  if (app.server.issuer === null || isTemplate(app.server.issuer)) {
    // Whoever names no issuer has none to compare with (RFC 9207, 2.4); the path and the state of each sign-in are its own.
    url.searchParams.delete('iss');
  } else if (missesIssuer(app, landed) || (landed.searchParams.has('iss') && only('iss') !== app.server.issuer)) {
    throw new MusterError(
      'credentials-refused',
      'The answer does not name the sign-in service that was asked, so that nothing was accepted.',
      { params: { oauth: 'wrong-issuer' } },
    );
  }
  return url;
}

/** RFC 9207, 2.4. A refusal brings nothing that could be exchanged, and not everybody signs it. */
function missesIssuer({ server }: OAuthApp, landed: URL): boolean {
  return server.namesItself === true && landed.searchParams.has('code') && !landed.searchParams.has('iss');
}

function configuration(
  app: OAuthApp,
  { http, clock }: { http: HttpClient; clock: Clock },
  signal: AbortSignal | undefined,
): Configuration {
  const { server, clientId, clientSecret, clientAuth } = app;
  const auth =
    clientSecret === null
      ? None()
      : clientAuth === 'basic'
        ? ClientSecretBasic(clientSecret)
        : ClientSecretPost(clientSecret);
  const config = new Configuration(
    {
      // The library wants one even where the platform has none; then it is compared with nothing.
      issuer: server.issuer ?? new URL(server.authorization).origin,
      authorization_endpoint: server.authorization,
      token_endpoint: server.token,
      ...(server.revocation === null ? {} : { revocation_endpoint: server.revocation }),
      ...(server.deviceAuthorization === null ? {} : { device_authorization_endpoint: server.deviceAuthorization }),
      ...(server.jwks === null ? {} : { jwks_uri: server.jwks }),
    },
    clientId,
    { id_token_signed_response_alg: 'RS256', [clockSkew]: secondsAheadOfSystem(clock) },
    auth,
  );
  // A configuration of its own for each request: keys are fetched when they are needed, so that changed ones are known at once.
  if (app.openId && server.jwks !== null) enableNonRepudiationChecks(config);
  if (onThisMachine(app)) allowInsecureRequests(config);
  // The HTTP client ends each call by our own clock.
  config.timeout = 0;
  config[customFetch] = async (url, { body, headers, method, redirect }) => {
    const response = await http.fetch(url, {
      method,
      headers,
      redirect,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
      ...(signal ? { signal } : {}),
    });
    refuseTrouble(response);
    return url === server.token ? standardAnswer(app, response) : response;
  };
  return config;
}

/** Answers that say nothing about the tokens: too many calls, or a server that is not well. */
function refuseTrouble(response: Response): void {
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    throw new MusterError('rate-limited', 'The sign-in service asks to wait.', {
      params: { status: 429, answered: true },
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : null,
    });
  }
  if (response.status < 500) return;
  throw new MusterError('platform-unavailable', 'The sign-in service has trouble.', {
    params: { status: response.status },
  });
}

/** Plain http is for test servers and gateways on this machine; then every address of the server has to be here. */
function onThisMachine({ server }: OAuthApp): boolean {
  return [server.authorization, server.token, server.revocation, server.deviceAuthorization, server.jwks]
    .filter((address) => address !== null)
    .every((address) => LOOPBACK.has(new URL(address).hostname));
}

async function guarded<T>(app: OAuthApp, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw oauthError(thrown, app.explainRefusal);
  }
}
