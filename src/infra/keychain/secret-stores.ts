/** Which store holds the secrets: the system's keychain, else the vault, else memory; and how they get from one to another. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MusterError, toMusterError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SecretStore, SecretStoreKind } from '../../ports/secret-store.ts';
import { writeAtomic } from '../home/write-atomic.ts';
import { keytarProcess } from './keytar-process.ts';
import { memoryStore } from './memory-store.ts';
import { moveSecrets } from './move-secrets.ts';
import { type Keytar, osStore, probe } from './os-store.ts';
import type { VaultKey } from './vault-key.ts';
import { keyInForce, openVault, rekeyVault } from './vault-store.ts';

const KINDS = ['os', 'vault', 'memory'] as const satisfies readonly SecretStoreKind[];
const kindSchema = z.enum(KINDS);

/** One kind, and why it is not to be had. */
export interface StoreFinding {
  readonly kind: SecretStoreKind;
  readonly available: boolean;
  readonly reason: string | null;
}

/** What choosing needs. */
export interface SecretStoresOptions {
  readonly home: string;
  readonly clock: Clock;
  readonly vaultKey: VaultKey | null;
  /** What the vault's key is to be from now on; the vault is sealed anew when it still has `vaultKey`. */
  readonly newVaultKey?: VaultKey | null;
  /** `MUSTER_KEYCHAIN`: this one or none. */
  readonly forced: SecretStoreKind | null;
  /** Where the keychain's helper process cannot be forked from Node: Electron gives `keytarProcess` on a utility process. */
  readonly keytar?: Keytar;
}

/** The kind that `MUSTER_KEYCHAIN` forces; null when it is not set. Throws `invalid-settings`. */
export function forcedKind(env: Readonly<Record<string, string | undefined>>): SecretStoreKind | null {
  const asked = env.MUSTER_KEYCHAIN;
  if (!asked) return null;
  const kind = kindSchema.safeParse(asked);
  if (kind.success) return kind.data;
  throw new MusterError('invalid-settings', 'MUSTER_KEYCHAIN has to be os, vault or memory.');
}

/** The key that opens the vault of a home while it is being changed: the new one when it was changed already. */
export function vaultKeyInForce(
  home: string,
  vaultKey: VaultKey | null,
  newVaultKey: VaultKey | null,
): VaultKey | null {
  const keys = [newVaultKey, vaultKey].filter((key) => key !== null);
  return keyInForce(vaultFile(home), keys);
}

/**
 * Opens the first store that works; the one that secrets were last moved to goes first. Rejects only for a forced one, and when the
 * vault cannot be given its new key.
 */
export async function openSecretStores(given: SecretStoresOptions): Promise<SecretStores> {
  const { forced, home, vaultKey, newVaultKey = null } = given;
  const rekeyed = newVaultKey !== null && rekeyVault(vaultFile(home), vaultKey, newVaultKey);
  const options = { ...given, vaultKey: newVaultKey ?? vaultKey, rekeyed };
  const first = forced ?? remembered(home);
  const order = forced ? [forced] : [...new Set([...(first ? [first] : []), ...KINDS])];
  for (const kind of order) {
    try {
      return new SecretStores(options, await open(kind, options));
    } catch (thrown) {
      if (forced) throw thrown;
    }
  }
  return new SecretStores(options, memoryStore());
}

/** The stores of this machine, one of them in use. */
export class SecretStores {
  /** The vault got another key at this start. */
  readonly rekeyed: boolean;
  readonly #options: SecretStoresOptions;
  #current: SecretStore;

  constructor(options: SecretStoresOptions & { readonly rekeyed?: boolean }, current: SecretStore) {
    this.#options = options;
    this.rekeyed = options.rekeyed ?? false;
    this.#current = current;
  }

  /** The store in use. */
  current(): SecretStore {
    return this.#current;
  }

  /** Every kind, and why one is not to be had now. */
  async survey(): Promise<StoreFinding[]> {
    const findings: StoreFinding[] = [];
    for (const kind of KINDS) {
      try {
        if (kind !== this.#current.kind) await open(kind, this.#options);
        else if (kind === 'os') await probe(this.#current);
        findings.push({ kind, available: true, reason: null });
      } catch (thrown) {
        findings.push({ kind, available: false, reason: toMusterError(thrown).message });
      }
    }
    return findings;
  }

  /** Removes what other stores than the present one may still hold in the home: a vault whose key is not here, and which store was chosen. */
  eraseRest(): void {
    if (this.#current.kind !== 'vault') rmSync(vaultFile(this.#options.home), { force: true });
    rmSync(rememberedFile(this.#options.home), { force: true });
  }

  /** Copies, checks, switches, then deletes the old ones. Rejects with `secret-store-unavailable` or `-locked`; then nothing has changed. */
  async moveTo(kind: SecretStoreKind): Promise<void> {
    if (this.#options.forced !== null && kind !== this.#options.forced) {
      throw new MusterError(
        'conflict',
        'MUSTER_KEYCHAIN says where the secrets are. Change it, then start Muster again.',
      );
    }
    if (kind === this.#current.kind) return;
    const from = this.#current;
    const to = await open(kind, this.#options);
    await moveSecrets(from, to, () => {
      writeAtomic(rememberedFile(this.#options.home), `${JSON.stringify({ kind })}\n`);
      this.#current = to;
    });
  }
}

async function open(kind: SecretStoreKind, options: SecretStoresOptions): Promise<SecretStore> {
  if (kind === 'memory') return memoryStore();
  if (kind === 'vault') {
    if (options.vaultKey) return openVault(vaultFile(options.home), options.vaultKey);
    throw new MusterError(
      'secret-store-unavailable',
      'The encrypted vault needs a key: set MUSTER_VAULT_KEY (openssl rand -base64 32) and start Muster again.',
    );
  }
  const store = osStore(options.keytar ?? keytarProcess(options.clock), options.home, options.clock);
  await probe(store);
  return store;
}

/** Whether a home has a vault, in use or not. */
export function hasVault(home: string): boolean {
  return existsSync(vaultFile(home));
}

const vaultFile = (home: string) => join(home, 'vault.json');
const rememberedFile = (home: string) => join(home, 'secret-store.json');

function remembered(home: string): SecretStoreKind | null {
  try {
    return z.object({ kind: kindSchema }).parse(JSON.parse(readFileSync(rememberedFile(home), 'utf8'))).kind;
  } catch {
    return null;
  }
}
