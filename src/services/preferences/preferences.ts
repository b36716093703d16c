import type { PreferencesView } from '../../contract/schemas/system.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { EventLog } from '../events/event-log.ts';

/** The preferences file, whoever reads it: `conf` headless, `electron-store` in the desktop app. */
export interface PreferencesFile {
  read(): PreferencesView;
  /** On disk when it returns. */
  write(preferences: PreferencesView): void;
}

/** The user's preferences, announced when they change. */
export class Preferences {
  readonly #file: PreferencesFile;
  readonly #events: EventLog;
  readonly #listeners = new Set<(preferences: PreferencesView) => void>();
  #value: PreferencesView;

  constructor(options: { file: PreferencesFile; events: EventLog }) {
    this.#file = options.file;
    this.#events = options.events;
    this.#value = options.file.read();
  }

  get(): PreferencesView {
    return this.#value;
  }

  patch(patch: Partial<PreferencesView>): PreferencesView {
    const next = { ...this.#value, ...patch };
    if (JSON.stringify(next) === JSON.stringify(this.#value)) return this.#value;
    this.#file.write(next);
    this.#value = next;
    this.#events.publish('settings', { kind: 'preferences', ...next });
    for (const listener of this.#listeners) listener(next);
    return next;
  }

  onChange(listener: (preferences: PreferencesView) => void): Dispose {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
