import type { AccountMemory, JsonValue } from '../../platforms/platform.ts';
import type { ValueRepository } from '../../ports/repositories.ts';

const keyOf = (accountId: string, name: string) => `account/${accountId}/${name}`;

/** An account's small values, on disk. */
export function accountMemory(values: ValueRepository, accountId: string): AccountMemory {
  return {
    get: (name) => values.get(keyOf(accountId, name)),
    set: (name, value) => values.set(keyOf(accountId, name), value),
    delete: (name) => values.delete(keyOf(accountId, name)),
  };
}

/** Forgets what an account kept. */
export function forgetMemory(values: ValueRepository, accountId: string): void {
  values.deleteUnder(keyOf(accountId, ''));
}

/** For a sign-in that is only tried. */
export function throwawayMemory(): AccountMemory {
  const values = new Map<string, JsonValue>();
  return {
    get: (name) => values.get(name),
    set: (name, value) => void values.set(name, value),
    delete: (name) => void values.delete(name),
  };
}
