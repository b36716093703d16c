import { createHmac } from 'node:crypto';
import type { StoredAccount } from '../../ports/repositories.ts';

/**
 * The part of an account's webhook address that nobody can guess. Made from the home's key, so that nothing is kept per account, and
 * an account that is gone takes its address along.
 */
export function addressKeyOf(account: Pick<StoredAccount, 'id' | 'platform'>, key: Uint8Array): string {
  return createHmac('sha256', key).update(`${account.platform}/${account.id}`).digest('base64url').slice(0, 32);
}

/** The account's address behind where Muster is reached, without the key. */
export function addressBehind(base: URL, account: Pick<StoredAccount, 'id' | 'platform'>): URL {
  const path = `hooks/${encodeURIComponent(account.platform)}/${encodeURIComponent(account.id)}`;
  return new URL(path, base.href.endsWith('/') ? base : `${base.href}/`);
}

/** The account's whole address behind the user's public one. */
export function webhookAddress(
  publicUrl: URL,
  account: Pick<StoredAccount, 'id' | 'platform'>,
  key: Uint8Array,
): string {
  const url = addressBehind(publicUrl, account);
  url.searchParams.set('key', addressKeyOf(account, key));
  return url.href;
}
