import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import type { z } from 'zod';
import type { Logger } from '../../ports/logger.ts';
import type { DriverConnection, DriverStatement, SqlValue } from './driver.ts';
import { HeldChanges, isNotWritable } from './held-changes.ts';
import type { Tables } from './tables.ts';

/** Builds typed queries and executes none: Kysely waits where SQLite need not, and a wait inside a transaction lets others in. */
export const query: Kysely<Tables> = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** The order in which rows were first written. */
export const inOrder = sql`rowid`;

type Compilable = { compile(): CompiledQuery };

/**
 * Runs Kysely's queries at once on the one connection, and reads rows only through schemas. A disk that is full stops nothing: what
 * changes then is kept in memory, and reaches the disk when there is room.
 */
export class Connection {
  readonly #driver: DriverConnection;
  readonly #logger: Logger;
  readonly #statements = new Map<string, DriverStatement>();
  readonly #changes: HeldChanges;
  /** Inside a `transaction`. */
  #inside = false;

  /** `hasRoom` answers whether so many bytes can be written. */
  constructor(driver: DriverConnection, logger: Logger, hasRoom: (bytes: number) => boolean) {
    this.#driver = driver;
    this.#logger = logger;
    this.#changes = new HeldChanges(driver, logger, hasRoom);
  }

  /** Whether what was changed is only in memory, since the disk takes no writes. */
  get onlyInMemory(): boolean {
    if (!this.#inside) this.#settle();
    return this.#changes.held;
  }

  /** The rows that the schema can read; others are left out, and said in the log without what they hold. */
  all<T>(compilable: Compilable, schema: z.ZodType<T>): T[] {
    const compiled = compilable.compile();
    const rows: T[] = [];
    for (const row of this.#prepare(compiled.sql).all(parametersOf(compiled))) {
      const parsed = schema.safeParse(row);
      if (parsed.success) rows.push(parsed.data);
      else {
        const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
        this.#logger.warn('a stored row cannot be read and is left out', { columns: where });
      }
    }
    return rows;
  }

  first<T>(compilable: Compilable, schema: z.ZodType<T>): T | null {
    return this.all(compilable, schema)[0] ?? null;
  }

  /** Answers how many rows changed. */
  run(compilable: Compilable): number {
    const compiled = compilable.compile();
    return this.#lasting(() => this.#prepare(compiled.sql).run(parametersOf(compiled)).changes);
  }

  /**
   * All of it or nothing; inside another transaction it is part of that one. `fn` changes nothing but rows, since it may run twice.
   * Throws when `fn` gives a promise.
   */
  transaction<T>(fn: () => T): T {
    return this.#inside ? fn() : this.#lasting(() => this.#whole(fn));
  }

  /** Deletes for good: `secure_delete` overwrites what was there in the file, and the log, which still has it, is emptied. */
  forget<T>(fn: () => T): T {
    const result = this.transaction(fn);
    if (!this.#driver.inTransaction) this.#emptyLog();
    return result;
  }

  close(): void {
    this.#changes.end();
    // The log goes into the file now: libsql lets go of it only when its statements are collected.
    this.#emptyLog();
    this.#statements.clear();
    this.#driver.close();
  }

  /** Does what changes rows; in memory where the disk refuses it. */
  #lasting<T>(change: () => T): T {
    if (this.#inside) return change();
    this.#settle();
    try {
      return change();
    } catch (thrown) {
      if (this.#changes.held || !isNotWritable(thrown)) throw thrown;
      this.#changes.begin(thrown);
      return change();
    }
  }

  #settle(): void {
    if (!this.#changes.held) return;
    this.#changes.settle();
    // What was deleted for good meanwhile must not stay in the log.
    if (!this.#changes.held) this.#emptyLog();
  }

  #whole<T>(fn: () => T): T {
    const [begin, commit, undo] = this.#changes.held
      ? ['SAVEPOINT change', 'RELEASE change', 'ROLLBACK TO change; RELEASE change']
      : ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'];
    this.#driver.exec(begin);
    this.#inside = true;
    try {
      const result = fn();
      if (result instanceof Promise) throw new Error('a transaction must not wait for anything');
      this.#driver.exec(commit);
      return result;
    } catch (thrown) {
      // A full disk makes SQLite roll back by itself.
      if (this.#driver.inTransaction) this.#driver.exec(undo);
      throw thrown;
    } finally {
      this.#inside = false;
    }
  }

  #emptyLog(): void {
    try {
      this.#driver.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all([]);
    } catch (thrown) {
      // It stays in the log until there is room in the file.
      if (!isNotWritable(thrown)) throw thrown;
    }
  }

  #prepare(sql: string): DriverStatement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#driver.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function parametersOf(compiled: CompiledQuery): SqlValue[] {
  return compiled.parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array) {
      return value;
    }
    throw new TypeError(`SQLite cannot store a ${typeof value}`);
  });
}
