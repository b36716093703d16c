import type { SecretStore } from '../../ports/secret-store.ts';

/** Keeps secrets until Muster stops; for where there is neither a keychain nor a key for the vault. */
export function memoryStore(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    kind: 'memory',
    get: async (name) => secrets.get(name) ?? null,
    set: async (name, value) => void secrets.set(name, value),
    delete: async (name) => secrets.delete(name),
    names: async () => [...secrets.keys()],
  };
}
