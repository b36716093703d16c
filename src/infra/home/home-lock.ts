import { join } from 'node:path';
import { MusterError } from '../../domain/errors.ts';
import { type Driver, defaultDriver, requireNodeApi } from '../sqlite/driver.ts';

/** Held while a core runs on the home. */
export interface HomeLock {
  release(): void;
}

/**
 * One home, one core. The lock is SQLite's exclusive lock on a file of its own: the operating system drops it when the process
 * ends, however it ends, so there is no stale one and no guessing by process ids. Throws `home-in-use`.
 */
export function lockHome(home: string, driver: Driver = defaultDriver): HomeLock {
  requireNodeApi(driver);
  const connection = new driver(join(home, 'lock.db'));
  try {
    connection.exec('PRAGMA busy_timeout = 0');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    connection.close();
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    if (!code.startsWith('SQLITE_BUSY')) throw thrown;
    throw new MusterError('home-in-use', 'Muster already runs on this home.', { params: { home }, cause: thrown });
  }
  let held = true;
  return {
    release: () => {
      if (!held) return;
      held = false;
      connection.exec('ROLLBACK');
      connection.close();
    },
  };
}
