import type { StoredJson, ValueRepository } from '../../../src/ports/repositories.ts';

/** Small values in memory. */
export function memoryValues(): ValueRepository {
  const values = new Map<string, StoredJson>();
  return {
    get: (name) => values.get(name),
    set: (name, value) => void values.set(name, value),
    delete: (name) => void values.delete(name),
    deleteUnder: (prefix) => {
      for (const name of values.keys()) if (name.startsWith(prefix)) values.delete(name);
    },
  };
}
