import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from './remove-folder.ts';

/**
 * Gives the whole test run a home of its own, so that no test can read or write the real one, whatever it forgets to pass.
 * Returns the clean-up that vitest calls at the end.
 */
export function setup(): () => void {
  const home = mkdtempSync(join(tmpdir(), 'muster-test-home-'));
  process.env.MUSTER_HOME = home;
  process.env.XDG_CONFIG_HOME = join(home, 'config');
  process.env.XDG_DATA_HOME = join(home, 'data');
  return () => removeFolder(home);
}
