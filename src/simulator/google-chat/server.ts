import type { IncomingMessage, ServerResponse } from 'node:http';
import { FaultPlan } from '../faults/fault-plan.ts';
import { type JsonAnswer, sendAnswer } from '../http/answer.ts';
import { CallWindows } from '../http/call-windows.ts';
import { faultAnswer } from '../http/fault-answer.ts';
import { startLoopbackServer } from '../http/loopback-server.ts';
import { readBody } from '../http/read-body.ts';
import { standardBody } from '../oauth/answers.ts';
import { AuthorizationServer } from '../oauth/authorization-server.ts';
import { IdTokenSigner } from '../oauth/id-tokens.ts';
import { answerAvailability, errorInfo, googleError } from './availability-api.ts';
import { ChatUser } from './user.ts';

const MINUTE_MS = 60_000;
/** Per user of a project. */
const CALLS_A_MINUTE = 600;
/** After so long without use a refresh token is gone. */
const REFRESH_SECONDS = 180 * 86_400;

/** The app that is registered here. */
export const GOOGLE_CLIENT = {
  clientId: '1-sim.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-simulated',
} as const;

const ALL_SCOPES = ['https://www.googleapis.com/auth/chat.users.availability', 'openid', 'email', 'profile'];

/** One call of the Chat API; never its token. */
export interface RecordedChatCall {
  readonly name: string;
  readonly at: number;
  readonly status: number;
}

/** A running Google: sign-in and the Chat API on one server, with one user. */
export interface GoogleChatSimulator {
  readonly apiUrl: string;
  /** Also the issuer of its ID tokens. */
  readonly authUrl: string;
  readonly user: ChatUser;
  readonly oauth: AuthorizationServer;
  readonly idTokens: IdTokenSigner;
  readonly calls: readonly RecordedChatCall[];
  readonly faults: FaultPlan;
  /** What an admin or a missing Chat app answers with instead; null: nothing. */
  refusesAll: 'no-app' | 'not-workspace' | null;
  /** A valid access token without a browser. */
  issueToken(scopes?: readonly string[]): { accessToken: string; refreshToken: string | null };
  restart(pauseMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts Google on 127.0.0.1. */
export async function startGoogleChatSimulator(
  options: {
    port?: number;
    now?: () => number;
    callsAMinute?: number;
    accessSeconds?: number;
    /** Whose account it is. */
    me?: { name: string; email: string };
  } = {},
): Promise<GoogleChatSimulator> {
  const now = options.now ?? Date.now;
  const user = new ChatUser(
    { id: '108211234567890123456', name: 'Grace Hopper', email: 'grace@example.com', ...options.me },
    now,
  );
  const faults = new FaultPlan();
  const calls: RecordedChatCall[] = [];
  const windows = new CallWindows();
  const server = await startLoopbackServer((request, response) => void serve(request, response), options.port);
  const origin = `http://127.0.0.1:${server.port}`;
  const oauth = new AuthorizationServer({
    clients: [
      {
        ...GOOGLE_CLIENT,
        // With PKCE too (“client_secret is missing”).
        secret: 'required',
        redirectUris: ['http://127.0.0.1/google-chat'],
        loopbackPorts: 'any',
        scopes: null,
      },
    ],
    consent: { userId: user.id, decision: 'grant' },
    now,
    // Its discovery document says so (authorization_response_iss_parameter_supported).
    issuer: origin,
    rotation: 'stays',
    accessSeconds: options.accessSeconds ?? 3_600,
    refreshSeconds: REFRESH_SECONDS,
    refreshSlides: true,
    revokes: 'grant',
    newToken: (kind) => `${kind === 'access' ? 'ya29.' : '1//'}sim-${crypto.randomUUID()}`,
  });
  const idTokens = await IdTokenSigner.create(origin, now);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const body = await readBody(request).catch(() => null);
    if (body === null) return void response.socket?.destroy();
    const name = nameOf(url);
    const fault = faults.take(name);
    const replaced =
      fault === undefined
        ? undefined
        : faultAnswer(fault, {
            rateLimited: googleError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.').body,
            unavailable: (status) => googleError(status, status === 503 ? 'UNAVAILABLE' : 'INTERNAL', 'Sorry.').body,
            refusal: (error, extra) => googleError(Number(extra.status ?? 400), error, 'As planned.'),
          });
    if (url.pathname === '/o/oauth2/v2/auth' && replaced === undefined) return authorize(url, response);
    const answer = replaced ?? (await answerOf(request, url, body));
    calls.push({ name, at: now(), status: answer.status });
    sendAnswer(response, answer, fault, now());
  }

  function authorize(url: URL, response: ServerResponse): void {
    const answer = oauth.authorize(url.searchParams);
    if (answer.kind === 'redirect') response.writeHead(302, { Location: answer.location }).end();
    else response.writeHead(400, { 'Content-Type': 'text/html' }).end('<title>Error 400</title>');
  }

  async function answerOf(request: IncomingMessage, url: URL, body: string): Promise<JsonAnswer> {
    if (url.pathname === '/token') return token(body);
    if (url.pathname === '/revoke') {
      const refused = oauth.revocation(withClient(new URLSearchParams(body)));
      return { status: refused === null ? 200 : 400, headers: {}, body: refused === null ? {} : standardBody(refused) };
    }
    if (url.pathname === '/oauth2/v3/certs') return { status: 200, headers: {}, body: idTokens.jwks() };
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    const refusal = unauthorised(bearer);
    if (refusal !== null || bearer === undefined) return refusal ?? unauthenticated('CREDENTIALS_MISSING');
    if (url.pathname === '/v1/userinfo') return userinfo(oauth.scopesOf(bearer));
    const wait = windows.waitMs(user.id, options.callsAMinute ?? CALLS_A_MINUTE, MINUTE_MS, now());
    if (wait > 0) return tooMany(wait);
    if (simulator.refusesAll === 'no-app') {
      return googleError(
        404,
        'NOT_FOUND',
        'Google Chat app not found. To create a Chat app, you must turn on the Chat API.',
      );
    }
    if (simulator.refusesAll === 'not-workspace') {
      return googleError(403, 'PERMISSION_DENIED', 'The caller does not have permission');
    }
    return answerAvailability(user, oauth.scopesOf(bearer), request, url, body, now());
  }

  async function token(body: string): Promise<JsonAnswer> {
    const answer = oauth.token(new URLSearchParams(body));
    if (answer.kind === 'refused') return { status: answer.status, headers: {}, body: standardBody(answer) };
    const openId = answer.scopes.includes('openid') && answer.grantType === 'authorization_code';
    const claims = { email: user.email, email_verified: true, name: user.name };
    const id_token = openId ? await idTokens.sign(user.id, answer.clientId, answer.nonce, claims) : undefined;
    // Google repeats no refresh token at a refresh: the old one goes on.
    const { refresh_token, ...rest } = standardBody(answer);
    const first = answer.grantType === 'authorization_code' && refresh_token !== undefined;
    return {
      status: 200,
      headers: {},
      body: { ...rest, ...(first ? { refresh_token } : {}), ...(id_token === undefined ? {} : { id_token }) },
    };
  }

  function unauthorised(bearer: string | undefined): JsonAnswer | null {
    if (bearer === undefined) return unauthenticated('CREDENTIALS_MISSING');
    const standing = oauth.standing(bearer);
    if (standing === 'valid') return null;
    return unauthenticated(standing === 'expired' ? 'ACCESS_TOKEN_EXPIRED' : null);
  }

  function userinfo(scopes: readonly string[]): JsonAnswer {
    if (!scopes.includes('openid')) return unauthenticated('ACCESS_TOKEN_SCOPE_INSUFFICIENT');
    return {
      status: 200,
      headers: {},
      body: {
        sub: user.id,
        ...(scopes.includes('profile') ? { name: user.name, picture: `${origin}/picture.png` } : {}),
        ...(scopes.includes('email') ? { email: user.email, email_verified: true } : {}),
      },
    };
  }

  const simulator: GoogleChatSimulator = {
    apiUrl: origin,
    authUrl: origin,
    user,
    oauth,
    idTokens,
    calls,
    faults,
    refusesAll: null,
    issueToken: (scopes = ALL_SCOPES) => oauth.issue({ userId: user.id, clientId: GOOGLE_CLIENT.clientId, scopes }),
    restart: (pauseMs) => server.restart(pauseMs),
    close: () => server.close(),
  };
  return simulator;
}

/** Revocation at Google wants nothing but the token. */
function withClient(parameters: URLSearchParams): URLSearchParams {
  for (const [name, value] of [
    ['client_id', GOOGLE_CLIENT.clientId],
    ['client_secret', GOOGLE_CLIENT.clientSecret],
  ] as const) {
    parameters.set(name, value);
  }
  return parameters;
}

/** `availability` or `availability:markAsAway`; of the sign-in the path. */
function nameOf(url: URL): string {
  return /\/(availability(?::\w+)?)$/.exec(url.pathname)?.[1] ?? url.pathname.slice(1);
}

function unauthenticated(reason: string | null): JsonAnswer {
  const message =
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.';
  return googleError(401, 'UNAUTHENTICATED', message, reason === null ? [] : [errorInfo(reason)]);
}

function tooMany(waitMs: number): JsonAnswer {
  return googleError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded for quota metric of service chat.googleapis.com.', [
    errorInfo('RATE_LIMIT_EXCEEDED'),
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${Math.ceil(waitMs / 1000)}s` },
  ]);
}
