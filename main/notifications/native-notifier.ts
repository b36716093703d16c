import { Notification as NativeNotification } from 'electron';
import type { Clock } from '../../src/ports/clock.ts';
import type { Notification, Notifier } from '../../src/ports/notifier.ts';

/** How long the system may take to say that it shows a notification, in milliseconds. */
const SHOWN_WITHIN_MS = 3_000;

/** So many can be clicked later; older ones stay on screen, but only their being closed matters to nobody. */
const KEPT = 50;

/** Shows notifications through the operating system. A click opens what it is about. */
export class NativeNotifier implements Notifier {
  readonly #clock: Clock;
  readonly #icon: string;
  readonly #open: (notification: Notification) => void;
  /** Electron forgets a notification, and its click, when nothing refers to it any more. */
  readonly #shown = new Map<string, NativeNotification>();

  constructor(options: {
    readonly clock: Clock;
    readonly icon: string;
    readonly open: (notification: Notification) => void;
  }) {
    this.#clock = options.clock;
    this.#icon = options.icon;
    this.#open = options.open;
  }

  notify(notification: Notification): Promise<boolean> {
    const { id, title, body } = notification;
    if (!NativeNotification.isSupported()) return Promise.resolve(false);
    const native = new NativeNotification({ title, body, icon: this.#icon });
    this.#keep(id, native);
    native.on('click', () => {
      this.#shown.delete(id);
      this.#open(notification);
    });
    native.on('close', () => this.#shown.delete(id));
    return new Promise((resolve) => {
      const end = (shown: boolean) => {
        cancel();
        resolve(shown);
      };
      const cancel = this.#clock.after(SHOWN_WITHIN_MS, () => resolve(false));
      native.on('show', () => end(true));
      native.on('failed', () => {
        this.#shown.delete(id);
        end(false);
      });
      native.show();
    });
  }

  /** Takes what is still on screen away: a click could reach nobody any more. */
  stop(): void {
    for (const native of this.#shown.values()) native.close();
    this.#shown.clear();
  }

  #keep(id: string, native: NativeNotification): void {
    this.#shown.set(id, native);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > KEPT && oldest !== undefined) this.#shown.delete(oldest);
  }
}
