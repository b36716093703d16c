import type { GlobalShortcut as ElectronShortcuts } from 'electron';
import type { Logger } from '../../src/ports/logger.ts';

/** What became of the wish for a shortcut. */
export type ShortcutState =
  | { readonly kind: 'none' }
  | { readonly kind: 'active'; readonly accelerator: string }
  /** Another program has it, or the desktop gives none to applications. */
  | { readonly kind: 'taken'; readonly accelerator: string }
  /** It is not the name of a shortcut. */
  | { readonly kind: 'invalid'; readonly accelerator: string };

/** The part of Electron's `globalShortcut` that is used. */
export type ShortcutRegistry = Pick<ElectronShortcuts, 'register' | 'unregister'>;

/** Keeps one shortcut registered for the whole desktop, as the preferences have it. */
export class GlobalShortcut {
  readonly #press: () => void;
  readonly #logger: Logger;
  readonly #registry: ShortcutRegistry;
  #state: ShortcutState = { kind: 'none' };

  constructor(options: {
    readonly press: () => void;
    readonly logger: Logger;
    readonly registry: ShortcutRegistry;
  }) {
    this.#press = options.press;
    this.#logger = options.logger;
    this.#registry = options.registry;
  }

  get state(): ShortcutState {
    return this.#state;
  }

  /** Takes another one, or none. An unchanged wish is tried again when it failed before. */
  set(accelerator: string | null): ShortcutState {
    if (this.#state.kind === 'active') {
      if (this.#state.accelerator === accelerator) return this.#state;
      this.#registry.unregister(this.#state.accelerator);
    }
    this.#state = accelerator === null ? { kind: 'none' } : this.#register(accelerator);
    if (this.#state.kind === 'taken' || this.#state.kind === 'invalid') {
      this.#logger.warn('the global shortcut is not active', { ...this.#state });
    }
    return this.#state;
  }

  #register(accelerator: string): ShortcutState {
    try {
      const kind = this.#registry.register(accelerator, this.#press) ? 'active' : 'taken';
      return { kind, accelerator };
    } catch {
      // Electron throws for a text that names no keys.
      return { kind: 'invalid', accelerator };
    }
  }
}
