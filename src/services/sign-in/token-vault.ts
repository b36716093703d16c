import { createHash } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { secretName } from '../accounts/account-record.ts';
import { pastedRecord, readRecord, sealRecord, type TokenRecord } from './token-record.ts';

/** The name of the one secret that holds an account's tokens. */
export const TOKENS_KEY = 'tokens';
/** The name under which a refresh token is pasted. */
export const REFRESH_TOKEN_KEY = 'refreshToken';

/** Where one account's tokens are. */
export interface TokenVault {
  /** Null when there are none. */
  load(): Promise<TokenRecord | null>;
  /** Kept when it resolves. */
  save(record: TokenRecord): Promise<void>;
  /** The app's own secret; null when the account has none. */
  clientSecret(): Promise<string | null>;
}

/** An account's tokens in the secret store; what was pasted counts until there are newer ones. */
export function storedTokens(options: {
  readonly accountId: string;
  readonly accessTokenKey: string;
  readonly secretStore: () => SecretStore;
  readonly clock: Clock;
}): TokenVault {
  const { accountId, accessTokenKey, secretStore, clock } = options;
  const read = (key: string) => secretStore().get(secretName(accountId, key));
  return {
    async load() {
      const text = await read(TOKENS_KEY);
      const record = text === null ? null : readRecord(text);
      return record ?? pastedRecord(await read(accessTokenKey), await read(REFRESH_TOKEN_KEY), clock.now());
    },
    save: (record) => secretStore().set(secretName(accountId, TOKENS_KEY), sealRecord(record)),
    clientSecret: () => read('clientSecret'),
  };
}

/** Tokens that are only tried: kept in memory until the trial is over. */
export interface TriedTokens extends TokenVault {
  /** As they are now. */
  readonly record: TokenRecord | null;
}

/** For a sign-in that is only tried. `saved` hears of every newer record. */
export function triedTokens(
  first: TokenRecord | null,
  clientSecret: string | null,
  saved: (record: TokenRecord) => void = () => undefined,
): TriedTokens {
  let record = first;
  return {
    get record() {
      return record;
    },
    load: async () => record,
    save: async (next) => {
      record = next;
      saved(next);
    },
    clientSecret: async () => clientSecret,
  };
}

/** Tells tokens apart without keeping them. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
