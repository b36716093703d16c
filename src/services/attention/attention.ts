import { addMs, type EpochMs, MINUTE_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';

/** Who is on screen is forgotten after a minute without renewal; so is a caller of the API. */
const FORGOTTEN_AFTER_MS = MINUTE_MS;

/** Knows whether anybody looks, and at whom: what the polls are planned by. */
export class Attention {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #onScreen: ReadonlySet<string> = new Set();
  #onScreenUntil: EpochMs | null = null;
  #calledUntil: EpochMs | null = null;
  #readers = 0;
  #expiry: Dispose | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** These people are on screen now. */
  look(contactIds: readonly string[]): void {
    const before = this.onScreen();
    this.#onScreen = new Set(contactIds);
    this.#onScreenUntil = addMs(this.#clock.now(), FORGOTTEN_AFTER_MS);
    this.#expiry?.();
    this.#expiry = this.#clock.after(FORGOTTEN_AFTER_MS, () => this.#changed());
    if (contactIds.some((id) => !before.has(id))) this.#changed();
  }

  /** Somebody asked the API for people. */
  noteCaller(): void {
    const before = this.attended();
    this.#calledUntil = addMs(this.#clock.now(), FORGOTTEN_AFTER_MS);
    if (!before) this.#changed();
  }

  /** Somebody follows the events; call the result when they leave. */
  noteReader(): Dispose {
    this.#readers += 1;
    if (this.#readers === 1) this.#changed();
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#readers -= 1;
    };
  }

  onScreen(): ReadonlySet<string> {
    return this.#onScreenUntil !== null && this.#onScreenUntil > this.#clock.now() ? this.#onScreen : new Set();
  }

  /** True while anybody looks: at a screen, by the API or by its events. */
  attended(): boolean {
    const now = this.#clock.now();
    return this.#readers > 0 || this.onScreen().size > 0 || (this.#calledUntil !== null && this.#calledUntil > now);
  }

  onChange(listener: () => void): Dispose {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  stop(): void {
    this.#expiry?.();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
