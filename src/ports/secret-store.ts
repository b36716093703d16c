/** Where secrets can live: the operating system's keychain, the encrypted vault in the home, or memory until Muster stops. */
export type SecretStoreKind = 'os' | 'vault' | 'memory';

/** Keeps secrets by name. Every call ends within a stated time, also when a keychain dialog hangs (error `secret-store-locked`). */
export interface SecretStore {
  readonly kind: SecretStoreKind;
  /** Null when there is none by that name. */
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  /** True when there was one. */
  delete(name: string): Promise<boolean>;
  /** The names kept for this home, in no particular order. */
  names(): Promise<string[]>;
}

/** One account's secrets, and nobody else's. */
export interface SecretReader {
  get(key: string): Promise<string | null>;
}
