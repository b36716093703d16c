import type { AuditEntryView } from '../../contract/schemas/audit.ts';
import type { AuditEvent } from '../../domain/audit.ts';
import type { AuditEntry, AuditRepository } from '../../ports/audit-trail.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import { iso } from '../iso.ts';

/** Whose sign-in an entry is about. */
export interface AuditSubject {
  readonly id: string | null;
  readonly platform: string;
  readonly label: string | null;
}

/** The trail of sign-ins, consent and what happened to secrets. */
export class Audit {
  readonly #options: { readonly repository: AuditRepository; readonly clock: Clock; readonly random: Random };

  constructor(options: { readonly repository: AuditRepository; readonly clock: Clock; readonly random: Random }) {
    this.#options = options;
  }

  /** Adds an entry. `detail` is a sentence for people, without any secret. */
  record(
    event: AuditEvent,
    detail: string,
    subject: AuditSubject | null = null,
    scopes: readonly string[] | null = null,
  ): void {
    const { repository, clock, random } = this.#options;
    repository.add({
      id: random.id('au'),
      at: clock.now(),
      event,
      accountId: subject?.id ?? null,
      platform: subject?.platform ?? null,
      label: subject?.label ?? null,
      detail,
      scopes,
    });
  }

  /** As `record`, unless the newest entry about the account says the same: an outage, or a start after the other, is told once. */
  recordOnce(event: AuditEvent, detail: string, subject: AuditSubject): void {
    const { repository } = this.#options;
    const [newest] = subject.id === null ? [] : repository.idsNewestFirst(subject.id);
    if (newest === undefined || repository.find(newest)?.event !== event) this.record(event, detail, subject);
  }

  /** Newest first; of one account, or (null) all. */
  ids(accountId: string | null): string[] {
    return this.#options.repository.idsNewestFirst(accountId);
  }

  find(id: string): AuditEntryView | null {
    const entry = this.#options.repository.find(id);
    return entry && view(entry);
  }

  /** The whole trail, newest first, for the export. */
  list(): AuditEntryView[] {
    return this.#options.repository.all().map(view);
  }
}

function view(entry: AuditEntry): AuditEntryView {
  return { ...entry, at: iso(entry.at), scopes: entry.scopes && [...entry.scopes] };
}
