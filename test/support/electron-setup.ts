import { prepareElectron } from './electron.ts';

/** Global set-up of the Electron tests: builds the application once. */
export function setup(): Promise<void> {
  return prepareElectron();
}
