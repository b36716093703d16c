/**
 * An OAuth authorization server without HTTP: data in, data out, so that every platform's simulator puts it on its own paths and
 * dresses its answers in its own shapes. It refuses what RFC 6749, 7636 (S256 only), 8252 and 8628 say is to be refused. Users
 * consent by themselves, as the `consent` says.
 */
import { randomBytes } from 'node:crypto';
import { type Granted, type Refused, refused } from './answers.ts';
import { allowsRedirect, type OAuthClient, provesClient, provesPkce, readClientProof } from './client.ts';
import { DeviceCodes } from './device-codes.ts';
import { type Grant, type TokenRules, type TokenStanding, TokenStore } from './token-store.ts';

/** Who sits in front of the browser, and what they decide. */
export interface Consent {
  readonly userId: string;
  readonly decision: 'grant' | 'deny';
  /** What they leave ticked; absent: everything that was asked for. */
  readonly scopes?: readonly string[];
}

/** How this platform's authorization server behaves. */
export interface AuthorizationServerOptions extends Partial<TokenRules> {
  readonly clients: readonly OAuthClient[];
  readonly consent: Consent;
  /** Ms since the epoch. */
  readonly now?: () => number;
  /** How long a code may wait; RFC 6749 recommends at most ten minutes. */
  readonly codeSeconds?: number;
  /** Whether a client without a secret must use PKCE. A client that began with a challenge must always end with its verifier. */
  readonly pkce?: 'required' | 'optional';
  /** By which parameter scopes are asked for, and what separates them. */
  readonly scopeParameter?: 'scope' | 'user_scope';
  readonly scopeSeparator?: ' ' | ',';
  /** Sent as `iss` with every answer to the browser (RFC 9207); null: not at all. */
  readonly issuer?: string | null;
  /** What the revocation endpoint ends: the token alone, or everything of its consent. */
  readonly revokes?: 'token' | 'grant';
  readonly deviceCode?: { readonly expiresInSeconds: number; readonly intervalSeconds: number };
  /** A token's text, for platforms whose tokens look like something. */
  readonly newToken?: (kind: 'access' | 'refresh', userId: string) => string;
}

/** Where the browser goes next, or what it shows when it may go nowhere. */
export type AuthorizeAnswer = { readonly kind: 'redirect'; readonly location: string } | Refused;

/** A device code request's answer (RFC 8628, 3.2), without the platform's page. */
export interface DeviceStart {
  readonly kind: 'device';
  readonly deviceCode: string;
  readonly userCode: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

interface Code {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly scopes: readonly string[];
  readonly userId: string;
  readonly nonce: string | null;
  readonly expiresAt: number;
  /** What it was exchanged for; a second use ends that (RFC 6749, 4.1.2). */
  grant: Grant | null;
}

const RULES: TokenRules = {
  rotation: 'rotates',
  accessSeconds: 3600,
  refreshSeconds: null,
  refreshSlides: true,
  graceSeconds: 0,
  liveAccessTokens: null,
  oneGrantPerUser: false,
};

/** One platform's authorization server. */
export class AuthorizationServer {
  /** Who consents from now on. */
  consent: Consent;
  readonly #options: AuthorizationServerOptions;
  readonly #rules: TokenRules;
  readonly #now: () => number;
  readonly #tokens: TokenStore;
  readonly #codes = new Map<string, Code>();
  readonly #devices: DeviceCodes;
  #refreshes = 0;

  constructor(options: AuthorizationServerOptions) {
    this.#options = options;
    this.consent = options.consent;
    this.#rules = { ...RULES, ...options };
    this.#now = options.now ?? Date.now;
    const newToken = options.newToken ?? ((kind) => `${kind}-${randomBytes(24).toString('base64url')}`);
    this.#tokens = new TokenStore(this.#rules, this.#now, newToken);
    this.#devices = new DeviceCodes(this.#now);
  }

  /** How many refreshes were asked for, refused ones too. */
  get refreshes(): number {
    return this.#refreshes;
  }

  /** The authorization endpoint: the query of the request that the browser brings. */
  authorize(query: URLSearchParams): AuthorizeAnswer {
    const client = this.#client(query.get('client_id'));
    if (!client) return refused('invalid_request', 'There is no such app.');
    const redirectUri = query.get('redirect_uri');
    // Never to an address that is not the app's: that would hand the code to whoever wrote the link (RFC 6749, 4.1.2.1).
    if (redirectUri === null || !allowsRedirect(client, redirectUri))
      return refused('invalid_request', 'The redirect address is not one of the app’s.');
    const back = (parameters: Record<string, string>): AuthorizeAnswer => {
      const url = new URL(redirectUri);
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      const state = query.get('state');
      if (state !== null) url.searchParams.set('state', state);
      if (this.#options.issuer) url.searchParams.set('iss', this.#options.issuer);
      return { kind: 'redirect', location: url.href };
    };
    if (query.get('response_type') !== 'code') return back({ error: 'unsupported_response_type' });
    const challenge = query.get('code_challenge');
    // Without a method the challenge is the verifier in plain sight (RFC 7636, 4.3), which protects nothing.
    if (challenge !== null && query.get('code_challenge_method') !== 'S256')
      return back({ error: 'invalid_request', error_description: 'The challenge must be S256.' });
    if (challenge !== null && !/^[A-Za-z0-9_-]{43}$/.test(challenge))
      return back({ error: 'invalid_request', error_description: 'The challenge is not one of S256.' });
    if (challenge === null && client.secret !== 'required' && this.#options.pkce !== 'optional')
      return back({ error: 'invalid_request', error_description: 'PKCE is required.' });
    const asked = this.#askedScopes(query.get(this.#options.scopeParameter ?? 'scope'));
    if (client.scopes !== null && asked.some((scope) => !client.scopes?.includes(scope)))
      return back({ error: 'invalid_scope' });
    if (this.consent.decision === 'deny') return back({ error: 'access_denied' });
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, {
      clientId: client.clientId,
      redirectUri,
      challenge,
      scopes: this.#ticked(asked),
      userId: this.consent.userId,
      nonce: query.get('nonce'),
      expiresAt: this.#now() + (this.#options.codeSeconds ?? 300) * 1000,
      grant: null,
    });
    return back({ code });
  }

  /** The token endpoint: the form of the body, and the `Authorization` header if there is one. */
  token(parameters: URLSearchParams, authorization: string | null = null): Granted | Refused {
    const client = this.#provenClient(parameters, authorization);
    if (client === undefined) return refused('invalid_client', 'The app did not show who it is.');
    switch (parameters.get('grant_type')) {
      case 'authorization_code':
        return this.#exchangeCode(client, parameters);
      case 'refresh_token':
        return this.#refresh(client, parameters);
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return this.#exchangeDeviceCode(client, parameters);
      case null:
        return refused('invalid_request', 'The grant type is missing.');
      default:
        return refused('unsupported_grant_type', 'There is no such grant type.');
    }
  }

  /** The device authorization endpoint (RFC 8628, 3.1). */
  device(parameters: URLSearchParams, authorization: string | null = null): DeviceStart | Refused {
    const client = this.#provenClient(parameters, authorization);
    if (client === undefined) return refused('invalid_client', 'The app did not show who it is.');
    const lifetimes = this.#options.deviceCode;
    if (!lifetimes) return refused('unauthorized_client', 'There are no device codes here.');
    const scopes = this.#askedScopes(parameters.get('scope'));
    if (client.scopes !== null && scopes.some((scope) => !client.scopes?.includes(scope)))
      return refused('invalid_scope', 'The app may not ask for this.');
    const deviceCode = randomBytes(24).toString('base64url');
    const userCode = userCodeOf(randomBytes(8));
    this.#devices.add({
      deviceCode,
      userCode,
      clientId: client.clientId,
      scopes,
      expiresAt: this.#now() + lifetimes.expiresInSeconds * 1000,
      intervalSeconds: lifetimes.intervalSeconds,
      lastAskedAt: null,
      decision: 'pending',
    });
    return { kind: 'device', deviceCode, userCode, ...lifetimes };
  }

  /** The user types the code and decides as `consent` says. Throws for a code that nobody waits for. */
  typeUserCode(userCode: string): void {
    const { decision, userId } = this.consent;
    const scopes = this.#ticked(this.#devices.scopesOf(userCode));
    this.#devices.decide(userCode, decision === 'deny' ? 'denied' : { userId, scopes });
  }

  /** The revocation endpoint (RFC 7009): null is its empty 200, also for a token that it does not know. */
  revocation(parameters: URLSearchParams, authorization: string | null = null): Refused | null {
    const client = this.#provenClient(parameters, authorization);
    if (client === undefined) return refused('invalid_client', 'The app did not show who it is.');
    const token = parameters.get('token');
    if (token === null) return refused('invalid_request', 'The token is missing.');
    if (this.#tokens.ownerOf(token)?.clientId === client.clientId)
      this.#tokens.revoke(token, this.#options.revokes ?? 'grant');
    return null;
  }

  /** Gives tokens out without a browser, as a portal's page does. `accessToken`: a known text, for scripts. */
  issue(wanted: { userId: string; clientId: string; scopes: readonly string[]; accessToken?: string }): {
    accessToken: string;
    refreshToken: string | null;
  } {
    const grant = this.#tokens.grant(wanted.clientId, wanted.userId, wanted.scopes);
    const { text } = this.#tokens.issueAccess(grant, wanted.scopes, wanted.accessToken);
    return { accessToken: text, refreshToken: this.#tokens.issueRefresh(grant) };
  }

  /** Everything secret that was ever given out: codes, access and refresh tokens. */
  givenOut(): string[] {
    return [...this.#codes.keys(), ...this.#tokens.texts()];
  }

  /** How an access token stands. */
  standing(accessToken: string): TokenStanding {
    return this.#tokens.standing(accessToken);
  }

  /** Whose valid access token it is; null: it is not valid. */
  userOf(accessToken: string): string | null {
    return this.#tokens.valid(accessToken)?.grant.userId ?? null;
  }

  /** What a valid access token may; empty: it is not valid. */
  scopesOf(accessToken: string): readonly string[] {
    return this.#tokens.valid(accessToken)?.scopes ?? [];
  }

  /** Lets an access or refresh token run out now. */
  expire(token: string): void {
    this.#tokens.expire(token);
  }

  /** Ends a token's whole consent, as a user or an admin does on the platform's own page. */
  revoke(token: string): void {
    if (!this.#tokens.revoke(token, 'grant')) throw new Error('The simulator gave out no such token.');
  }

  /** Ends everything that a user consented to. */
  revokeUser(userId: string): void {
    this.#tokens.revokeUser(userId);
  }

  #client(clientId: string | null): OAuthClient | undefined {
    return this.#options.clients.find((client) => client.clientId === clientId);
  }

  #provenClient(parameters: URLSearchParams, authorization: string | null): OAuthClient | undefined {
    const proof = readClientProof(parameters, authorization);
    const client = proof ? this.#client(proof.clientId) : undefined;
    return proof && client && provesClient(client, proof) ? client : undefined;
  }

  #askedScopes(text: string | null): readonly string[] {
    const separator = this.#options.scopeSeparator ?? ' ';
    return (text ?? '').split(separator).filter((scope) => scope !== '');
  }

  #ticked(asked: readonly string[]): readonly string[] {
    const { scopes } = this.consent;
    return scopes ? asked.filter((scope) => scopes.includes(scope)) : asked;
  }

  #exchangeCode(client: OAuthClient, parameters: URLSearchParams): Granted | Refused {
    const code = this.#codes.get(parameters.get('code') ?? '');
    if (!code || code.clientId !== client.clientId) return refused('invalid_grant', 'There is no such code.');
    if (code.grant) {
      code.grant.revoked = true;
      return refused('invalid_grant', 'The code was used already.');
    }
    if (code.expiresAt <= this.#now()) return refused('invalid_grant', 'The code has run out.');
    if (parameters.get('redirect_uri') !== code.redirectUri)
      return refused('invalid_grant', 'The redirect address is another one.');
    const verifier = parameters.get('code_verifier');
    if (code.challenge !== null && (verifier === null || !provesPkce(verifier, code.challenge)))
      return refused('invalid_grant', 'The verifier does not belong to the challenge.');
    if (code.challenge === null && verifier !== null)
      return refused('invalid_grant', 'There was no challenge for this verifier.');
    code.grant = this.#tokens.grant(client.clientId, code.userId, code.scopes);
    return this.#granted('authorization_code', code.grant, this.#tokens.issueRefresh(code.grant), code.nonce);
  }

  #refresh(client: OAuthClient, parameters: URLSearchParams): Granted | Refused {
    this.#refreshes += 1;
    const used = this.#tokens.spendRefresh(parameters.get('refresh_token') ?? '', client.clientId);
    if (!used) return refused('invalid_grant', 'The refresh token is not valid.');
    const { grant } = used;
    const asked = parameters.get('scope');
    const scopes = asked === null ? grant.scopes : this.#askedScopes(asked);
    if (scopes.some((scope) => !grant.scopes.includes(scope)))
      return refused('invalid_scope', 'A refresh cannot widen what was granted.');
    return this.#granted('refresh_token', grant, used.refreshToken, null, scopes);
  }

  #exchangeDeviceCode(client: OAuthClient, parameters: URLSearchParams): Granted | Refused {
    const answer = this.#devices.ask(parameters.get('device_code') ?? '', client.clientId);
    if (typeof answer === 'string') return refused(answer, 'There is no token for this device code.');
    const grant = this.#tokens.grant(client.clientId, answer.userId, answer.scopes);
    return this.#granted('device_code', grant, this.#tokens.issueRefresh(grant), null);
  }

  #granted(
    grantType: Granted['grantType'],
    grant: Grant,
    refreshToken: string | null,
    nonce: string | null,
    scopes = grant.scopes,
  ): Granted {
    return {
      kind: 'granted',
      grantType,
      clientId: grant.clientId,
      userId: grant.userId,
      scopes,
      accessToken: this.#tokens.issueAccess(grant, scopes).text,
      refreshToken,
      expiresInSeconds: this.#rules.accessSeconds,
      nonce,
    };
  }
}

/** Letters that nobody confuses or forms words with (RFC 8628, 6.1). */
function userCodeOf(random: Buffer): string {
  const letters = [...random].map((byte) => 'BCDFGHJKLMNPQRSTVWXZ'[byte % 20]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
