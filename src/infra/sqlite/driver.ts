/**
 * The SQLite drivers that fit: better-sqlite3, and libsql, which has the same API and runs where Node-API 10 is missing. Only what
 * both have in common is used: libsql's `get` adds a field of its own, its `pragma` ignores `simple`, and its blobs are ArrayBuffers.
 */
import BetterSqlite3 from 'better-sqlite3';
import { MusterError } from '../../domain/errors.ts';

/** A value that SQLite stores. */
export type SqlValue = string | number | null | Uint8Array;

/** A prepared statement. */
export interface DriverStatement {
  all(parameters: readonly SqlValue[]): unknown[];
  run(parameters: readonly SqlValue[]): { changes: number };
}

/** An open connection. */
export interface DriverConnection {
  prepare(sql: string): DriverStatement;
  exec(sql: string): unknown;
  close(): unknown;
  readonly inTransaction: boolean;
}

/** What opens one; the file is made when it is absent. */
export interface Driver {
  new (file: string): DriverConnection;
  readonly prototype: object;
}

/** The driver that the build has: better-sqlite3, unless a bundle puts libsql in its place. */
export const defaultDriver: Driver = BetterSqlite3;

/** better-sqlite3's binaries need it; on older ones they end the process instead of failing. */
const NODE_API = 10;

/** Throws `internal` where loading the driver would end the process. */
export function requireNodeApi(driver: Driver, nodeApi: string | undefined = process.versions.napi): void {
  const isLibsql = 'sync' in driver.prototype;
  if (isLibsql || Number(nodeApi) >= NODE_API) return;
  throw new MusterError(
    'internal',
    `This runtime is too old for Muster's database: it has Node-API ${nodeApi ?? 'of no version'}, and ${NODE_API} is needed. Use Node 24 or the Electron that Muster comes with.`,
    { params: { nodeApi: nodeApi ?? null } },
  );
}
