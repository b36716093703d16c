import type { Account } from '../accounts/account.ts';
import type { Connection } from './connection.ts';

/** A client's stream as the rest of the server sees it. */
export interface OpenStream {
  /** Known once it has authenticated. */
  readonly account: Account | undefined;
  readonly connection: Connection;
  /** Ends it with a stream error. */
  fail(condition: string): void;
}
