/**
 * Keeps changes while the disk takes none. SQLite holds what an open transaction changed in memory until its commit; so the first
 * write that the disk refuses opens one, everything after it is part of it, for readers too, and it is committed once there is room.
 */
import { z } from 'zod';
import type { Logger } from '../../ports/logger.ts';
import type { DriverConnection } from './driver.ts';

/** SQLite's result codes that mean that the disk is full, gone or read-only (rescode.html). */
const NOT_WRITABLE = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/;
/** Beside the pages: the log's header, and a page's worth of everything that grows along. */
const MARGIN_BYTES = 256 * 1_024;

const sizeRow = z.array(z.object({ bytes: z.number() }));

/** Whether this is a disk that refuses to be written to. */
export function isNotWritable(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && NOT_WRITABLE.test(String(thrown.code));
}

/** The one long transaction of a connection whose disk takes no writes. */
export class HeldChanges {
  readonly #driver: DriverConnection;
  readonly #logger: Logger;
  readonly #hasRoom: (bytes: number) => boolean;
  #held = false;

  constructor(driver: DriverConnection, logger: Logger, hasRoom: (bytes: number) => boolean) {
    this.#driver = driver;
    this.#logger = logger;
    this.#hasRoom = hasRoom;
  }

  /** Whether there are changes that only memory knows. */
  get held(): boolean {
    return this.#held;
  }

  /** From now on nothing is written. `thrown` is what the disk said. */
  begin(thrown: unknown): void {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    this.#logger.error('the home cannot be written to; changes are kept in memory until it can', { code });
    // Changed pages stay in memory, however many they are.
    this.#driver.exec('PRAGMA cache_spill = OFF; BEGIN');
    this.#held = true;
  }

  /** Writes what is held, if there is room for it by now. A commit that fails would drop it: so the room is tried out first. */
  settle(): void {
    if (!this.#held || !this.#hasRoom(this.#mostBytes())) return;
    try {
      this.#driver.exec('COMMIT');
      this.#logger.info('the home can be written to again, and holds everything');
    } catch (thrown) {
      if (this.#driver.inTransaction) return;
      this.#logger.error('changes that were kept in memory could not be written and are lost', { cause: thrown });
    }
    this.#held = false;
    this.#driver.exec('PRAGMA cache_spill = ON');
  }

  /** The connection ends: what cannot be written even now is lost. */
  end(): void {
    this.settle();
    if (!this.#held) return;
    this.#logger.error('Muster ends while its home cannot be written to: the changes since then are lost');
    this.#driver.exec('ROLLBACK');
    this.#held = false;
  }

  /** Never more than every page of the file, once. */
  #mostBytes(): number {
    const rows = this.#driver
      .prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')
      .all([]);
    return (sizeRow.parse(rows)[0]?.bytes ?? 0) + MARGIN_BYTES;
  }
}
