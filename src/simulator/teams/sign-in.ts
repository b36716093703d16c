/** Entra's endpoints for one tenant, on the shared authorization server: `/{tenant}/oauth2/v2.0/…`. */
import { type Granted, type Refused, standardBody } from '../oauth/answers.ts';
import { AuthorizationServer } from '../oauth/authorization-server.ts';
import { IdTokenSigner } from '../oauth/id-tokens.ts';
import type { Organisation } from './organisation.ts';

/** The desktop app that is registered in the simulated tenant. */
export const CLIENT_ID = '22553876-f5ab-4529-bffb-cfe50aa89f87';

/** What Entra's OAuth errors are as codes (learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const AADSTS: Readonly<Partial<Record<Refused['error'], number>>> = {
  invalid_grant: 70008,
  invalid_client: 700016,
  invalid_request: 900144,
  invalid_scope: 70011,
  authorization_pending: 70016,
  expired_token: 70019,
  unsupported_grant_type: 70003,
};

/** An answer of Entra. */
export interface SignInAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The sign-in of a tenant. */
export class SignIn {
  readonly oauth: AuthorizationServer;
  /** True: users may not consent by themselves; an admin has to (AADSTS65001). */
  adminConsentRequired = false;
  readonly #organisation: Organisation;
  readonly #signer: IdTokenSigner;
  readonly #authority: string;

  private constructor(
    organisation: Organisation,
    signer: IdTokenSigner,
    authority: string,
    userId: string,
    accessSeconds: number,
  ) {
    this.#organisation = organisation;
    this.#signer = signer;
    this.#authority = authority;
    this.oauth = new AuthorizationServer({
      clients: [
        {
          clientId: CLIENT_ID,
          clientSecret: null,
          secret: 'never',
          redirectUris: ['http://localhost/teams'],
          loopbackPorts: 'any',
          scopes: null,
        },
      ],
      consent: { userId, decision: 'grant' },
      rotation: 'replaced',
      accessSeconds,
      refreshSeconds: 90 * 86_400,
      deviceCode: { expiresInSeconds: 900, intervalSeconds: 5 },
      now: () => organisation.now(),
    });
  }

  static async create(
    organisation: Organisation,
    authority: string,
    userId: string,
    accessSeconds: number,
  ): Promise<SignIn> {
    const signer = await IdTokenSigner.create(`${authority}/${organisation.tenantId}/v2.0`, () => organisation.now());
    return new SignIn(organisation, signer, authority, userId, accessSeconds);
  }

  /** Signs ID tokens with another key from now on. */
  async rotateKeys(): Promise<void> {
    await this.#signer.rotate();
  }

  /** Undefined for a path that is none of Entra's. */
  async answer(verb: string, url: URL, body: string): Promise<SignInAnswer | undefined> {
    const match =
      /^\/([^/]+)\/(oauth2\/v2\.0\/\w+|discovery\/v2\.0\/keys|v2\.0\/\.well-known\/openid-configuration)$/.exec(
        url.pathname,
      );
    const [, tenant = '', what] = match ?? [];
    if (!this.#knows(tenant))
      return match === null ? undefined : json(400, aadsts('invalid_request', 90002, 'Tenant not found.'));
    const form = new URLSearchParams(body);
    switch (`${verb} ${what}`) {
      case 'GET oauth2/v2.0/authorize':
        return this.#authorize(url);
      case 'POST oauth2/v2.0/token':
        return this.#token(form);
      case 'POST oauth2/v2.0/devicecode':
        return this.#device(form);
      case 'GET discovery/v2.0/keys':
        return json(200, this.#signer.jwks());
      case 'GET v2.0/.well-known/openid-configuration':
        return json(200, this.#discovery(tenant));
      default:
        return undefined;
    }
  }

  #knows(tenant: string): boolean {
    const { tenantId, domain } = this.#organisation;
    return ['organizations', 'common', tenantId, domain].includes(tenant);
  }

  #authorize(url: URL): SignInAnswer {
    const answer = this.oauth.authorize(url.searchParams);
    if (answer.kind === 'refused') return json(answer.status, standardBody(answer));
    const location = new URL(answer.location);
    if (this.adminConsentRequired && location.searchParams.has('code')) {
      location.searchParams.delete('code');
      location.searchParams.set('error', 'consent_required');
      location.searchParams.set(
        'error_description',
        `AADSTS65001: The user or administrator has not consented to use the application with ID '${CLIENT_ID}'.`,
      );
    }
    return { status: 302, headers: { Location: location.href }, body: {} };
  }

  async #token(form: URLSearchParams): Promise<SignInAnswer> {
    const answer = this.oauth.token(form);
    if (answer.kind === 'refused') {
      const code = AADSTS[answer.error] ?? 50000;
      return json(answer.status, aadsts(answer.error, code, answer.description));
    }
    return json(200, await this.#granted(answer));
  }

  /** Entra never lists `offline_access` among what it granted, and adds nothing for it but the refresh token. */
  async #granted(answer: Granted): Promise<Record<string, unknown>> {
    const { tenantId } = this.#organisation;
    const openId = answer.scopes.includes('openid');
    const person = this.#organisation.find(answer.userId);
    const claims = {
      tid: tenantId,
      oid: answer.userId,
      name: person?.displayName ?? '',
      preferred_username: person?.userPrincipalName ?? '',
      ver: '2.0',
    };
    return {
      ...standardBody(answer),
      scope: answer.scopes.filter((scope) => scope !== 'offline_access').join(' '),
      ext_expires_in: answer.expiresInSeconds,
      ...(openId ? { id_token: await this.#signer.sign(answer.userId, answer.clientId, answer.nonce, claims) } : {}),
    };
  }

  #device(form: URLSearchParams): SignInAnswer {
    const answer = this.oauth.device(form);
    if (answer.kind === 'refused') return json(answer.status, aadsts(answer.error, 50059, answer.description));
    const verification_uri = `${this.#authority}/devicelogin`;
    return json(200, {
      user_code: answer.userCode,
      device_code: answer.deviceCode,
      verification_uri,
      expires_in: answer.expiresInSeconds,
      interval: answer.intervalSeconds,
      message: `To sign in, use a web browser to open the page ${verification_uri} and enter the code ${answer.userCode} to authenticate.`,
    });
  }

  #discovery(tenant: string): Record<string, unknown> {
    const base = `${this.#authority}/${tenant}`;
    const many = tenant === 'organizations' || tenant === 'common';
    return {
      // Of many tenants, the issuer is a template.
      issuer: `${this.#authority}/${many ? '{tenantid}' : this.#organisation.tenantId}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    };
  }
}

function aadsts(error: string, code: number, description: string): Record<string, unknown> {
  return {
    error,
    error_description: `AADSTS${code}: ${description}`,
    error_codes: [code],
    correlation_id: '00000000-0000-0000-0000-000000000000',
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  };
}

function json(status: number, body: unknown): SignInAnswer {
  return { status, headers: {}, body };
}
