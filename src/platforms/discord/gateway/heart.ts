import type { Clock, Dispose } from '../../../ports/clock.ts';
import type { Random } from '../../../ports/random.ts';
import { closed, silent } from '../errors.ts';

/** How long an acknowledgement may take; Discord says “before the next heartbeat”, which is 41 s. */
const ACK_MS = 15_000;
/** How long somebody waits for it who asks whether the connection lives. */
const VERIFY_MS = 5_000;

/** What it needs. `dead`: the connection is a zombie. */
interface HeartParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly beat: () => void;
  readonly dead: () => void;
}

/** Keeps a gateway connection alive, and notices when nobody answers any more. */
export class Heart {
  readonly #parts: HeartParts;
  #intervalMs = 0;
  #beating: Dispose = () => {};
  #missing: Dispose | null = null;
  #asking = new Set<{ resolve: () => void; reject: (reason: unknown) => void }>();

  constructor(parts: HeartParts) {
    this.#parts = parts;
  }

  /** The first beat comes after a random part of the interval, as Discord asks. */
  start(intervalMs: number): void {
    this.stop();
    this.#intervalMs = intervalMs;
    this.#next(intervalMs * this.#parts.random.next());
  }

  /** A beat now; the gateway may ask for one. */
  beat(): void {
    this.#parts.beat();
    this.#missing ??= this.#parts.clock.after(Math.min(ACK_MS, this.#intervalMs || ACK_MS), () => this.#parts.dead());
  }

  acknowledged(): void {
    this.#missing?.();
    this.#missing = null;
    for (const { resolve } of this.#asking) resolve();
    this.#asking.clear();
  }

  /** Resolves when a beat of now was answered. */
  async ask(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const asking = { resolve, reject };
    this.#asking.add(asking);
    const abort = (): void => reject(closed());
    signal.addEventListener('abort', abort, { once: true });
    const late = this.#parts.clock.after(VERIFY_MS, () => reject(silent()));
    try {
      this.beat();
      await promise;
    } finally {
      late();
      this.#asking.delete(asking);
      signal.removeEventListener('abort', abort);
    }
  }

  /** Ends everything; who still waits for an answer is told `reason`. */
  stop(reason: unknown = closed()): void {
    this.#beating();
    this.#missing?.();
    this.#missing = null;
    for (const { reject } of this.#asking) reject(reason);
    this.#asking.clear();
  }

  #next(delayMs: number): void {
    this.#beating = this.#parts.clock.after(delayMs, () => {
      this.#next(this.#intervalMs);
      this.beat();
    });
  }
}
