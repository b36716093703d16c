import type { DoctorView, SecretStoreView } from '../../src/contract/index.ts';
import { call } from './api.ts';

/** Where the secrets are kept, and which other stores there are. Fails with an ApiError, as all of these do. */
export const loadSecretStore = (): Promise<SecretStoreView> => call('getSecretStore', {});

/** Moves all secrets to another store. */
export const moveSecrets = (kind: SecretStoreView['kind']): Promise<SecretStoreView> =>
  call('moveSecrets', { body: { kind } });

/** Looks at the environment, the keychain and each account. */
export const loadDoctor = (): Promise<DoctorView> => call('getDoctor', {});

/** Everything but secrets, as the text of one JSON document. */
export const exportText = async (): Promise<string> => JSON.stringify(await call('exportAll', {}), null, 2);

/** Deletes everything, secrets too, and signs every account out. */
export const eraseAll = (): Promise<void> => call('eraseAll', { body: { confirm: 'erase' } });

/** Ends this browser's session; a new one-time link begins another. */
export const signOut = (): Promise<void> => call('deleteSession', {});
