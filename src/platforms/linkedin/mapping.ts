/** From an event of the change log to what it tells about somebody. Pure. */
import { type ChangeLogEvent, decoratedPersonSchema } from './schema.ts';

const PERSON = 'urn:li:person:';

/** Somebody did something that reached the member. */
export interface Sign {
  readonly userId: string;
  /** Ms since the epoch, by LinkedIn's clock. */
  readonly at: number;
  /** LinkedIn's own words: `messages CREATE`. */
  readonly what: string;
  readonly name: string | null;
}

/** The id in a person's URN; null for companies and whatever else acts. */
export function personOf(urn: string | undefined): string | null {
  return urn?.startsWith(PERSON) && urn.length > PERSON.length ? urn.slice(PERSON.length) : null;
}

/** What the event tells; null when it is the member's own doing, nobody's, or did not happen. */
export function signOf(event: ChangeLogEvent): Sign | null {
  const userId = personOf(event.actor);
  if (userId === null || event.actor === event.owner || event.activityStatus === 'FAILURE') return null;
  return {
    userId,
    at: event.capturedAt,
    what: `${event.resourceName} ${event.method}`,
    name: nameIn(event.processedActivity ?? {}, event.actor ?? ''),
  };
}

/** LinkedIn resolves URNs of an activity beside them: `author` and `author~`. */
function nameIn(activity: Readonly<Record<string, unknown>>, urn: string): string | null {
  for (const [key, value] of Object.entries(activity)) {
    if (value !== urn) continue;
    const person = decoratedPersonSchema.safeParse(activity[`${key}~`]).data;
    const first = person?.localizedFirstName ?? person?.firstName;
    const last = person?.localizedLastName ?? person?.lastName;
    const name = [first, last].filter((part) => part !== undefined && part !== '').join(' ');
    if (name !== '') return name;
  }
  return null;
}
