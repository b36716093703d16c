import type { JournalRepository, StoredJournalEntry } from '../../ports/repositories.ts';

type Part = StoredJournalEntry['part'];
const PARTS = ['status', 'doNotDisturb'] as const satisfies readonly Part[];

/** The journal on the disk, and in memory that of accounts which are gone from the disk already. */
export class LeavingJournal implements JournalRepository {
  readonly #disk: JournalRepository;
  readonly #leaving = new Map<string, Map<Part, StoredJournalEntry>>();

  constructor(disk: JournalRepository) {
    this.#disk = disk;
  }

  find(accountId: string, part: Part): StoredJournalEntry | null {
    const leaving = this.#leaving.get(accountId);
    return leaving ? (leaving.get(part) ?? null) : this.#disk.find(accountId, part);
  }

  save(entry: StoredJournalEntry): void {
    const leaving = this.#leaving.get(entry.accountId);
    if (leaving) leaving.set(entry.part, entry);
    else this.#disk.save(entry);
  }

  delete(accountId: string, part: Part): void {
    const leaving = this.#leaving.get(accountId);
    if (leaving) leaving.delete(part);
    else this.#disk.delete(accountId, part);
  }

  /** From now on the account's entries are in memory alone. */
  leave(accountId: string): void {
    const entries = new Map<Part, StoredJournalEntry>();
    for (const part of PARTS) {
      const entry = this.find(accountId, part);
      if (entry) entries.set(part, entry);
    }
    this.#leaving.set(accountId, entries);
  }

  /** What was written by one account is another's from now on: the same user signed in again. */
  inherit(from: string, to: string): void {
    for (const part of PARTS) {
      const entry = this.find(from, part);
      if (entry) this.save({ ...entry, accountId: to });
      this.delete(from, part);
    }
  }

  forget(accountId: string): void {
    this.#leaving.delete(accountId);
  }
}
