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
  return keyFrom(env, 'MUSTER_VAULT_KEY', 'MUSTER_VAULT_PASSPHRASE');
}

/** The key that the vault is to have from this start on: `MUSTER_VAULT_KEY_NEW` or `MUSTER_VAULT_PASSPHRASE_NEW`; null without either. */
export function newVaultKeyFrom(env: Readonly<Record<string, string | undefined>>): VaultKey | null {
  return keyFrom(env, 'MUSTER_VAULT_KEY_NEW', 'MUSTER_VAULT_PASSPHRASE_NEW');
}

function keyFrom(
  env: Readonly<Record<string, string | undefined>>,
  variable: string,
  passphraseVariable: string,
): VaultKey | null {
  const key = env[variable];
  if (key !== undefined && key !== '') {
    const bytes = Buffer.from(key, 'base64');
    if (bytes.length !== 32 || bytes.toString('base64').replace(/=+$/, '') !== key.trim().replace(/=+$/, '')) {
      throw new MusterError(
        'invalid-settings',
        `${variable} is not 32 bytes in base64. Make one with: openssl rand -base64 32`,
        { params: { variable } },
      );
    }
    return { kind: 'key', bytes };
  }
  const passphrase = env[passphraseVariable];
  return passphrase ? { kind: 'passphrase', passphrase } : null;
}
