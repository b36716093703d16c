/**
 * Opens a home's database: one connection, write-ahead log, every commit on the disk before it counts. A file from a newer version
 * is refused and left as it is; one that is no database any more is kept aside under a new name and a fresh one is made.
 */
import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Database } from '../../ports/repositories.ts';
import { accountRepository } from './account-repository.ts';
import { alertRepository } from './alert-repository.ts';
import { auditRepository } from './audit-repository.ts';
import { bookRepository } from './book-repository.ts';
import { Connection } from './connection.ts';
import { roomBeside } from './disk-room.ts';
import { type Driver, type DriverConnection, defaultDriver, requireNodeApi } from './driver.ts';
import { eraseEverything } from './erase.ts';
import { doNotDisturbIntentRepository, intentRepository } from './intent-repository.ts';
import { journalRepository } from './journal-repository.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import { observationRepository } from './observation-repository.ts';
import { pictureRepository } from './picture-repository.ts';
import { presetRepository } from './preset-repository.ts';
import { scheduleRepository } from './schedule-repository.ts';
import { dismissalRepository, sequenceRepository, valueRepository } from './small-repositories.ts';
import { watchRepository } from './watch-repository.ts';
import { webhookRepository } from './webhook-repository.ts';

/** How long another process may hold the file before we give up, in milliseconds. */
const BUSY_MS = 5_000;
/** SQLite's result codes that mean: these bytes are no (sound) database. */
const BROKEN = /^SQLITE_(NOTADB|CORRUPT)/;

/** What opening needs. */
export interface OpenDatabaseOptions {
  /** The database file; its folder exists. */
  readonly file: string;
  readonly logger: Logger;
  readonly now: EpochMs;
  readonly driver?: Driver;
  /** Tests of old and new schemas give others. */
  readonly migrations?: readonly string[];
  /** Whether so many bytes can be written; tests of a full disk give another. */
  readonly hasRoom?: (bytes: number) => boolean;
}

/**
 * Throws `home-newer-version`, `home-corrupted` when the file cannot even be read (nothing is moved then), and `home-in-use` when
 * another process holds it.
 */
export function openDatabase(options: OpenDatabaseOptions): Database {
  const { file, logger, driver = defaultDriver, migrations = MIGRATIONS, hasRoom = roomBeside(file) } = options;
  const databaseOn = (connection: DriverConnection, recovered: Database['recovered']) =>
    repositoriesOn(new Connection(connection, logger, hasRoom), recovered);
  requireNodeApi(driver);
  requireReadable(file);
  refuseNewer(file, headerVersion(file), migrations.length);
  try {
    return databaseOn(open(file, driver, migrations), null);
  } catch (thrown) {
    if (!BROKEN.test(codeOf(thrown))) throw described(file, thrown);
    logger.error('the database is damaged; it is kept aside and a new one is made', { code: codeOf(thrown) });
    const keptAside = setAside(file, options.now);
    const message = `Muster's database was damaged. It is kept as ${basename(keptAside)}; Muster starts with an empty one. Accounts have to be added again; secrets and preferences are not affected.`;
    return databaseOn(open(file, driver, migrations), { keptAside, message });
  }
}

function open(file: string, driver: Driver, migrations: readonly string[]): DriverConnection {
  const connection = new driver(file);
  try {
    connection.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    refuseNewer(file, userVersion(connection), migrations.length);
    requireSound(connection);
    connection.prepare('PRAGMA journal_mode = WAL').all([]);
    connection.exec(
      'PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY',
    );
    migrate(connection, migrations);
    return connection;
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}

/** Each step and its number are one transaction, so that a kill in between leaves a file of a version that exists. */
function migrate(connection: DriverConnection, migrations: readonly string[]): void {
  for (let version = userVersion(connection); version < migrations.length; version += 1) {
    connection.exec('BEGIN IMMEDIATE');
    try {
      connection.exec(`${migrations[version]}; PRAGMA user_version = ${version + 1}`);
      connection.exec('COMMIT');
    } catch (thrown) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      throw thrown;
    }
  }
}

function userVersion(connection: DriverConnection): number {
  const rows = z.array(z.object({ user_version: z.number() })).parse(connection.prepare('PRAGMA user_version').all([]));
  return rows[0]?.user_version ?? 0;
}

/** A check of the structure; milliseconds at the sizes that a home has. */
function requireSound(connection: DriverConnection): void {
  const rows = z
    .array(z.object({ quick_check: z.string() }))
    .parse(connection.prepare('PRAGMA quick_check(1)').all([]));
  if (rows[0]?.quick_check !== 'ok') throw new DamagedError();
}

class DamagedError extends Error {
  readonly code = 'SQLITE_CORRUPT';
}

/** `user_version` straight from the header (offset 60, fileformat2.html), so that a newer file is not even opened. */
function headerVersion(file: string): number {
  if (!existsSync(file)) return 0;
  const handle = openSync(file, 'r');
  try {
    const header = Buffer.alloc(100);
    const read = readSync(handle, header, 0, header.length, 0);
    const isDatabase = read === header.length && header.subarray(0, 15).toString('latin1') === 'SQLite format 3';
    return isDatabase ? header.readUInt32BE(60) : 0;
  } finally {
    closeSync(handle);
  }
}

function refuseNewer(file: string, version: number, known: number): void {
  if (version <= known) return;
  throw new MusterError(
    'home-newer-version',
    `This home was used by a newer Muster (its database has version ${version}, this one knows ${known}). Nothing was changed. Install the newer Muster, or use another home.`,
    { params: { file: basename(file), version, known } },
  );
}

function requireReadable(file: string): void {
  try {
    if (!existsSync(file)) return;
    if (statSync(file).isFile()) closeSync(openSync(file, 'r+'));
    else throw new Error('not a file');
  } catch (thrown) {
    throw described(file, thrown);
  }
}

function described(file: string, thrown: unknown): unknown {
  if (thrown instanceof MusterError) return thrown;
  if (codeOf(thrown).startsWith('SQLITE_BUSY')) {
    return new MusterError(
      'home-in-use',
      'Another program holds the database of this home. Stop it, then start Muster again.',
      { cause: thrown },
    );
  }
  return new MusterError(
    'home-corrupted',
    `Muster cannot read or write its database ${basename(file)}; nothing was changed. Check the permissions of the home and the free space on its disk.`,
    { params: { file: basename(file) }, cause: thrown },
  );
}

/** Moves the file with its log under a name that nothing has yet. */
function setAside(file: string, now: EpochMs): string {
  const stem = file.replace(/\.db$/, '');
  let keptAside = `${stem}.corrupt-${now}.db`;
  for (let count = 2; existsSync(keptAside); count += 1) keptAside = `${stem}.corrupt-${now}-${count}.db`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${keptAside}${suffix}`);
  }
  return keptAside;
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}

function repositoriesOn(db: Connection, recovered: Database['recovered']): Database {
  return {
    accounts: accountRepository(db),
    book: bookRepository(db),
    observations: observationRepository(db),
    intents: intentRepository(db),
    doNotDisturbIntents: doNotDisturbIntentRepository(db),
    journal: journalRepository(db),
    schedules: scheduleRepository(db),
    watches: watchRepository(db),
    alerts: alertRepository(db),
    presets: presetRepository(db),
    dismissals: dismissalRepository(db),
    sequence: sequenceRepository(db),
    pictures: pictureRepository(db),
    values: valueRepository(db),
    webhooks: webhookRepository(db),
    audit: auditRepository(db),
    recovered,
    onlyInMemory: () => db.onlyInMemory,
    transaction: (fn) => db.transaction(fn),
    erase: () => eraseEverything(db),
    close: () => db.close(),
  };
}
