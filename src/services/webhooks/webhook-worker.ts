import { toMusterError } from '../../domain/errors.ts';
import type { Connection } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { WebhookRepository } from '../../ports/repositories.ts';
import { failureFields } from '../failure-fields.ts';
import { backOffMs } from '../polling/back-off.ts';

/** Events taken from the disk at a time. */
const BATCH = 100;
/**
 * How long events are worked off in one go, in milliseconds: what an adapter keeps of each goes to the disk before it goes on, and
 * nobody is acknowledged meanwhile.
 */
const TURN_MS = 10;
/** Between two turns, in milliseconds: senders who wait for an acknowledgement come first. */
const BREATH_MS = 15;

/** What a worker needs. */
interface WorkerOptions {
  readonly accountId: string;
  readonly repository: WebhookRepository;
  readonly connection: () => Connection | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Works one account's events off, in the order in which they came, while it is connected. */
export class WebhookWorker {
  readonly #options: WorkerOptions;
  #working = false;
  #stopped = false;
  #attempt = 0;
  #timer: Dispose | null = null;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** There may be work: an event came, or the account connected. */
  wake(): void {
    if (this.#working || this.#stopped) return;
    this.#after(0);
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.();
    this.#timer = null;
  }

  #after(delayMs: number): void {
    this.#timer?.();
    this.#timer = this.#options.clock.after(delayMs, () => {
      this.#timer = null;
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#working || this.#stopped) return;
    this.#working = true;
    let next: number | null = null;
    try {
      next = await this.#batch();
    } finally {
      this.#working = false;
    }
    if (next !== null && !this.#stopped) this.#after(next);
  }

  /** Answers in how many milliseconds to go on; null when there is nothing to do until the next wake. */
  async #batch(): Promise<number | null> {
    const { accountId, repository, connection, clock, random, logger } = this.#options;
    const webhook = connection()?.webhook;
    if (!webhook) return null;
    const events = repository.waiting(accountId, BATCH);
    if (events.length === 0) return null;
    let done: number | null = null;
    const began = clock.monotonicMs();
    try {
      for (const { sequence, payload } of events) {
        try {
          await webhook.deliver(payload);
        } catch (thrown) {
          const error = toMusterError(thrown);
          if (error.retry === 'later' && !this.#stopped) {
            this.#attempt += 1;
            return backOffMs(this.#attempt, error, random);
          }
          // It will not get better by trying again, and those behind it wait.
          logger.warn('a webhook event could not be used', { account: accountId, ...failureFields(error) });
        }
        if (this.#stopped) return null;
        done = sequence;
        if (clock.monotonicMs() - began >= TURN_MS) break;
      }
      this.#attempt = 0;
      return BREATH_MS;
    } finally {
      if (!this.#stopped && done !== null) repository.finish(accountId, done);
    }
  }
}
