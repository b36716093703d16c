import type { z } from 'zod';
import type { availabilityAnswerSchema } from '../../contract/schemas/contact.ts';
import { contactOf, emailKey, survivorOf } from '../../domain/contacts/contact-book.ts';
import { STATUS_RANK } from '../../domain/presence/status.ts';
import type { AccountDirectory } from '../contacts/contact-view.ts';
import type { People } from '../contacts/people.ts';
import { isoOrNull } from '../iso.ts';
import type { Aggregator } from './aggregator.ts';

type Result = z.infer<typeof availabilityAnswerSchema>['results'][number];

/** Who of these is available now, in the order asked: a contact id, an email, or `<platform>:<userId>`. */
export class Availability {
  readonly #people: People;
  readonly #aggregator: Aggregator;
  readonly #accounts: AccountDirectory;

  constructor(options: { people: People; aggregator: Aggregator; accounts: AccountDirectory }) {
    this.#people = options.people;
    this.#aggregator = options.aggregator;
    this.#accounts = options.accounts;
  }

  check(users: readonly string[]): Result[] {
    // Made at most once a call: the index would have to be kept true for every roster change otherwise.
    let byPlatformId: Map<string, string[]> | null = null;
    return users.map((user) => {
      const direct = survivorOf(this.#people.book, user)?.id;
      if (direct) return this.#result(user, [direct]);
      const byEmail = this.#byEmail(user);
      if (byEmail.length > 0) return this.#result(user, byEmail);
      byPlatformId ??= this.#indexPlatformIds();
      return this.#result(user, byPlatformId.get(user) ?? []);
    });
  }

  #byEmail(user: string): string[] {
    const email = emailKey(user);
    const { book } = this.#people;
    return (email === null ? [] : (book.byEmail.get(email) ?? [])).flatMap(
      (key) => book.memberships.get(key)?.contactId ?? [],
    );
  }

  #indexPlatformIds(): Map<string, string[]> {
    const index = new Map<string, string[]>();
    for (const identity of this.#people.book.identities.values()) {
      const contactId = contactOf(this.#people.book, identity)?.id;
      const platform = this.#accounts.platformOf(identity.accountId);
      if (!contactId || !platform) continue;
      const name = `${platform}:${identity.userId}`;
      index.set(name, [...(index.get(name) ?? []), contactId]);
    }
    return index;
  }

  /** A platform id that several accounts know counts at its best. */
  #result(user: string, contactIds: readonly string[]): Result {
    let best: Result | null = null;
    for (const contactId of contactIds) {
      const presence = this.#aggregator.presenceOf(contactId);
      const result: Result = {
        user,
        contactId,
        available: presence.available,
        status: presence.status,
        asOf: isoOrNull(presence.why.observedAt),
        stale: presence.stale,
      };
      const better =
        best === null ||
        (result.available === best.available
          ? STATUS_RANK[result.status] > STATUS_RANK[best.status]
          : result.available);
      if (better) best = result;
    }
    return best ?? { user, contactId: null, available: false, status: 'unknown', asOf: null, stale: false };
  }
}
