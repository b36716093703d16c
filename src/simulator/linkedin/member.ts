/** One LinkedIn member's account as the data portability APIs show it. No HTTP. */

/** Somebody with LinkedIn. */
export interface LinkedinPerson {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** An event of the change log, in LinkedIn's own shape. */
export type ChangeLogEntry = Readonly<Record<string, unknown>> & { readonly id: number; readonly processedAt: number };

const DAYS_28_MS = 28 * 86_400_000;

/** The member whose account it is, and what happened in it. */
export class LinkedinMember {
  readonly person: LinkedinPerson;
  readonly email: string;
  /** Outside the EEA and Switzerland nobody can consent, and what is about the log is refused. */
  inRegion = true;
  /** Since when events are recorded for the app; null: not yet. Before it nothing is. */
  regulatedAt: number | null = null;
  /** Whether the last page names a next one too, which is then empty. */
  linksOn = false;
  /** Ids of events that count in a page and are left out of it. */
  readonly withheld = new Set<number>();
  readonly #now: () => number;
  readonly #events: ChangeLogEntry[] = [];
  #nextId = 7_000_001;

  constructor(person: LinkedinPerson, email: string, now: () => number) {
    this.person = person;
    this.email = email;
    this.#now = now;
  }

  /** Somebody (or the member) did something that shows in this account. `at`: when; LinkedIn processes it `delayMs` later. */
  act(
    actor: LinkedinPerson | string,
    resourceName: string,
    options: {
      method?: string;
      status?: string;
      at?: number;
      delayMs?: number;
      decorated?: 'localized' | 'plain' | 'not';
      withheld?: boolean;
    } = {},
  ): void {
    const { method = 'CREATE', status = 'SUCCESS', at = this.#now(), delayMs = 0, decorated = 'localized' } = options;
    if (this.regulatedAt === null || at < this.regulatedAt) return;
    const id = this.#nextId++;
    if (options.withheld) this.withheld.add(id);
    const urn = typeof actor === 'string' ? actor : `urn:li:person:${actor.id}`;
    const owner = `urn:li:person:${this.person.id}`;
    const activity = { owner, author: urn, createdAt: at, id: `${id}-a` };
    this.#events.push({
      id,
      capturedAt: at,
      processedAt: at + delayMs,
      configVersion: 1,
      owner,
      actor: urn,
      resourceName,
      resourceId: `${id}-r`,
      resourceUri: `/${resourceName}/${id}-r`,
      method,
      methodName: null,
      activity,
      processedActivity:
        typeof actor === 'string' || decorated === 'not'
          ? activity
          : { ...activity, 'author~': decoration(actor, decorated) },
      siblingActivities: [],
      parentSiblingActivities: [],
      activityId: `${id}-x`,
      activityStatus: status,
    });
  }

  /** What was processed from `startTime` on (inclusive), oldest first, and no older than 28 days. */
  changeLog(startTime: number | null): readonly ChangeLogEntry[] {
    const now = this.#now();
    const from = Math.max(startTime ?? 0, now - DAYS_28_MS);
    return this.#events
      .filter(({ processedAt }) => processedAt >= from && processedAt <= now)
      .toSorted((a, b) => a.processedAt - b.processedAt);
  }
}

/** As LinkedIn resolves a person's URN. */
function decoration({ firstName, lastName, id }: LinkedinPerson, form: 'localized' | 'plain'): Record<string, unknown> {
  if (form === 'plain') return { id, firstName, lastName };
  const localized = (text: string) => ({
    localized: { en_US: text },
    preferredLocale: { country: 'US', language: 'en' },
  });
  return {
    id,
    localizedFirstName: firstName,
    localizedLastName: lastName,
    firstName: localized(firstName),
    lastName: localized(lastName),
  };
}
