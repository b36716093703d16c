/** What one consent gave: the tokens that came of it, from the first pair to the last, live and die with it. */
export interface Grant {
  readonly id: string;
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  revoked: boolean;
}

interface AccessToken {
  readonly grant: Grant;
  readonly text: string;
  readonly scopes: readonly string[];
  readonly issuedAt: number;
  /** In ms since the epoch; null: does not end. */
  expiresAt: number | null;
  revoked: boolean;
}

interface RefreshToken {
  readonly grant: Grant;
  readonly text: string;
  expiresAt: number | null;
  revoked: boolean;
  /** When it was used first; null: never. */
  usedAt: number | null;
}

/** How an access token stands. */
export type TokenStanding = 'valid' | 'unknown' | 'expired' | 'revoked';

/** What a refresh token does when it is used. */
export type Rotation =
  /** There are none. */
  | 'none'
  /** The same one goes on (Google). */
  | 'stays'
  /** Each use gives another one, and the old one keeps working (Microsoft). */
  | 'replaced'
  /** Each use gives another one and ends the old: single use (Slack, Zoom). */
  | 'rotates';

/** How tokens live. All times in seconds. */
export interface TokenRules {
  readonly rotation: Rotation;
  /** Null: access tokens do not end. */
  readonly accessSeconds: number | null;
  /** Null: refresh tokens do not end. */
  readonly refreshSeconds: number | null;
  /** True: each refresh token lives that long from its own issue; false: the whole chain ends that long after the consent. */
  readonly refreshSlides: boolean;
  /** For how long a used single-use token is taken once more, as after an answer that was lost; later use ends the whole chain. */
  readonly graceSeconds: number;
  /** How many access tokens of one grant live at once; the oldest dies (Slack: 2). Null: no limit. */
  readonly liveAccessTokens: number | null;
  /** True: a new consent of the same user to the same app ends the earlier ones (Zoom). */
  readonly oneGrantPerUser: boolean;
}

/** The tokens that a platform has given out. */
export class TokenStore {
  readonly #rules: TokenRules;
  readonly #now: () => number;
  readonly #newToken: (kind: 'access' | 'refresh', userId: string) => string;
  readonly #grants = new Map<string, Grant>();
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();
  #nextGrant = 1;

  constructor(rules: TokenRules, now: () => number, newToken: (kind: 'access' | 'refresh', userId: string) => string) {
    this.#rules = rules;
    this.#now = now;
    this.#newToken = newToken;
  }

  /** A new consent. */
  grant(clientId: string, userId: string, scopes: readonly string[]): Grant {
    if (this.#rules.oneGrantPerUser) {
      for (const earlier of this.#grants.values())
        if (earlier.clientId === clientId && earlier.userId === userId) earlier.revoked = true;
    }
    const grant: Grant = { id: `g${this.#nextGrant++}`, clientId, userId, scopes, revoked: false };
    this.#grants.set(grant.id, grant);
    return grant;
  }

  /** An access token of the grant. `text`: a known one, for scripts. */
  issueAccess(grant: Grant, scopes = grant.scopes, text = this.#newToken('access', grant.userId)): AccessToken {
    const { accessSeconds, liveAccessTokens } = this.#rules;
    const issuedAt = this.#now();
    const token: AccessToken = {
      grant,
      text,
      scopes,
      issuedAt,
      expiresAt: after(issuedAt, accessSeconds),
      revoked: false,
    };
    this.#access.set(text, token);
    if (liveAccessTokens !== null) {
      const live = [...this.#access.values()].filter(
        (other) => other.grant === grant && this.standing(other.text) === 'valid',
      );
      for (const oldest of live.slice(0, Math.max(0, live.length - liveAccessTokens))) oldest.revoked = true;
    }
    return token;
  }

  /** A refresh token of the grant; null where there are none. */
  issueRefresh(grant: Grant, expiresAt = after(this.#now(), this.#rules.refreshSeconds)): string | null {
    if (this.#rules.rotation === 'none') return null;
    const text = this.#newToken('refresh', grant.userId);
    this.#refresh.set(text, { grant, text, expiresAt, revoked: false, usedAt: null });
    return text;
  }

  /** Every token that was ever given out, as text. */
  texts(): string[] {
    return [...this.#access.keys(), ...this.#refresh.keys()];
  }

  /** Uses a refresh token: what it belongs to and the one that goes on; null: it is worth nothing (and after reuse, nor is any of its chain). */
  spendRefresh(text: string, clientId: string): { grant: Grant; refreshToken: string } | null {
    const token = this.#refresh.get(text);
    if (!token || token.revoked || token.grant.revoked || token.grant.clientId !== clientId) return null;
    const now = this.#now();
    if (token.expiresAt !== null && token.expiresAt <= now) return null;
    if (this.#rules.rotation === 'stays') {
      if (this.#rules.refreshSlides) token.expiresAt = after(now, this.#rules.refreshSeconds);
      return { grant: token.grant, refreshToken: text };
    }
    if (this.#rules.rotation === 'rotates' && token.usedAt !== null) {
      if (now - token.usedAt > this.#rules.graceSeconds * 1000 || this.#rules.graceSeconds === 0) {
        token.grant.revoked = true;
        return null;
      }
    }
    token.usedAt ??= now;
    const next = this.issueRefresh(
      token.grant,
      this.#rules.refreshSlides ? after(now, this.#rules.refreshSeconds) : token.expiresAt,
    );
    return next === null ? null : { grant: token.grant, refreshToken: next };
  }

  standing(accessToken: string): TokenStanding {
    const token = this.#access.get(accessToken);
    if (!token) return 'unknown';
    if (token.revoked || token.grant.revoked) return 'revoked';
    return token.expiresAt !== null && token.expiresAt <= this.#now() ? 'expired' : 'valid';
  }

  /** The token's grant and scopes while it is valid; undefined otherwise. */
  valid(accessToken: string): { grant: Grant; scopes: readonly string[] } | undefined {
    return this.standing(accessToken) === 'valid' ? this.#access.get(accessToken) : undefined;
  }

  /** Whose token it is or was; null: nobody's. */
  ownerOf(token: string): { userId: string; clientId: string } | null {
    return (this.#access.get(token) ?? this.#refresh.get(token))?.grant ?? null;
  }

  /** Lets an access or refresh token run out now. */
  expire(token: string): void {
    const known = this.#access.get(token) ?? this.#refresh.get(token);
    if (!known) throw new Error('The simulator gave out no such token.');
    known.expiresAt = this.#now();
  }

  /** Ends a token: alone, or with everything of its consent. False: there is no such token. */
  revoke(token: string, what: 'token' | 'grant'): boolean {
    const known = this.#access.get(token) ?? this.#refresh.get(token);
    if (!known) return false;
    known.revoked = true;
    if (what === 'grant') known.grant.revoked = true;
    return true;
  }

  /** Ends everything that a user consented to. */
  revokeUser(userId: string): void {
    for (const grant of this.#grants.values()) if (grant.userId === userId) grant.revoked = true;
  }
}

function after(now: number, seconds: number | null): number | null {
  return seconds === null ? null : now + seconds * 1000;
}
