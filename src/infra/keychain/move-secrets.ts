import { MusterError } from '../../domain/errors.ts';
import type { SecretStore } from '../../ports/secret-store.ts';

/**
 * Moves every secret: copies, reads each back, then `commit` (from which on the new store counts), then deletes the old ones. When
 * anything fails before the commit, the copies go and the old store is as it was; old entries that cannot be deleted stay behind.
 */
export async function moveSecrets(from: SecretStore, to: SecretStore, commit: () => void): Promise<void> {
  const names = await from.names();
  const copied: string[] = [];
  try {
    for (const name of names) {
      const value = await from.get(name);
      if (value === null) continue;
      copied.push(name);
      await to.set(name, value);
      if ((await to.get(name)) !== value) {
        throw new MusterError('secret-store-unavailable', 'The new store did not give back what it was given.');
      }
    }
    commit();
  } catch (thrown) {
    for (const name of copied) await to.delete(name).catch(() => false);
    throw thrown;
  }
  for (const name of names) await from.delete(name).catch(() => false);
}
