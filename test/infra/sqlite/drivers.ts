import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import Libsql from 'libsql';
import { epochMs } from '../../../src/domain/time.ts';
import type { Driver } from '../../../src/infra/sqlite/driver.ts';
import { openDatabase } from '../../../src/infra/sqlite/open-database.ts';
import type { Database } from '../../../src/ports/repositories.ts';
import { quietLogger } from '../../support/quiet-logger.ts';

/** Both drivers: the one that ships, and the one that the Electron tests' bundle has in its place. */
export const DRIVERS: { name: string; driver: Driver }[] = [
  { name: 'better-sqlite3', driver: BetterSqlite3 },
  { name: 'libsql', driver: Libsql },
];

/** A folder for a test's database, and how to open it. */
export function databaseFolder(driver: Driver) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-db-'));
  const file = join(folder, 'muster.db');
  const open: Database[] = [];
  return {
    folder,
    file,
    open(options: { migrations?: string[]; logger?: ReturnType<typeof quietLogger> } = {}): Database {
      const database = openDatabase({
        file,
        driver,
        logger: options.logger ?? quietLogger(),
        now: epochMs(1_767_000_000_000),
        ...(options.migrations ? { migrations: options.migrations } : {}),
      });
      open.push(database);
      return database;
    },
    clean(): void {
      for (const database of open) {
        try {
          database.close();
        } catch {
          // It was closed by the test.
        }
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
