import { MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';

/** After so long without an answer of any kind the connection is checked, so that a dead host is noticed within a minute. */
const SILENT_MS = 30 * SECOND_MS;
/** Where calls are scarce (a day's quota half spent), a check is dear. */
const SCARCE_MS = 10 * MINUTE_MS;
/** How soon to look again when a check could not be made, or brought no sign of life. */
const LATER_MS = 10 * SECOND_MS;

/** What the vigil asks. */
export interface VigilOptions {
  readonly clock: Clock;
  /** Milliseconds since the other side last gave a sign of life. */
  readonly silentMs: () => number;
  /** `now`: a check may be made; `scarce`: only seldom; `held`: the platform asked for quiet. */
  readonly mayCheck: () => 'now' | 'scarce' | 'held';
  /** Checks the connection; its outcome is the owner's business. Never rejects. */
  readonly check: () => Promise<void>;
}

/** Checks a connection that has been silent for long, again and again until it is stopped. One check at a time. */
export class Vigil {
  readonly #options: VigilOptions;
  #run = 0;
  #timer: Dispose | null = null;

  constructor(options: VigilOptions) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    this.#arm(this.#run, SILENT_MS);
  }

  stop(): void {
    this.#run += 1;
    this.#timer?.();
    this.#timer = null;
  }

  #arm(run: number, delayMs: number): void {
    this.#timer = this.#options.clock.after(delayMs, () => void this.#look(run));
  }

  async #look(run: number): Promise<void> {
    const { silentMs, mayCheck, check } = this.#options;
    const permission = mayCheck();
    const allowed = permission === 'scarce' ? SCARCE_MS : SILENT_MS;
    const left = allowed - silentMs();
    if (left > 0) return this.#arm(run, Math.max(SECOND_MS, left));
    if (permission === 'held') return this.#arm(run, LATER_MS);
    await check();
    if (this.#run === run) this.#arm(run, silentMs() < allowed ? SILENT_MS : LATER_MS);
  }
}
