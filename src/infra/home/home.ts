import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { MusterError } from '../../domain/errors.ts';

/** What the place of the home depends on. */
export interface HomeEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly os: string;
  readonly userFolder: string;
}

const here: HomeEnvironment = { env: process.env, os: process.platform, userFolder: homedir() };

/** The folder that holds everything: `explicit` (`--home`), else `MUSTER_HOME`, else the platform's folder for app data. */
export function resolveHome(explicit?: string, { env, os, userFolder }: HomeEnvironment = here): string {
  const asked = explicit || env.MUSTER_HOME;
  if (asked) return resolve(asked);
  if (os === 'darwin') return join(userFolder, 'Library', 'Application Support', 'Muster');
  if (os === 'win32') return join(env.APPDATA || join(userFolder, 'AppData', 'Roaming'), 'Muster');
  // The XDG base directory specification ignores a relative path.
  const data = env.XDG_DATA_HOME;
  return join(data && isAbsolute(data) ? data : join(userFolder, '.local', 'share'), 'muster');
}

/** Makes the home for its owner only, also one that exists already. Throws `home-corrupted` when it cannot be. */
export function createHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    if (process.platform !== 'win32' && (statSync(home).mode & 0o077) !== 0) chmodSync(home, 0o700);
  } catch (thrown) {
    throw new MusterError(
      'home-corrupted',
      `Muster cannot use ${home} as its home. Check that it is a folder of yours, or name another with MUSTER_HOME.`,
      { params: { home }, cause: thrown },
    );
  }
}
