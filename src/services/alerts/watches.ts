import type { WatchFields, WatchView } from '../../contract/schemas/alert.ts';
import type { Watch } from '../../domain/alerts/watch.ts';
import { present, survivorOf } from '../../domain/contacts/contact-book.ts';
import { MusterError } from '../../domain/errors.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { WatchRepository } from '../../ports/repositories.ts';
import type { People } from '../contacts/people.ts';
import type { EventLog } from '../events/event-log.ts';
import { iso } from '../iso.ts';

/** What the user wants to be told. */
export class Watches {
  readonly #repository: WatchRepository;
  readonly #people: People;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #events: EventLog;
  readonly #watches = new Map<string, Watch>();
  readonly #listeners = new Set<() => void>();

  constructor(options: {
    repository: WatchRepository;
    people: People;
    clock: Clock;
    random: Random;
    events: EventLog;
  }) {
    this.#repository = options.repository;
    this.#people = options.people;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#events = options.events;
    for (const watch of options.repository.all()) this.#watches.set(watch.id, watch);
    options.people.onChange((ids) => this.#followPeople(ids));
  }

  onChange(listener: () => void): Dispose {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  list(): WatchView[] {
    return [...this.#watches.values()].map(view);
  }

  /** Throws `not-found`. */
  get(id: string): WatchView {
    return view(this.#find(id));
  }

  /** The watches about a person. */
  about(contactId: string): Watch[] {
    return [...this.#watches.values()].filter((watch) => watch.contactId === contactId);
  }

  /** Whom an enabled watch is about: looked at more often. */
  watched(): Set<string> {
    return new Set([...this.#watches.values()].filter((watch) => watch.enabled).map((watch) => watch.contactId));
  }

  /** Throws `invalid-request` when the person is unknown or opted out. */
  create(fields: WatchFields): WatchView {
    return this.#keep(this.#random.id('w'), this.#clock.now(), fields);
  }

  /** Throws `not-found`, `invalid-request`. */
  replace(id: string, fields: WatchFields): WatchView {
    return this.#keep(id, this.#find(id).createdAt, fields);
  }

  /** Throws `not-found`. */
  delete(id: string): void {
    this.#find(id);
    this.#drop(id);
    this.#changed();
  }

  /** A `once` watch has done its work. */
  disable(id: string): void {
    const watch = this.#watches.get(id);
    if (watch) this.#save({ ...watch, enabled: false });
  }

  #find(id: string): Watch {
    const watch = this.#watches.get(id);
    if (!watch) throw new MusterError('not-found', 'There is no such watch.');
    return watch;
  }

  #keep(id: string, createdAt: Watch['createdAt'], fields: WatchFields): WatchView {
    let contact: ReturnType<typeof present>;
    try {
      contact = present(this.#people.book, fields.contactId);
    } catch (cause) {
      throw new MusterError('invalid-request', 'There is no such person to watch.', {
        issues: [{ path: 'contactId', message: 'There is no such person.' }],
        cause,
      });
    }
    if (!contact.monitored) {
      throw new MusterError('invalid-request', 'This person is opted out, so nothing is read about them.', {
        issues: [{ path: 'contactId', message: 'This person is opted out.' }],
      });
    }
    const { from, to, repeat, note, enabled } = fields;
    const watch = {
      id,
      contactId: contact.id,
      from: from ?? null,
      to,
      repeat,
      note: note ?? null,
      enabled: enabled ?? true,
      createdAt,
    };
    return this.#save(watch);
  }

  #save(watch: Watch): WatchView {
    this.#repository.save(watch);
    this.#watches.set(watch.id, watch);
    this.#events.publish('settings', { kind: 'watch', ...view(watch) });
    this.#changed();
    return view(watch);
  }

  #drop(id: string): void {
    this.#repository.delete(id);
    this.#watches.delete(id);
    this.#events.publish('settings', { kind: 'watch', id, removed: true });
  }

  /** A linked person's watches follow the survivor; those of somebody who is gone go too. */
  #followPeople(ids: ReadonlySet<string>): void {
    const { book } = this.#people;
    for (const watch of [...this.#watches.values()]) {
      if (!ids.has(watch.contactId)) continue;
      const contact = book.contacts.get(watch.contactId);
      if (!contact) this.#drop(watch.id);
      else if (contact.mergedInto !== null) {
        const survivor = survivorOf(book, contact.id);
        if (survivor) this.#save({ ...watch, contactId: survivor.id });
      }
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function view(watch: Watch): WatchView {
  return {
    ...watch,
    from: watch.from === null ? null : [...watch.from],
    to: [...watch.to],
    createdAt: iso(watch.createdAt),
  };
}
