import type { Driver, DriverConnection, DriverStatement, SqlValue } from '../../../src/infra/sqlite/driver.ts';

/** A disk that can be full. */
export interface Disk {
  full: boolean;
}

/**
 * A driver on a disk that can be full, as SQLite behaves there (tried with a full tmpfs): nothing can be committed, by a statement of
 * its own or by COMMIT, which rolls back; what an open transaction changes is in memory and needs no disk.
 */
export function onDisk(driver: Driver, disk: Disk): Driver {
  class FullDiskConnection implements DriverConnection {
    readonly #connection: DriverConnection;

    constructor(file: string) {
      this.#connection = new driver(file);
    }

    get inTransaction(): boolean {
      return this.#connection.inTransaction;
    }

    prepare(sql: string): DriverStatement {
      const statement = this.#connection.prepare(sql);
      return {
        all: (parameters) => statement.all(parameters),
        run: (parameters: readonly SqlValue[]) => {
          if (!this.inTransaction) this.#refuse();
          return statement.run(parameters);
        },
      };
    }

    exec(sql: string): unknown {
      if (sql === 'COMMIT' && disk.full) {
        this.#connection.exec('ROLLBACK');
        this.#refuse();
      }
      return this.#connection.exec(sql);
    }

    close(): unknown {
      return this.#connection.close();
    }

    #refuse(): void {
      if (disk.full) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    }
  }
  return FullDiskConnection;
}
