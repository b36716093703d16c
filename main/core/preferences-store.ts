import ElectronStore from 'electron-store';
import type { MakePreferencesStore } from '../../src/ports/preferences.ts';

/** The desktop's preferences store: the same file as the headless `conf`, which it is made of, with the same care. */
export const electronPreferencesStore: MakePreferencesStore = ({ folder, name }) =>
  new ElectronStore<Record<string, unknown>>({ cwd: folder, name, configFileMode: 0o600 });
