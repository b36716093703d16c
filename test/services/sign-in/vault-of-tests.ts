import type { VaultKey } from '../../../src/infra/keychain/vault-key.ts';

/** What opens the vault that two processes of a test share, one after the other. */
export const VAULT_KEY: VaultKey = { kind: 'key', bytes: Buffer.alloc(32, 5) };
