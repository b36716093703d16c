import type { AuditEvent } from '../domain/audit.ts';
import type { EpochMs } from '../domain/time.ts';

/** Something that happened to a sign-in or to the secrets. Never holds a secret. */
export interface AuditEntry {
  readonly id: string;
  readonly at: EpochMs;
  readonly event: AuditEvent;
  readonly accountId: string | null;
  readonly platform: string | null;
  /** The account's name at that time. */
  readonly label: string | null;
  /** One sentence. */
  readonly detail: string;
  readonly scopes: readonly string[] | null;
}

/** Where the trail is kept: append-only, until everything is erased. */
export interface AuditRepository {
  add(entry: AuditEntry): void;
  /** Of one account, or (null) all. */
  idsNewestFirst(accountId: string | null): string[];
  find(id: string): AuditEntry | null;
  /** Newest first. */
  all(): AuditEntry[];
}
