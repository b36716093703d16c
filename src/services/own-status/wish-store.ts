import type { DoNotDisturbIntent, Intent } from '../../domain/own-status/intent.ts';
import type { Database } from '../../ports/repositories.ts';

/** The wishes by hand, in memory and on disk; both kinds change together or not at all. */
export class WishStore {
  readonly #database: Database;
  #intents: readonly Intent[];
  #doNotDisturb: readonly DoNotDisturbIntent[];

  constructor(database: Database) {
    this.#database = database;
    this.#intents = database.intents.all();
    this.#doNotDisturb = database.doNotDisturbIntents.all();
  }

  get intents(): readonly Intent[] {
    return this.#intents;
  }

  get doNotDisturb(): readonly DoNotDisturbIntent[] {
    return this.#doNotDisturb;
  }

  /** Replaces all of both. */
  save(intents: readonly Intent[], doNotDisturb: readonly DoNotDisturbIntent[]): void {
    this.#database.transaction(() => {
      replace(this.#database.intents, this.#intents, intents);
      replace(this.#database.doNotDisturbIntents, this.#doNotDisturb, doNotDisturb);
    });
    this.#intents = intents;
    this.#doNotDisturb = doNotDisturb;
  }
}

function replace<T extends { readonly id: string }>(
  repository: { save(value: T): void; delete(id: string): void },
  before: readonly T[],
  after: readonly T[],
): void {
  const kept = new Set(after.map((value) => value.id));
  for (const { id } of before) if (!kept.has(id)) repository.delete(id);
  for (const value of after) if (!before.includes(value)) repository.save(value);
}
