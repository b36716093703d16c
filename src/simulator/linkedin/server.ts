import type { IncomingMessage, ServerResponse } from 'node:http';
import { FaultPlan } from '../faults/fault-plan.ts';
import { type JsonAnswer, sendAnswer } from '../http/answer.ts';
import { faultAnswer } from '../http/fault-answer.ts';
import { startLoopbackServer } from '../http/loopback-server.ts';
import { readBody } from '../http/read-body.ts';
import { standardBody } from '../oauth/answers.ts';
import { AuthorizationServer } from '../oauth/authorization-server.ts';
import { IdTokenSigner } from '../oauth/id-tokens.ts';
import { LinkedinMember } from './member.ts';
import { answerRest, linkedinError } from './portability-api.ts';

const DAY_MS = 86_400_000;
/** Quotas are not published; the portal shows an app its own. */
const CALLS_A_DAY = 500;
const ACCESS_SECONDS = 60 * 86_400;

/** The app that is registered here, with native sign-in switched on. */
export const LINKEDIN_CLIENT = { clientId: '77simulated', clientSecret: 'WPL_AP1.simulated' } as const;

const ALL_SCOPES = ['r_dma_portability_3rd_party', 'openid', 'profile', 'email'];

/** One call; never its token. */
export interface RecordedLinkedinCall {
  readonly name: string;
  readonly at: number;
  readonly status: number;
  readonly query: string;
}

/** A running LinkedIn: sign-in and the data portability APIs on one server, with one member. */
export interface LinkedinSimulator {
  readonly apiUrl: string;
  readonly authUrl: string;
  readonly member: LinkedinMember;
  readonly oauth: AuthorizationServer;
  readonly idTokens: IdTokenSigner;
  readonly calls: readonly RecordedLinkedinCall[];
  readonly faults: FaultPlan;
  /** A valid access token, as the portal’s generator gives one. */
  issueToken(scopes?: readonly string[]): string;
  restart(pauseMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts LinkedIn on 127.0.0.1. */
export async function startLinkedinSimulator(
  options: {
    port?: number;
    now?: () => number;
    callsADay?: number;
    /** What the app may ask for; absent: everything. */
    scopes?: readonly string[];
    /** Whose account it is. */
    me?: { firstName: string; lastName: string };
  } = {},
): Promise<LinkedinSimulator> {
  const now = options.now ?? Date.now;
  const me = { id: 'Gr4ceH0pp', firstName: 'Grace', lastName: 'Hopper', ...options.me };
  const member = new LinkedinMember(me, 'grace@example.com', now);
  const oauth = new AuthorizationServer({
    clients: [
      {
        ...LINKEDIN_CLIENT,
        secret: 'optional',
        redirectUris: ['http://127.0.0.1/linkedin'],
        loopbackPorts: 'any',
        scopes: options.scopes ?? null,
      },
    ],
    consent: { userId: me.id, decision: 'grant' },
    now,
    // Refresh tokens are for approved partners.
    rotation: 'none',
    accessSeconds: ACCESS_SECONDS,
    newToken: () => `AQXsim${crypto.randomUUID().replaceAll('-', '')}`,
  });
  const faults = new FaultPlan();
  const calls: RecordedLinkedinCall[] = [];
  const perDay = new Map<number, number>();
  const server = await startLoopbackServer((request, response) => void serve(request, response), options.port);
  const origin = `http://127.0.0.1:${server.port}`;
  const idTokens = await IdTokenSigner.create(`${origin}/oauth`, now);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const body = await readBody(request).catch(() => null);
    if (body === null) return void response.socket?.destroy();
    const name = url.pathname.split('/').at(-1) ?? '';
    const fault = faults.take(name);
    const replaced =
      fault === undefined
        ? undefined
        : faultAnswer(fault, {
            rateLimited: linkedinError(429, 101, 'TOO_MANY_REQUESTS', 'Resource level throttle limit reached').body,
            unavailable: (status) => linkedinError(status, null, 'INTERNAL_SERVER_ERROR', 'Internal Server Error').body,
            refusal: (error, extra) =>
              linkedinError(Number(extra.status ?? 400), Number(extra.code ?? 0), error, 'As planned.'),
          });
    if (url.pathname === '/oauth/native-pkce/authorization' && replaced === undefined) return authorize(url, response);
    const answer = replaced ?? (await answerOf(request, url, body));
    calls.push({ name, at: now(), status: answer.status, query: url.search });
    sendAnswer(response, answer, fault, now());
  }

  function authorize(url: URL, response: ServerResponse): void {
    const answer = oauth.authorize(url.searchParams);
    if (answer.kind === 'redirect' && member.inRegion)
      response.writeHead(302, { Location: inLinkedinsWords(answer.location) }).end();
    else response.writeHead(400, { 'Content-Type': 'text/html' }).end('<title>Bummer, something went wrong.</title>');
  }

  async function answerOf(request: IncomingMessage, url: URL, body: string): Promise<JsonAnswer> {
    if (url.pathname === '/oauth/v2/accessToken') return token(body);
    if (url.pathname === '/oauth/v2/revoke') {
      const refused = oauth.revocation(new URLSearchParams(body));
      return { status: refused?.status ?? 200, headers: {}, body: refused === null ? {} : standardBody(refused) };
    }
    if (url.pathname === '/oauth/openid/jwks') return { status: 200, headers: {}, body: idTokens.jwks() };
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer === undefined) return linkedinError(401, 65_604, 'EMPTY_ACCESS_TOKEN', 'Empty oauth2 access token');
    const standing = oauth.standing(bearer);
    if (standing === 'expired')
      return linkedinError(401, 65_602, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired');
    if (standing === 'revoked')
      return linkedinError(
        401,
        65_601,
        'REVOKED_ACCESS_TOKEN',
        'The token used in the request has been revoked by the user',
      );
    if (standing === 'unknown') return linkedinError(401, 65_600, 'INVALID_ACCESS_TOKEN', 'Invalid access token');
    if (overToday())
      return linkedinError(
        429,
        101,
        'TOO_MANY_REQUESTS',
        'Resource level throttle MEMBER DAY limit for calls to this resource is reached.',
      );
    const scopes = oauth.scopesOf(bearer);
    if (url.pathname === '/v2/userinfo') return userinfo(scopes);
    return answerRest(member, scopes, request, url, body, now());
  }

  /** Counted by the day of UTC. */
  function overToday(): boolean {
    const day = Math.floor(now() / DAY_MS);
    const made = (perDay.get(day) ?? 0) + 1;
    perDay.set(day, made);
    return made > (options.callsADay ?? CALLS_A_DAY);
  }

  async function token(body: string): Promise<JsonAnswer> {
    const answer = oauth.token(new URLSearchParams(body));
    if (answer.kind === 'refused') return { status: answer.status, headers: {}, body: standardBody(answer) };
    // The member agreed to the recording on LinkedIn's page.
    if (answer.scopes.includes('r_dma_portability_3rd_party')) member.regulatedAt ??= now();
    const claims = { name: `${me.firstName} ${me.lastName}`, email: member.email, email_verified: true };
    // Never a nonce, whatever was asked for.
    const id_token = answer.scopes.includes('openid')
      ? await idTokens.sign(me.id, answer.clientId, null, claims)
      : undefined;
    return {
      status: 200,
      headers: {},
      body: { ...standardBody(answer), ...(id_token === undefined ? {} : { id_token }) },
    };
  }

  function userinfo(scopes: readonly string[]): JsonAnswer {
    if (!scopes.includes('openid')) {
      return linkedinError(403, 100, 'ACCESS_DENIED', 'Not enough permissions to access: userinfo.GET.NO_VERSION');
    }
    const profile = {
      name: `${me.firstName} ${me.lastName}`,
      given_name: me.firstName,
      family_name: me.lastName,
      locale: { country: 'US', language: 'en' },
    };
    return {
      status: 200,
      headers: {},
      body: {
        sub: me.id,
        ...(scopes.includes('profile') ? profile : {}),
        ...(scopes.includes('email') ? { email: member.email, email_verified: true } : {}),
      },
    };
  }

  return {
    apiUrl: origin,
    authUrl: origin,
    member,
    oauth,
    idTokens,
    calls,
    faults,
    issueToken(scopes = ALL_SCOPES) {
      return oauth.issue({ userId: me.id, clientId: LINKEDIN_CLIENT.clientId, scopes }).accessToken;
    },
    restart: (pauseMs) => server.restart(pauseMs),
    close: () => server.close(),
  };
}

/** LinkedIn's names for what the standard calls otherwise (shared/authentication/authorization-code-flow). */
const OWN_ERRORS: Readonly<Record<string, string>> = {
  access_denied: 'user_cancelled_authorize',
  invalid_scope: 'unauthorized_scope_error',
};

function inLinkedinsWords(location: string): string {
  const url = new URL(location);
  const own = OWN_ERRORS[url.searchParams.get('error') ?? ''];
  if (own !== undefined) url.searchParams.set('error', own);
  return url.href;
}
