/**
 * What the core's sign-in needs to know about a platform's OAuth: data and pure functions. The protocol itself (RFC 6749, 7636, 8252,
 * 8628, 9207; OpenID Connect Core) is the core's, one implementation for all.
 */

/** Where the platform's authorization server is. All https, except on this machine. */
export interface OAuthEndpoints {
  /**
   * What ID tokens and the `iss` of an answer must say; null where the platform has neither. `{tenantid}` stands for the ID token's
   * own `tid`, where one server signs for many tenants (Microsoft Entra).
   */
  readonly issuer: string | null;
  /** Whether the platform says that every answer to the browser names it by `iss` (RFC 9207, 2.4): one without is then not its own. */
  readonly namesItself?: boolean;
  readonly authorization: string;
  readonly token: string;
  /** RFC 7009; null where tokens cannot be revoked. */
  readonly revocation: string | null;
  /** RFC 8628; null where there is no device code. */
  readonly deviceAuthorization: string | null;
  /** The keys of ID tokens; null without OpenID Connect. */
  readonly jwks: string | null;
}

/** What the token endpoint answered, in one shape. */
export interface TokenAnswer {
  readonly accessToken: string;
  /** Null: the platform gave none, the one before goes on. */
  readonly refreshToken: string | null;
  /** Null: the platform does not say. */
  readonly expiresInSeconds: number | null;
  /** What was granted; null: the platform does not say, which means all that was asked for (RFC 6749, 5.1). */
  readonly scopes: readonly string[] | null;
}

/** What a refusal of the authorization server means, in words for people. */
export interface ExplainedRefusal {
  readonly code: 'credentials-refused' | 'token-expired';
  readonly message: string;
  /** The standard's name for it, where the platform has one of its own (LinkedIn: `user_cancelled_authorize`). */
  readonly standard?: 'access_denied' | 'invalid_scope';
}

/** How one platform signs in by OAuth. */
export interface OAuthProvider<Settings = unknown> {
  endpoints(settings: Settings): OAuthEndpoints;
  /** The user's own app registration; null when the settings name none: then only pasted tokens work. */
  clientId(settings: Settings): string | null;
  /** Whether the secret `clientSecret` goes along to the token endpoint: never (public client), when the account has one, or it is needed. */
  readonly clientSecret: 'never' | 'optional' | 'required';
  /** How it goes along. */
  readonly clientAuth: 'post' | 'basic';
  /** What is asked for. */
  scopes(settings: Settings): readonly string[];
  /** Slack asks for a user's permissions by `user_scope`, separated by commas; all others by `scope` and spaces. */
  readonly scopeParameter: 'scope' | 'user_scope';
  readonly scopeSeparator: ' ' | ',';
  /** More parameters of the authorization request (`access_type=offline`). */
  readonly authorizationParameters: Readonly<Record<string, string>>;
  /** The loopback redirect: RFC 8252, 7.3. `ports`: where the platform wants each one registered. */
  readonly redirect: {
    readonly host: '127.0.0.1' | 'localhost';
    readonly path: string;
    readonly ports: 'any' | readonly number[];
  };
  /** Whether it is OpenID Connect: nonce and ID token are checked. `without-nonce`: its ID tokens never have one (LinkedIn). */
  readonly openId: boolean | 'without-nonce';
  /** Which of the account's secrets is the access token (`accessToken`, Slack `userToken`). */
  readonly accessTokenKey: string;
  /** Reads an answer that is not the standard's (Slack nests it). Absent: RFC 6749, 5.1. Throws on anything else. */
  readTokens?(answer: unknown): TokenAnswer;
  /** Says what a refusal means where the standard's names don't tell (Entra numbers its reasons); null: as they say. `answer`: its fields. */
  explainRefusal?(answer: unknown, settings: Settings): ExplainedRefusal | null;
  readonly lifetimes: {
    /** When the platform does not say how long an access token lives. */
    readonly accessSeconds: number;
    /** How long a refresh token lives without use; null: there is none, or it does not end. */
    readonly refreshDays: number | null;
    /** Whether using it starts that time anew. */
    readonly refreshSlides: boolean;
    /** From how many days before a sign-in ends for good it is announced. */
    readonly announceDays: number;
  };
}

/** An account's access token, kept valid by the core. */
export interface AccessTokens {
  /**
   * A token that is valid now; one that ends soon is refreshed first. Rejects with `token-expired`, `token-revoked` or
   * `credentials-refused` (only signing in again helps), or with `platform-unreachable` and its like (later).
   */
  current(signal?: AbortSignal): Promise<string>;
  /** The platform refused this token although it should be valid: `current` then gives another one, or rejects when there is none to be had. */
  refused(token: string): void;
}
