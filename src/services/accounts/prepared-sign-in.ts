import { MusterError } from '../../domain/errors.ts';
import type { OAuthProvider } from '../../platforms/oauth.ts';
import type { PlatformAdapter } from '../../platforms/platform.ts';
import type { StoredAccount } from '../../ports/repositories.ts';

/** A sign-in by OAuth whose settings and secrets are valid; what it needs before and after the browser. */
export interface PreparedSignIn {
  readonly adapter: PlatformAdapter;
  readonly provider: OAuthProvider;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Given with this sign-in: kept when it succeeds. */
  readonly given: Readonly<Record<string, string>>;
  /** Those, and what the account has already. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The account that is repaired; null: a new one. */
  readonly accountId: string | null;
  readonly label: string | null;
}

/** The platform's OAuth. Throws `unsupported` where it has none. */
export function providerOf(adapter: PlatformAdapter): OAuthProvider {
  if (adapter.oauth) return adapter.oauth;
  throw new MusterError('unsupported', `${adapter.manifest.name} has no sign-in by browser. Add the account by hand.`);
}

/** Refuses tokens of somebody else for an account that is there. */
export function requireSameUser(earlier: { readonly userId: string } | null, now: { readonly userId: string }): void {
  if (earlier === null || earlier.userId === now.userId) return;
  throw new MusterError(
    'conflict',
    'These credentials are for somebody else. Add them as an account of their own instead.',
  );
}

/** The account that signs in as the same user with the same settings. */
export function twinOf(
  accounts: Iterable<StoredAccount>,
  adapter: PlatformAdapter,
  settings: Readonly<Record<string, unknown>>,
  userId: string,
): StoredAccount | undefined {
  return [...accounts].find(
    (account) =>
      account.platform === adapter.manifest.id &&
      account.self?.userId === userId &&
      JSON.stringify(account.settings) === JSON.stringify(settings),
  );
}
