import type { PreferencesView } from '../../src/contract/index.ts';
import { call } from './api.ts';
import { usePreferencesStore } from './mirrors.ts';

/** Changes preferences; the whole page follows at once. Fails with an ApiError. */
export const patchPreferences = async (patch: Partial<PreferencesView>): Promise<void> =>
  usePreferencesStore.setState({ preferences: await call('patchSettings', { body: patch }) });
