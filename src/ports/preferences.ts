/** The part of `conf` and `electron-store` (which share it) that the preferences need. */
export interface PreferencesStore {
  /** The whole file as an object; assigning writes it at once, whole or not at all. */
  store: Record<string, unknown>;
}

/** Makes the store on `<folder>/<name>.json`: `conf` headless, `electron-store` in Electron. */
export type MakePreferencesStore = (options: { folder: string; name: string }) => PreferencesStore;
