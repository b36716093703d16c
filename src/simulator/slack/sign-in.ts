import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonAnswer } from '../http/answer.ts';
import type { Granted, Refused } from '../oauth/answers.ts';
import { AuthorizationServer } from '../oauth/authorization-server.ts';
import { readArguments } from './arguments.ts';
import { SlackRefusal } from './methods/method.ts';
import type { SlackToken, TokenProblem } from './workspace/tokens.ts';
import type { SlackWorkspaceState } from './workspace/workspace-state.ts';

/** An app that users can sign in with. */
export interface SlackApp {
  readonly clientId: string;
  /** As registered: Slack compares them to the letter. */
  readonly redirectUris: readonly string[];
  /** `token_rotation_enabled`: without it tokens do not end and there is nothing to refresh. */
  readonly rotation: boolean;
  /** Who signs in in the browser. */
  readonly userId: string;
}

/** How long access tokens live. Source: docs.slack.dev/authentication/using-token-rotation. */
const ACCESS_SECONDS = 12 * 3600;
/** Refresh tokens of apps with PKCE. Source: docs.slack.dev/authentication/using-pkce. */
const REFRESH_SECONDS = 30 * 86_400;
/** “Short grace” for an answer that was lost: Slack gives no number. */
const GRACE_SECONDS = 60;

/**
 * `/oauth/v2/authorize`, `oauth.v2.access` and the tokens that they give, in Slack's shapes: user scopes by commas, refusals as
 * `ok: false` under HTTP 200, the token nested at a sign-in and at the top after a refresh.
 */
export class SlackSignIn {
  /** To let users refuse or grant less (`consent`), to expire and revoke. */
  readonly oauth: AuthorizationServer;
  readonly #app: SlackApp;
  readonly #workspace: SlackWorkspaceState;
  #issued = 0;

  constructor(app: SlackApp, workspace: SlackWorkspaceState) {
    this.#app = app;
    this.#workspace = workspace;
    this.oauth = new AuthorizationServer({
      clients: [
        {
          clientId: app.clientId,
          clientSecret: null,
          secret: 'never',
          redirectUris: app.redirectUris,
          loopbackPorts: 'registered',
          scopes: null,
        },
      ],
      consent: { userId: app.userId, decision: 'grant' },
      now: workspace.now,
      pkce: 'required',
      scopeParameter: 'user_scope',
      scopeSeparator: ',',
      rotation: app.rotation ? 'rotates' : 'none',
      accessSeconds: app.rotation ? ACCESS_SECONDS : null,
      refreshSeconds: REFRESH_SECONDS,
      refreshSlides: true,
      graceSeconds: GRACE_SECONDS,
      liveAccessTokens: app.rotation ? 2 : null,
      revokes: 'token',
      newToken: (kind) => this.#tokenText(kind),
    });
  }

  /** The page in the browser: sends it back at once, as if the user had decided. */
  authorize(url: URL, response: ServerResponse): void {
    // What desktop apps may not ask for (docs.slack.dev/authentication/using-pkce).
    const wantsBot = (url.searchParams.get('scope') ?? '') !== '';
    const answer = wantsBot ? null : this.oauth.authorize(url.searchParams);
    if (answer?.kind !== 'redirect') {
      response
        .writeHead(400, { 'Content-Type': 'text/html' })
        .end('<!doctype html><title>Something went wrong</title>');
      return;
    }
    response.writeHead(302, { Location: answer.location }).end();
  }

  /** `oauth.v2.access`: no token, a form or a query, or JSON; grant types by name, a code when there is none. */
  access(request: IncomingMessage, url: URL, body: string): JsonAnswer {
    try {
      const { args } = readArguments(request, url, body, 'write');
      const parameters = new URLSearchParams([...args]);
      if (!parameters.has('grant_type')) parameters.set('grant_type', 'authorization_code');
      const answer = this.oauth.token(parameters, request.headers.authorization ?? null);
      return ok(answer.kind === 'granted' ? this.#shape(answer) : { ok: false, error: wordOf(answer, parameters) });
    } catch (error) {
      if (error instanceof SlackRefusal) return ok({ ok: false, error: error.error });
      throw error;
    }
  }

  /** A token of a sign-in, or why it is refused; `invalid_auth` for one that is of none. */
  authenticate(token: string): SlackToken | TokenProblem {
    const standing = this.oauth.standing(token);
    if (standing === 'expired') return 'token_expired';
    if (standing === 'revoked') return 'token_revoked';
    const userId = this.oauth.userOf(token);
    if (userId === null) return 'invalid_auth';
    if (this.#workspace.user(userId).deleted) return 'account_inactive';
    const scopes = this.oauth.scopesOf(token);
    return { token, userId, kind: 'user', scopes, expiresAt: null, revoked: false, orgWide: false };
  }

  /** Ends one token; false when it is of no sign-in. */
  revoke(token: string): boolean {
    if (this.oauth.standing(token) === 'unknown') return false;
    this.oauth.revocation(new URLSearchParams({ client_id: this.#app.clientId, token }));
    return true;
  }

  #tokenText(kind: 'access' | 'refresh'): string {
    this.#issued += 1;
    const random = crypto.randomUUID().replaceAll('-', '');
    const serial = String(this.#issued).padStart(6, '0');
    if (kind === 'refresh') return `xoxe-1-${serial}${random}`;
    return this.#app.rotation ? `xoxe.xoxp-1-${serial}${random}` : `xoxp-1-${serial}${random}`;
  }

  #shape(granted: Granted): Record<string, unknown> {
    const { identity } = this.#workspace;
    const token = {
      scope: granted.scopes.join(','),
      access_token: granted.accessToken,
      token_type: 'user',
      ...(granted.refreshToken === null ? {} : { refresh_token: granted.refreshToken }),
      ...(granted.expiresInSeconds === null ? {} : { expires_in: granted.expiresInSeconds }),
    };
    const place = {
      app_id: 'A0SIM00001',
      team: { id: identity.teamId, name: identity.name },
      enterprise: identity.enterprise ?? null,
      is_enterprise_install: false,
    };
    if (granted.grantType === 'refresh_token') return { ok: true, ...place, ...token };
    return { ok: true, ...place, authed_user: { id: granted.userId, ...token } };
  }
}

/** Slack's word for the standard's. Source: the error table of docs.slack.dev/reference/methods/oauth.v2.access. */
function wordOf(refused: Refused, parameters: URLSearchParams): string {
  switch (refused.error) {
    case 'invalid_client':
      return parameters.has('client_secret') ? 'bad_client_secret' : 'invalid_client_id';
    case 'unsupported_grant_type':
      return 'invalid_grant_type';
    default:
      return parameters.get('grant_type') === 'refresh_token' ? 'invalid_refresh_token' : 'invalid_code';
  }
}

function ok(body: Record<string, unknown>): JsonAnswer {
  return { status: 200, headers: {}, body };
}
