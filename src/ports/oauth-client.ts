/** OAuth and OpenID Connect, as the sign-in service needs them. */

/** Where an authorization server is; as in `platforms/oauth.ts`. */
export interface OAuthServer {
  readonly issuer: string | null;
  readonly namesItself?: boolean;
  readonly authorization: string;
  readonly token: string;
  readonly revocation: string | null;
  readonly deviceAuthorization: string | null;
  readonly jwks: string | null;
}

/** One app registration at one authorization server. */
export interface OAuthApp {
  readonly server: OAuthServer;
  readonly clientId: string;
  /** Null: a public client. */
  readonly clientSecret: string | null;
  /** How the secret goes along. */
  readonly clientAuth: 'post' | 'basic';
  /** Whether a sign-in has to bring an ID token, and with the request’s nonce. */
  readonly openId: boolean | 'without-nonce';
  /** Reads an answer that is not the standard's; throws on anything that holds no tokens. */
  readonly readTokens?: (answer: unknown) => OAuthTokens;
  /** Says what a refusal means beyond its name; null: what its name says. */
  readonly explainRefusal?: (answer: unknown) => {
    readonly code: 'credentials-refused' | 'token-expired';
    readonly message: string;
    /** The standard's name for it, where the platform has one of its own. */
    readonly standard?: 'access_denied' | 'invalid_scope';
  } | null;
}

/** What the token endpoint gave. */
export interface OAuthTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresInSeconds: number | null;
  /** Null: not said, which means all that was asked for. */
  readonly scopes: readonly string[] | null;
}

/** What is asked of the user in the browser. */
export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly scopeParameter: 'scope' | 'user_scope';
  readonly scopeSeparator: ' ' | ',';
  /** More parameters, which never replace those of the protocol. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What a sign-in must remember until the browser comes back. The verifier and the nonce are secrets until then. */
export interface PendingAuthorization {
  readonly url: URL;
  readonly redirectUri: string;
  readonly state: string;
  readonly verifier: string;
  /** Null where there is no ID token. */
  readonly nonce: string | null;
}

/** A device code that waits for its user (RFC 8628, 3.2). */
export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  /** With the code in it; null where the platform gives none. */
  readonly verificationUriComplete: string | null;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

/**
 * The client's side. Failures are MusterErrors: `credentials-refused` (with `params.oauth`, the refusal's own name: `access_denied`,
 * `invalid_client` …), `token-revoked` for `invalid_grant`, `rate-limited`, or `platform-unreachable` and its like when there was no
 * answer. `params.answered` says whether the server answered at all. Nothing that they say holds a token.
 */
export interface OAuthClient {
  /** Makes the address for the browser, with fresh state, PKCE (S256) and nonce. */
  authorize(app: OAuthApp, request: AuthorizationRequest): Promise<PendingAuthorization>;
  /** Checks state, issuer and ID token of what the browser brought back, and exchanges its code. `params.oauth` may also be `wrong-state` or `wrong-issuer`. */
  exchange(app: OAuthApp, pending: PendingAuthorization, landed: URL, signal?: AbortSignal): Promise<OAuthTokens>;
  refresh(app: OAuthApp, refreshToken: string, signal?: AbortSignal): Promise<OAuthTokens>;
  /** RFC 7009. Does nothing where the server cannot. */
  revoke(app: OAuthApp, token: string, kind: 'access_token' | 'refresh_token', signal?: AbortSignal): Promise<void>;
  authorizeDevice(app: OAuthApp, request: AuthorizationRequest, signal?: AbortSignal): Promise<DeviceAuthorization>;
  /** Asks once whether the user has typed the code. */
  askDevice(app: OAuthApp, deviceCode: string, signal?: AbortSignal): Promise<OAuthTokens | 'pending' | 'slow-down'>;
}
