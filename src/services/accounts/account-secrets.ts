import type { PlatformManifest } from '../../platforms/manifest.ts';
import type { SecretReader, SecretStore } from '../../ports/secret-store.ts';
import { secretName } from './account-record.ts';

/** Every account's secrets in the store: written and deleted all or none. */
export class AccountSecrets {
  readonly #store: () => SecretStore;
  readonly #redact: (secret: string) => void;
  /** Of accounts that were removed, for as long as they have something to give back: in memory alone. */
  readonly #left = new Map<string, ReadonlyMap<string, string>>();

  constructor(store: () => SecretStore, redact: (secret: string) => void) {
    this.#store = store;
    this.#redact = redact;
  }

  /** One account's own. */
  reader(accountId: string): SecretReader {
    return {
      get: async (key) => {
        const left = this.#left.get(accountId);
        const value = left ? (left.get(key) ?? null) : await this.#store().get(secretName(accountId, key));
        if (value !== null) this.#redact(value);
        return value;
      },
    };
  }

  /** Those of the platform's fields that the account has. */
  async given(accountId: string, manifest: PlatformManifest): Promise<Record<string, string>> {
    const secrets: Record<string, string> = {};
    for (const { key } of manifest.secrets) {
      const value = await this.reader(accountId).get(key);
      if (value !== null) secrets[key] = value;
    }
    return secrets;
  }

  /** Keeps secrets (null deletes one); when one cannot be, all are as they were. */
  async write(accountId: string, secrets: Readonly<Record<string, string | null>>): Promise<void> {
    const store = this.#store();
    const before = new Map<string, string | null>();
    const put = (name: string, value: string | null) => (value === null ? store.delete(name) : store.set(name, value));
    try {
      for (const [key, value] of Object.entries(secrets)) {
        const name = secretName(accountId, key);
        before.set(name, await store.get(name));
        await put(name, value);
      }
    } catch (thrown) {
      for (const [name, earlier] of before) await Promise.resolve(put(name, earlier)).catch(() => undefined);
      throw thrown;
    }
  }

  /**
   * Deletes every secret of the account, whatever put it there; when one cannot be, all are there still. Who has the account's reader
   * already reads on from memory until `forget`.
   */
  async deleteAll(accountId: string): Promise<void> {
    const prefix = secretName(accountId, '');
    const store = this.#store();
    const keys = (await store.names())
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
    const left = new Map<string, string>();
    for (const key of keys) left.set(key, (await store.get(secretName(accountId, key))) ?? '');
    await this.write(accountId, Object.fromEntries(keys.map((key) => [key, null])));
    this.#left.set(accountId, left);
  }

  /** The account has gone for good. */
  forget(accountId: string): void {
    this.#left.delete(accountId);
  }

  /** Deletes every secret of this home, also those that no account owns any more. */
  async deleteEverything(): Promise<void> {
    const store = this.#store();
    for (const name of await store.names()) await store.delete(name);
  }
}
