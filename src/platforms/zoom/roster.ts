import type { AdapterContext, IdentityReport } from '../platform.ts';
import type { ContactType, ZoomClient } from './client.ts';
import { identityOf } from './mapping.ts';
import type { People } from './people.ts';
import type { ZoomContact } from './schema.ts';

const TYPES: readonly ContactType[] = ['company', 'external'];

/** What the roster is made of. */
interface RosterParts {
  readonly context: Pick<AdapterContext, 'report' | 'isOptedOut'>;
  readonly client: ZoomClient;
  readonly people: People;
  readonly selfId: string;
}

/** Lists the contacts of one's own Zoom account, then those from outside, page by page, and tells who is gone since the listing before. */
export class Roster {
  readonly #parts: RosterParts;
  #listed: ReadonlySet<string> = new Set();

  constructor(parts: RosterParts) {
    this.#parts = parts;
  }

  /** The whole roster, everybody once; complete when it ends without throwing. */
  async *list(signal: AbortSignal): AsyncGenerator<readonly IdentityReport[]> {
    const { client, people } = this.#parts;
    const seen = new Set<string>();
    for (const type of TYPES) {
      let pageToken: string | null = null;
      do {
        const page: { contacts: readonly ZoomContact[]; next: string | null } = await client.contacts(type, pageToken, {
          signal,
        });
        people.listed(page.contacts);
        const identities = this.#take(page.contacts, seen);
        if (identities.length > 0) yield identities;
        pageToken = page.next;
      } while (pageToken !== null);
    }
    this.#tellGone(seen);
    people.listedAll();
  }

  #take(contacts: readonly ZoomContact[], seen: Set<string>): IdentityReport[] {
    const { context, selfId } = this.#parts;
    const identities: IdentityReport[] = [];
    for (const contact of contacts) {
      const identity = identityOf(contact);
      if (identity === null || identity.userId === selfId || seen.has(identity.userId)) continue;
      seen.add(identity.userId);
      // The name alone: leaving them out would look as if they had left, and opting out would be forgotten with them.
      identities.push(context.isOptedOut(identity.userId) ? { ...identity, email: null } : identity);
    }
    return identities;
  }

  #tellGone(seen: ReadonlySet<string>): void {
    const { context, people } = this.#parts;
    const gone = [...this.#listed].filter((userId) => !seen.has(userId));
    this.#listed = seen;
    people.forget(gone);
    if (gone.length > 0) context.report.removed(gone);
  }
}
