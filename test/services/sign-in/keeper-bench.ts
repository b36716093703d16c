import { MusterError } from '../../../src/domain/errors.ts';
import type { OAuthProvider } from '../../../src/platforms/oauth.ts';
import type { OAuthClient, OAuthTokens } from '../../../src/ports/oauth-client.ts';
import type { StoredJson, ValueRepository } from '../../../src/ports/repositories.ts';
import { oauthAppOf } from '../../../src/services/sign-in/oauth-app.ts';
import { signInNotes } from '../../../src/services/sign-in/sign-in-notes.ts';
import { TokenKeeper } from '../../../src/services/sign-in/token-keeper.ts';
import { nextRecord, type TokenRecord } from '../../../src/services/sign-in/token-record.ts';
import type { TokenVault } from '../../../src/services/sign-in/token-vault.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** A platform like those with single-use refresh tokens: an hour, 30 days that slide. */
export const provider: OAuthProvider = {
  endpoints: () => ({
    issuer: null,
    authorization: 'https://signin.example/authorize',
    token: 'https://signin.example/token',
    revocation: 'https://signin.example/revoke',
    deviceAuthorization: null,
    jwks: null,
  }),
  clientId: () => 'desktop',
  clientSecret: 'optional',
  clientAuth: 'post',
  scopes: () => ['read', 'write'],
  scopeParameter: 'scope',
  scopeSeparator: ' ',
  authorizationParameters: {},
  redirect: { host: '127.0.0.1', path: '/oauth/fake', ports: 'any' },
  openId: false,
  accessTokenKey: 'accessToken',
  lifetimes: { accessSeconds: 3600, refreshDays: 30, refreshSlides: true, announceDays: 7 },
};

/** An authorization server with single-use refresh tokens, without HTTP. */
export class ScriptedServer implements Pick<OAuthClient, 'refresh'> {
  calls = 0;
  /** The one refresh token that it takes. */
  valid = 'refresh-0';
  /** What the next calls do instead: fail before the token is taken (`before`), or after (`after`: the answer is lost). */
  troubles: { readonly when: 'before' | 'after'; readonly error: MusterError }[] = [];
  /** Answers wait for it. */
  slow: Promise<unknown> | null = null;
  expiresInSeconds: number | null = 3600;
  scopes: readonly string[] | null = null;
  #next = 0;

  async refresh(_app: unknown, refreshToken: string): Promise<OAuthTokens> {
    this.calls += 1;
    const trouble = this.troubles.shift();
    if (trouble?.when === 'before') throw trouble.error;
    if (refreshToken !== this.valid)
      throw new MusterError('token-revoked', 'invalid_grant', { params: { oauth: 'invalid_grant', answered: true } });
    this.#next += 1;
    this.valid = `refresh-${this.#next}`;
    const number = this.#next;
    await this.slow;
    if (trouble) throw trouble.error;
    return {
      accessToken: `access-${number}`,
      refreshToken: `refresh-${number}`,
      expiresInSeconds: this.expiresInSeconds,
      scopes: this.scopes,
    };
  }
}

/** Values in memory. */
export function memoryValues(): ValueRepository {
  const values = new Map<string, StoredJson>();
  return {
    get: (name) => values.get(name),
    set: (name, value) => void values.set(name, value),
    delete: (name) => void values.delete(name),
    deleteUnder: (prefix) => {
      for (const name of values.keys()) if (name.startsWith(prefix)) values.delete(name);
    },
  };
}

/** A keeper on tokens of a fresh sign-in, over restarts. `store` is what is on the disk. */
export function keeperBench(options: { record?: TokenRecord | null; provider?: OAuthProvider } = {}) {
  const clock = new FakeClock();
  const server = new ScriptedServer();
  const values = memoryValues();
  const told: string[] = [];
  const secrets: string[] = [];
  const used = options.provider ?? provider;
  const first =
    options.record === undefined
      ? nextRecord(
          null,
          { accessToken: 'access-0', refreshToken: 'refresh-0', expiresInSeconds: 3600, scopes: ['read', 'write'] },
          used,
          clock.now(),
          [],
        )
      : options.record;
  const store: { record: TokenRecord | null; failures: Error[]; saved: TokenRecord[] } = {
    record: first,
    failures: [],
    saved: [],
  };
  const vault: TokenVault = {
    load: async () => store.record,
    save: async (record) => {
      const failure = store.failures.shift();
      if (failure) throw failure;
      store.record = record;
      store.saved.push(record);
    },
    clientSecret: async () => null,
  };
  const unused = () => Promise.reject(new Error('not asked for here'));
  const restart = () =>
    new TokenKeeper({
      provider: used,
      settings: () => ({}),
      app: (secret, settings) => oauthAppOf(used, settings, secret),
      vault,
      notes: signInNotes(values, 'a'),
      oauth: {
        authorize: unused,
        exchange: unused,
        revoke: unused,
        authorizeDevice: unused,
        askDevice: unused,
        refresh: (app, token) => server.refresh(app, token),
      },
      clock,
      random: seededRandom(),
      redact: (secret) => secrets.push(secret),
      listener: {
        loaded: () => undefined,
        renewed: (_before, record) => told.push(`renewed ${record.accessToken}`),
        failed: (error) => told.push(`failed ${error.code}`),
        ended: (error) => told.push(`ended ${error.code}`),
      },
    });
  return { clock, server, values, store, told, secrets, restart, keeper: restart() };
}
