import type { SecretStoreView } from '../../contract/schemas/system.ts';
import type { SecretStore, SecretStoreKind } from '../../ports/secret-store.ts';

/** The stores that this machine has, and how secrets get from one to another. */
export interface SecretStores {
  /** The vault got another key at this start. */
  readonly rekeyed?: boolean;
  /** The store in use. */
  current(): SecretStore;
  /** Every kind, and why one is not to be had. */
  survey(): Promise<
    readonly { readonly kind: SecretStoreKind; readonly available: boolean; readonly reason: string | null }[]
  >;
  /** Copies, checks, switches, then deletes the old ones. Rejects with `secret-store-unavailable`; then nothing has changed. */
  moveTo(kind: SecretStoreKind): Promise<void>;
  /** Removes what other stores than the present one still hold in the home. */
  eraseRest(): void;
}

const NAME = { os: 'the system’s keychain', vault: 'the encrypted vault', memory: 'memory' } as const;

/** Keeps writers still while the secrets are moved, and notes that they were, in the given words. */
type AroundMove = (move: () => Promise<void>, said: string) => Promise<void>;

/** Which store holds the secrets. */
export class Secrets {
  readonly #stores: SecretStores;

  readonly #aroundMove: AroundMove;

  constructor(stores: SecretStores, aroundMove: AroundMove = (move) => move()) {
    this.#stores = stores;
    this.#aroundMove = aroundMove;
  }

  async view(): Promise<SecretStoreView> {
    return { kind: this.#stores.current().kind, stores: [...(await this.#stores.survey())] };
  }

  /** Leaves nothing behind in stores that are not in use. */
  eraseRest(): void {
    this.#stores.eraseRest();
  }

  /** Rejects with `secret-store-unavailable`. */
  async move(kind: SecretStoreKind): Promise<SecretStoreView> {
    const from = this.#stores.current().kind;
    if (from !== kind) {
      const said = `The secrets were moved from ${NAME[from]} to ${NAME[kind]}.`;
      await this.#aroundMove(() => this.#stores.moveTo(kind), said);
    }
    return this.view();
  }
}
