import { MINUTE_MS } from '../../src/domain/time.ts';
import type { Clock, Dispose } from '../../src/ports/clock.ts';

/** A window as far as keeping it is concerned. */
export type Keepable = {
  readonly show: () => void;
  readonly hide: () => void;
  /** Ends it with its process. */
  readonly destroy: () => void;
};

/** How long a hidden window stays warm. */
export const KEPT_MS = 5 * MINUTE_MS;

/**
 * A click on the icon first takes the focus, which hides the window, and then arrives as a click: within this time it is the one
 * that closed it.
 */
const SAME_CLICK_MS = 300;

/** A window that opens at once because it is kept while hidden, and that gives its process back when nobody came for a while. */
export class KeptWindow {
  readonly #clock: Clock;
  readonly #make: () => Keepable;
  #window: Keepable | null = null;
  #visible = false;
  #lostFocusAt: number | null = null;
  #farewell: Dispose = () => undefined;

  constructor(options: { readonly clock: Clock; readonly make: () => Keepable }) {
    this.#clock = options.clock;
    this.#make = options.make;
  }

  /** Shows it, or hides it when it is shown. */
  toggle(): void {
    const sameClick = this.#lostFocusAt !== null && this.#clock.monotonicMs() - this.#lostFocusAt < SAME_CLICK_MS;
    this.#lostFocusAt = null;
    if (this.#visible) this.hide();
    else if (!sameClick) this.show();
  }

  show(): void {
    this.#farewell();
    this.#window ??= this.#make();
    this.#visible = true;
    this.#window.show();
  }

  hide(): void {
    if (this.#window === null || !this.#visible) return;
    this.#visible = false;
    this.#window.hide();
    this.#farewell();
    this.#farewell = this.#clock.after(KEPT_MS, () => this.destroy());
  }

  /** Somebody pressed elsewhere. */
  lostFocus(): void {
    if (!this.#visible) return;
    this.#lostFocusAt = this.#clock.monotonicMs();
    this.hide();
  }

  /** Ends it now: it is too old, its process crashed, or the application stops. */
  destroy(): void {
    this.#farewell();
    const window = this.#window;
    this.#window = null;
    this.#visible = false;
    window?.destroy();
  }
}
