import type { PublicationResult } from './account-publisher.ts';

/** A try to give an account's own status back. */
export interface GiveBack {
  /** Resolves when it was tried once. */
  readonly tried: Promise<void>;
  /** Resolves once nothing of ours is there any more, or with false when it cannot be given back. */
  readonly givenBack: Promise<boolean>;
}

/** Accounts on their way out: nothing is wished for them any more. */
export class GiveBacks {
  readonly #leaving = new Map<string, (givenBack: boolean) => void>();

  has(accountId: string): boolean {
    return this.#leaving.has(accountId);
  }

  /** Resolves as `GiveBack.givenBack`. */
  begin(accountId: string): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#leaving.set(accountId, resolve);
    return promise;
  }

  /** A try has ended. */
  tried(accountId: string, { outcome, retryAt }: PublicationResult): void {
    if (outcome === 'applied') this.#leaving.get(accountId)?.(true);
    else if (outcome === 'failed' && retryAt === null) this.#leaving.get(accountId)?.(false);
  }

  /** The account is here again, or gone for good. */
  forget(accountId: string): void {
    this.#leaving.delete(accountId);
  }
}
