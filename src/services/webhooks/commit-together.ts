import type { Clock } from '../../ports/clock.ts';
import type { StoredWebhookEvent, WebhookRepository } from '../../ports/repositories.ts';

/** How long the first of a batch waits for others, in milliseconds: a commit costs about as much, whether of one event or a hundred. */
const GATHER_MS = 3;

interface Waiting {
  readonly events: readonly StoredWebhookEvent[];
  readonly resolve: () => void;
  readonly reject: (thrown: unknown) => void;
}

/**
 * Puts deliveries that arrive together on the disk by one commit. A sender waits for the disk, thousands of them at once; one commit
 * each would make the last wait for all.
 */
export class CommitTogether {
  readonly #repository: WebhookRepository;
  readonly #clock: Clock;
  #waiting: Waiting[] = [];

  constructor(options: { repository: WebhookRepository; clock: Clock }) {
    this.#repository = options.repository;
    this.#clock = options.clock;
  }

  /** Resolves when the events are on the disk; rejects when they could not be kept. */
  keep(events: readonly StoredWebhookEvent[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject });
      if (this.#waiting.length === 1) this.#clock.after(GATHER_MS, () => this.flush());
    });
  }

  /** Writes what waits now. */
  flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    try {
      this.#repository.keep(batch.flatMap(({ events }) => events));
      for (const { resolve } of batch) resolve();
    } catch (thrown) {
      // One of them spoilt it (its account has just gone): the others must not suffer.
      if (batch.length === 1) {
        batch[0]?.reject(thrown);
        return;
      }
      for (const { events, resolve, reject } of batch) {
        try {
          this.#repository.keep(events);
          resolve();
        } catch (own) {
          reject(own);
        }
      }
    }
  }
}
