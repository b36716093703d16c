import type { MusterEvent } from '../../src/contract/index.ts';

/** Counts the delivered alerts that nobody has looked at: none of our windows has had the focus since. */
export class UnseenAlerts {
  #count = 0;
  readonly #isLookedAt: () => boolean;

  constructor(isLookedAt: () => boolean) {
    this.#isLookedAt = isLookedAt;
  }

  get count(): number {
    return this.#count;
  }

  hear(event: MusterEvent): void {
    if (event.event === 'alert' && event.data.outcome === 'delivered' && !this.#isLookedAt()) this.#count += 1;
  }

  /** The user looks at a window. Says whether that changed anything. */
  seen(): boolean {
    const had = this.#count > 0;
    this.#count = 0;
    return had;
  }
}
