import { newPerson, type Person, type PersonSeed, type PresenceState } from './person.ts';

/** The Teams client's own session. */
const CLIENT = 'teams-client';

/**
 * A tenant: its people and what they do in their own Teams clients. Knows nothing of HTTP. Throws a RangeError for somebody who is
 * not there: that is a mistake of the test or the demo.
 */
export class Organisation {
  readonly tenantId: string;
  readonly domain: string;
  readonly now: () => number;
  /** Told of everybody whose presence changed by a deed (not by time passing). */
  onChange: ((person: Person) => void) | null = null;
  readonly #people = new Map<string, Person>();

  constructor(tenantId: string, domain: string, now: () => number) {
    this.tenantId = tenantId;
    this.domain = domain;
    this.now = now;
  }

  add(seed: PersonSeed): Person {
    const person = newPerson(seed, this.domain);
    this.#people.set(person.id, person);
    return person;
  }

  /** In order of joining. */
  people(): readonly Person[] {
    return [...this.#people.values()];
  }

  /** By object id or user principal name, as Graph takes either. */
  find(key: string): Person | undefined {
    const wanted = key.toLowerCase();
    return (
      this.#people.get(wanted) ?? this.people().find((person) => person.userPrincipalName.toLowerCase() === wanted)
    );
  }

  person(key: string): Person {
    const person = this.find(key);
    if (person === undefined) throw new RangeError(`There is nobody ${key}.`);
    return person;
  }

  /** The directory forgets them. */
  remove(key: string): void {
    this.#people.delete(this.person(key).id);
  }

  /** Their Teams client says this, by itself or because of a call or a meeting. */
  client(key: string, availability: string, activity = availability): void {
    this.change(key, (person) => {
      const now = this.now();
      person.sessions.set(CLIENT, {
        availability,
        activity,
        setAt: now,
        expiresAt: Number.POSITIVE_INFINITY,
        fades: false,
      });
    });
  }

  /** They close Teams. */
  quit(key: string): void {
    this.change(key, (person) => void person.sessions.delete(CLIENT));
  }

  /** They choose a status in Teams; null: “Reset status”. */
  choose(key: string, state: PresenceState | null): void {
    this.change(key, (person) => {
      person.preferred = state === null ? null : { ...state, expiresAt: this.now() + 7 * 24 * 3_600_000 };
    });
  }

  /** They set a status message in Teams; null: they clear it. */
  say(
    key: string,
    content: string | null,
    contentType: 'text' | 'html' = 'html',
    expiresAt: number | null = null,
  ): void {
    this.change(key, (person) => {
      person.statusMessage = content === null ? null : { content, contentType, publishedAt: this.now(), expiresAt };
    });
  }

  /** Changes whatever it is and tells who changed. */
  change(key: string, deed: (person: Person) => void): void {
    const person = this.person(key);
    deed(person);
    person.version += 1;
    this.onChange?.(person);
  }
}
