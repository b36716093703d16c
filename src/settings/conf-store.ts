import Conf from 'conf';
import type { MakePreferencesStore } from '../ports/preferences.ts';

/** The headless preferences store; writes whole files, for their owner only. */
export const confStore: MakePreferencesStore = ({ folder, name }) =>
  new Conf<Record<string, unknown>>({ cwd: folder, configName: name, configFileMode: 0o600 });
