/** A certified OpenID provider on loopback, and a browser without a screen that signs in to it. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Adapter, type AdapterPayload, type Configuration } from 'oidc-provider';

/** A running provider. */
export interface TestProvider {
  readonly issuer: string;
  /** Requests of each kind so far, by path. */
  readonly calls: Map<string, number>;
  /** From now on it signs with another key, as after the rotation of its keys; the old one is not published any more. */
  rotateKeys(): void;
  /** Lets all that it gave out of a kind run out now. */
  expire(what: 'AccessToken' | 'RefreshToken'): void;
  close(): Promise<void>;
}

/** The one client that it knows: a desktop app without a secret, on any loopback port. */
export const CLIENT_ID = 'desktop';

/** Starts a provider. Times in seconds. */
export async function startProvider(
  options: { accessSeconds?: number; refreshSeconds?: number; redirectPath?: string } = {},
): Promise<TestProvider> {
  const { accessSeconds = 3600, refreshSeconds = 86_400, redirectPath = '/callback' } = options;
  muteProvider();
  const calls = new Map<string, number>();
  const stored = new Map<string, AdapterPayload>();
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    calls.set(path, (calls.get(path) ?? 0) + 1);
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const configuration = (): Configuration => ({
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        redirect_uris: [`http://127.0.0.1${redirectPath}`],
      },
    ],
    adapter: (name) => memoryAdapter(name, stored),
    jwks: { keys: [newKey()] },
    cookies: { keys: ['test'] },
    scopes: ['openid', 'offline_access', 'presence.read', 'presence.write'],
    features: {
      devInteractions: { enabled: true },
      revocation: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      deviceFlow: { enabled: true },
    },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: accessSeconds,
      RefreshToken: refreshSeconds,
      AuthorizationCode: 60,
      IdToken: 3600,
      Interaction: 600,
      Session: 86_400,
      Grant: 86_400,
      DeviceCode: 600,
    },
    findAccount: async (_context, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
  });
  const callbackOf = () => new Provider(issuer, configuration()).callback();
  let handle = callbackOf();
  return {
    issuer,
    calls,
    expire: (what) => {
      for (const [name, payload] of stored)
        if (name.startsWith(`${what}/`)) payload.exp = Math.floor(Date.now() / 1000) - 60;
    },
    // Grants and tokens stay: they are in `stored`.
    rotateKeys: () => {
      handle = callbackOf();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What an adapter would know about it. */
export function endpointsOf(issuer: string) {
  return {
    issuer,
    namesItself: true,
    authorization: `${issuer}/auth`,
    token: `${issuer}/token`,
    revocation: `${issuer}/token/revocation`,
    deviceAuthorization: `${issuer}/device/auth`,
    jwks: `${issuer}/jwks`,
  };
}

/** A browser's cookies and steps, enough for the provider's own login pages. */
export class HeadlessBrowser {
  readonly #cookies = new Map<string, string>();
  readonly #login: string;

  constructor(login: string) {
    this.#login = login;
  }

  /** Goes through login and consent; the address that the provider sends the browser back to, which is not visited. */
  async signIn(address: string, decision: 'grant' | 'deny' = 'grant'): Promise<URL> {
    const { origin } = new URL(address);
    let response = await this.#go(address);
    for (let step = 0; step < 12; step += 1) {
      const location = response.headers.get('location');
      if (location !== null) {
        const next = new URL(location, origin);
        if (next.origin !== origin) return next;
        response = await this.#go(next.href);
        continue;
      }
      const page = await response.text();
      const action = /action="([^"]+)"/.exec(page)?.[1];
      if (action === undefined) throw new Error(`The provider shows no form: ${page.slice(0, 200)}`);
      const form = new URL(action.replaceAll('&amp;', '&'), origin);
      if (decision === 'deny') response = await this.#go(new URL(`${form.pathname}/abort`, origin).href);
      else response = await this.#post(form.href, formOf(page, this.#login));
    }
    throw new Error('The provider asked for too many steps.');
  }

  /** Types a device code. */
  async typeCode(address: string): Promise<void> {
    const { origin } = new URL(address);
    let response = await this.#go(address);
    for (let step = 0; step < 12; step += 1) {
      const location = response.headers.get('location');
      if (location !== null) {
        response = await this.#go(new URL(location, origin).href);
        continue;
      }
      const page = await response.text();
      const action = /action="([^"]+)"/.exec(page)?.[1];
      if (action === undefined) return;
      response = await this.#post(new URL(action.replaceAll('&amp;', '&'), origin).href, formOf(page, this.#login));
    }
  }

  #go(address: string): Promise<Response> {
    return this.#send(address, {});
  }

  #post(address: string, body: URLSearchParams): Promise<Response> {
    return this.#send(address, { method: 'POST', body });
  }

  async #send(address: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { ...init, redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }
}

/** Keeps what one provider stores, over changes of its configuration. */
function memoryAdapter(model: string, stored: Map<string, AdapterPayload>): Adapter {
  const key = (id: string) => `${model}/${id}`;
  const find = async (matches: (payload: AdapterPayload) => boolean) =>
    [...stored].find(([name, payload]) => name.startsWith(`${model}/`) && matches(payload))?.[1];
  return {
    upsert: async (id, payload) => void stored.set(key(id), { ...payload }),
    find: async (id) => stored.get(key(id)),
    findByUserCode: (userCode) => find((payload) => payload.userCode === userCode),
    findByUid: (uid) => find((payload) => payload.uid === uid),
    consume: async (id) => {
      const payload = stored.get(key(id));
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void stored.delete(key(id)),
    revokeByGrantId: async (grantId) => {
      for (const [name, payload] of stored)
        if (name.startsWith(`${model}/`) && payload.grantId === grantId) stored.delete(name);
    },
  };
}

/** It warns about its own developer's defaults at every start. */
function muteProvider(): void {
  for (const say of ['info', 'warn'] as const) console[say] = () => undefined;
}

/** The form's hidden fields, with a login where it asks for one. */
function formOf(page: string, login: string): URLSearchParams {
  const body = new URLSearchParams();
  for (const [input] of page.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    const value = /value="([^"]*)"/.exec(input)?.[1];
    if (name !== undefined && value !== undefined) body.set(name, value);
  }
  if (/name="login"/.test(page)) {
    body.set('login', login);
    body.set('password', 'any');
  }
  return body;
}

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    ...privateKey.export({ format: 'jwk' }),
    alg: 'RS256',
    use: 'sig',
    kid: Math.random().toString(36).slice(2),
  };
}
