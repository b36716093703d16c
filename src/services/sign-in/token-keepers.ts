/** The tokens of all accounts: one keeper each, what they tell goes into the audit trail, and what is known of each sign-in's end. */
import type { AccountHealthView } from '../../contract/schemas/account-health.ts';
import { addMs, DAY_MS, type EpochMs, MINUTE_MS } from '../../domain/time.ts';
import type { AccessTokens, OAuthProvider } from '../../platforms/oauth.ts';
import type { PlatformAdapter } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { OAuthClient } from '../../ports/oauth-client.ts';
import type { Random } from '../../ports/random.ts';
import type { StoredAccount, ValueRepository } from '../../ports/repositories.ts';
import type { SecretReader, SecretStore } from '../../ports/secret-store.ts';
import { pastedTokens } from '../accounts/pasted-tokens.ts';
import type { Audit } from '../audit/audit.ts';
import { iso, isoOrNull } from '../iso.ts';
import { oauthAppOf } from './oauth-app.ts';
import { inWords, missingPermissions } from './scopes.ts';
import { passingNotes, signInNotes } from './sign-in-notes.ts';
import { type KeeperListener, type LeftTokens, TokenKeeper } from './token-keeper.ts';
import { pastedRecord, signInEnd, type TokenRecord } from './token-record.ts';
import { storedTokens, type TriedTokens, tokenDigest, triedTokens } from './token-vault.ts';

/** For how long a pasted single-use token that a failed trial has used up is remembered with what followed on it. */
const CARRIED_MS = 15 * MINUTE_MS;

/** What the keepers need. */
export interface TokenKeepersOptions {
  readonly secretStore: () => SecretStore;
  readonly values: ValueRepository;
  readonly oauth: OAuthClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly redact: (secret: string, passing: boolean) => void;
  readonly audit: Audit;
  readonly accountOf: (accountId: string) => StoredAccount | null;
  readonly adapterOf: (platform: string) => PlatformAdapter | null;
  /** What is told about an account's sign-in has changed. */
  readonly changed: (accountId: string) => void;
  /** Only signing in again helps. */
  readonly ended: (accountId: string) => void;
}

/** Tokens that are tried before anything is kept. */
export interface TokenTrial {
  readonly tokens: AccessTokens;
  /** As they are after the trial; a renewal may have changed them. */
  record(): TokenRecord | null;
}

interface Kept {
  readonly keeper: TokenKeeper;
  readonly provider: OAuthProvider;
  /** Until the end of the sign-in is announced. */
  announcing: Dispose | null;
}

const NOBODY: KeeperListener = {
  loaded: () => undefined,
  renewed: () => undefined,
  failed: () => undefined,
  ended: () => undefined,
};

/** Keeps every account's tokens. */
export class TokenKeepers {
  readonly #options: TokenKeepersOptions;
  readonly #kept = new Map<string, Kept>();
  /** By the digest of a pasted refresh token. */
  readonly #carried = new Map<string, { readonly record: TokenRecord; readonly until: number }>();

  constructor(options: TokenKeepersOptions) {
    this.#options = options;
  }

  /** The account's tokens; on platforms without OAuth they are what was pasted. */
  of(account: StoredAccount, secrets: SecretReader): AccessTokens {
    return this.keeper(account.id) ?? pastedTokens(secrets);
  }

  /** Null where the platform has no OAuth, and for accounts that are not there. */
  keeper(accountId: string): TokenKeeper | null {
    const known = this.#kept.get(accountId);
    if (known) return known.keeper;
    const account = this.#options.accountOf(accountId);
    const provider = account ? this.#options.adapterOf(account.platform)?.oauth : undefined;
    if (!provider) return null;
    const { secretStore, clock, values } = this.#options;
    const keeper = this.#make(
      provider,
      () => this.#options.accountOf(accountId)?.settings ?? {},
      storedTokens({ accountId, accessTokenKey: provider.accessTokenKey, secretStore, clock }),
      signInNotes(values, accountId),
      this.#listener(accountId),
    );
    this.#kept.set(accountId, { keeper, provider, announcing: null });
    return keeper;
  }

  /** The account is used from now on: tokens are renewed ahead of their end. */
  open(accountId: string): void {
    this.keeper(accountId)?.start();
  }

  /** The account is not used. */
  close(accountId: string): void {
    const kept = this.#kept.get(accountId);
    kept?.keeper.pause();
    kept?.announcing?.();
    if (kept) kept.announcing = null;
  }

  /** The machine woke. */
  wake(): void {
    for (const { keeper } of this.#kept.values()) keeper.wake();
  }

  /** Does something with the place for secrets while no tokens are renewed: what is written meanwhile would be left behind. */
  async undisturbed<T>(run: () => Promise<T>): Promise<T> {
    const over = Promise.withResolvers<void>();
    try {
      await Promise.all([...this.#kept.values()].map(({ keeper }) => keeper.rest(over.promise)));
      return await run();
    } finally {
      over.resolve();
    }
  }

  stop(): void {
    for (const accountId of this.#kept.keys()) this.close(accountId);
    this.#carried.clear();
  }

  /** The account is gone. */
  forget(accountId: string): void {
    this.close(accountId);
    this.#kept.delete(accountId);
    signInNotes(this.#options.values, accountId).clear();
  }

  /** Tries tokens that are not kept yet: just given by a sign-in (`first`), or pasted among `secrets`. */
  trial(
    adapter: PlatformAdapter,
    settings: unknown,
    secrets: Readonly<Record<string, string>>,
    first: TokenRecord | null = null,
  ): TokenTrial {
    const provider = adapter.oauth;
    if (!provider) return { tokens: pastedTokens({ get: async (key) => secrets[key] ?? null }), record: () => null };
    const vault = first
      ? triedTokens(first, secrets.clientSecret ?? null)
      : this.#pasted(
          secrets[provider.accessTokenKey] ?? null,
          secrets.refreshToken ?? null,
          secrets.clientSecret ?? null,
        );
    const keeper = this.#make(provider, () => settings, vault, passingNotes(), NOBODY);
    return { tokens: keeper, record: () => vault.record };
  }

  /** Ends tokens at their platform (RFC 7009). What was pasted stays the user's: it may be in use elsewhere. */
  async revoke(
    account: StoredAccount,
    { record, clientSecret }: LeftTokens,
  ): Promise<'revoked' | 'pasted' | 'not-possible' | 'failed'> {
    const provider = this.#options.adapterOf(account.platform)?.oauth;
    if (!provider || !record || record.generation === 0) return 'pasted';
    const app = oauthAppOf(provider, account.settings, clientSecret);
    if (!app || app.server.revocation === null) return 'not-possible';
    const { oauth } = this.#options;
    const told = [
      ...(record.refreshToken === null ? [] : [oauth.revoke(app, record.refreshToken, 'refresh_token')]),
      oauth.revoke(app, record.accessToken, 'access_token'),
    ];
    const outcomes = await Promise.allSettled(told);
    return outcomes.some(({ status }) => status === 'fulfilled') ? 'revoked' : 'failed';
  }

  /** How the account's sign-in stands, for its page; null where it is not by OAuth. */
  view(accountId: string): AccountHealthView['signIn'] {
    const kept = this.#kept.get(accountId);
    const record = kept?.keeper.record ?? null;
    if (!kept || !record || record.generation === 0) return null;
    return {
      accessExpiresAt: isoOrNull(record.accessExpiresAt),
      endsAt: isoOrNull(signInEnd(record)),
      granted: [...(record.scopes ?? [])],
      missing: this.#missing(accountId, kept, record).map(({ scope, required, purpose }) => ({
        scope,
        required,
        purpose,
      })),
    };
  }

  /** What a person should know about the account's sign-in, in sentences. */
  notices(accountId: string): string[] {
    const kept = this.#kept.get(accountId);
    const record = kept?.keeper.record ?? null;
    if (!kept || !record || record.generation === 0) return [];
    const missing = this.#missing(accountId, kept, record);
    const ends = this.#announced(kept, record);
    return [
      ...(ends === null
        ? []
        : [`This sign-in ends on ${iso(ends).slice(0, 10)}. Sign in again before that; people and settings stay.`]),
      ...missing.map((permission) => `Not permitted: ${inWords([permission])}. Sign in again to permit it.`),
    ];
  }

  #make(
    provider: OAuthProvider,
    settings: () => unknown,
    vault: TriedTokens | ReturnType<typeof storedTokens>,
    notes: ReturnType<typeof passingNotes>,
    listener: KeeperListener,
  ): TokenKeeper {
    const { oauth, clock, random, redact } = this.#options;
    return new TokenKeeper({
      provider,
      settings,
      app: (clientSecret, now) => oauthAppOf(provider, now, clientSecret),
      vault,
      notes,
      oauth,
      clock,
      random,
      redact,
      listener,
    });
  }

  /** A single-use token that an earlier trial used up goes on with what it was given for it. */
  #pasted(accessToken: string | null, refreshToken: string | null, clientSecret: string | null): TriedTokens {
    const { clock } = this.#options;
    for (const [old, { until }] of this.#carried) if (until < clock.monotonicMs()) this.#carried.delete(old);
    const digest = refreshToken === null ? null : tokenDigest(refreshToken.trim());
    const carried = digest === null ? undefined : this.#carried.get(digest);
    return triedTokens(
      carried?.record ?? pastedRecord(accessToken, refreshToken, clock.now()),
      clientSecret,
      (record) => {
        if (digest !== null) this.#carried.set(digest, { record, until: clock.monotonicMs() + CARRIED_MS });
      },
    );
  }

  #listener(accountId: string): KeeperListener {
    const { audit, changed, ended } = this.#options;
    const subject = () => this.#options.accountOf(accountId);
    return {
      loaded: () => this.#announce(accountId),
      renewed: (before, record) => {
        audit.record('token-refreshed', 'The sign-in was renewed.', subject());
        if (before.scopes !== null && record.scopes !== null && !sameScopes(before.scopes, record.scopes))
          audit.record('consent-changed', 'The platform changed what is permitted.', subject(), record.scopes);
        this.#announce(accountId);
        changed(accountId);
      },
      failed: (error) => {
        const account = subject();
        const detail = `The sign-in could not be renewed yet: ${error.message}`;
        if (account) audit.recordOnce('token-refresh-failed', detail, account);
      },
      ended: (error) => {
        const account = subject();
        if (account) audit.recordOnce('needs-sign-in', error.message, account);
        ended(accountId);
      },
    };
  }

  #missing(accountId: string, { provider }: Kept, record: TokenRecord) {
    const account = this.#options.accountOf(accountId);
    const adapter = account && this.#options.adapterOf(account.platform);
    return adapter ? missingPermissions(adapter.manifest, provider, account.settings, record.scopes) : [];
  }

  /** The end of the sign-in, once it is near enough to be announced. */
  #announced({ provider }: Kept, record: TokenRecord): EpochMs | null {
    const ends = signInEnd(record);
    if (ends === null) return null;
    // Where tokens are renewed all the time their end is never near, unless nothing renews them.
    return this.#options.clock.now() >= addMs(ends, -provider.lifetimes.announceDays * DAY_MS) ? ends : null;
  }

  #announce(accountId: string): void {
    const kept = this.#kept.get(accountId);
    const record = kept?.keeper.record ?? null;
    const ends = record && signInEnd(record);
    kept?.announcing?.();
    if (!kept || ends === null) return;
    const { clock, changed } = this.#options;
    const from = addMs(ends, -kept.provider.lifetimes.announceDays * DAY_MS);
    kept.announcing = from > clock.now() ? clock.at(from, () => changed(accountId)) : null;
  }
}

function sameScopes(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join(' ') === other.toSorted().join(' ');
}
