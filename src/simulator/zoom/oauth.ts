import type { JsonAnswer } from '../http/answer.ts';
import { standardBody } from '../oauth/answers.ts';
import { AuthorizationServer } from '../oauth/authorization-server.ts';

/** The app that tests and the demo sign in with. */
export const ZOOM_APP = {
  clientId: 'rVd6xHQZTBCoF9oOq2Zq7A',
  clientSecret: 'p1SLgZP9yQnWmXeTjXw8rXh0OuKFmG3t',
} as const;

/** Zoom's authorization server: public or with a secret, any loopback port, single-use refresh tokens, one consent per person and app. */
export function zoomAuthorizationServer(userId: string, now: () => number, accessSeconds = 3_600): AuthorizationServer {
  return new AuthorizationServer({
    clients: [
      {
        ...ZOOM_APP,
        secret: 'optional',
        redirectUris: ['http://127.0.0.1/zoom'],
        loopbackPorts: 'any',
        scopes: null,
      },
    ],
    consent: { userId, decision: 'grant' },
    rotation: 'rotates',
    accessSeconds,
    refreshSeconds: 90 * 86_400,
    oneGrantPerUser: true,
    revokes: 'grant',
    now,
  });
}

/** Tokens of apps, which event sockets take; a user's token is none. */
export class AppTokens {
  readonly #issued = new Map<string, number>();
  readonly #now: () => number;
  #next = 1;

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(): string {
    const token = `app-${this.#next++}-${Buffer.from(String(this.#now())).toString('base64url')}`;
    this.#issued.set(token, this.#now() + 3_600_000);
    return token;
  }

  isValid(token: string): boolean {
    return (this.#issued.get(token) ?? 0) > this.#now();
  }
}

/** What an endpoint answers: JSON, or an address that the browser goes to. */
export type OAuthAnswer = JsonAnswer | { readonly location: string };

/** Zoom's three endpoints; null for another path. `authorization` is the request's header. */
export function answerOAuth(
  server: AuthorizationServer,
  apps: AppTokens,
  request: {
    path: string;
    verb: string;
    query: URLSearchParams;
    body: string;
    authorization: string | null;
    origin: string;
  },
): OAuthAnswer | null {
  const { path, verb, query, body, authorization, origin } = request;
  // Zoom takes the parameters of a POST by query too.
  const parameters = new URLSearchParams([...query, ...new URLSearchParams(body)]);
  if (path === 'authorize' && verb === 'GET') {
    const answer = server.authorize(query);
    if (answer.kind === 'redirect') return { location: answer.location };
    return { status: 400, headers: {}, body: { errorCode: 4709, errorMessage: answer.description } };
  }
  if (path === 'token' && verb === 'POST') {
    if (parameters.get('grant_type') === 'client_credentials') return appGrant(apps, authorization);
    const answer = server.token(parameters, authorization);
    if (answer.kind === 'refused') {
      return { status: answer.status, headers: {}, body: { reason: answer.description, error: answer.error } };
    }
    return { status: 200, headers: {}, body: { ...standardBody(answer), token_type: 'bearer', api_url: origin } };
  }
  if (path === 'revoke' && verb === 'POST') {
    const refused = server.revocation(parameters, authorization);
    if (refused !== null)
      return { status: refused.status, headers: {}, body: { reason: refused.description, error: refused.error } };
    return { status: 200, headers: {}, body: { status: 'success' } };
  }
  return null;
}

/** The app for itself: only by Basic, only with its secret. */
function appGrant(apps: AppTokens, authorization: string | null): JsonAnswer {
  const { clientId, clientSecret } = ZOOM_APP;
  const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  if (authorization !== expected) {
    return {
      status: 401,
      headers: {},
      body: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' },
    };
  }
  const body = {
    access_token: apps.issue(),
    token_type: 'bearer',
    expires_in: 3_599,
    scope: 'user:read:presence_status:admin',
  };
  return { status: 200, headers: {}, body };
}
