import { MusterError } from '../../domain/errors.ts';

/** What opens the vault. */
export type VaultKey =
  | { readonly kind: 'key'; readonly bytes: Buffer }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

/**
 * The vault's key from `MUSTER_VAULT_KEY` (32 bytes in base64), else from `MUSTER_VAULT_PASSPHRASE`; null without either. Throws
 * `invalid-settings` for a malformed key, without repeating it.
 */
export function vaultKeyFrom(env: Readonly<Record<string, string | undefined>>): VaultKey | null {
  const key = env.MUSTER_VAULT_KEY;
  if (key !== undefined && key !== '') {
    const bytes = Buffer.from(key, 'base64');
    if (bytes.length !== 32 || bytes.toString('base64').replace(/=+$/, '') !== key.trim().replace(/=+$/, '')) {
      throw new MusterError(
        'invalid-settings',
        'MUSTER_VAULT_KEY is not 32 bytes in base64. Make one with: openssl rand -base64 32',
        { params: { variable: 'MUSTER_VAULT_KEY' } },
      );
    }
    return { kind: 'key', bytes };
  }
  const passphrase = env.MUSTER_VAULT_PASSPHRASE;
  return passphrase ? { kind: 'passphrase', passphrase } : null;
}
