import type { SuggestionView } from '../../contract/schemas/contact.ts';
import type { Identity } from '../../domain/contacts/contact.ts';
import type { ContactBook } from '../../domain/contacts/contact-book.ts';
import { type LinkSuggestion, suggestions } from '../../domain/contacts/suggestions.ts';
import { MusterError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DismissalRepository, PictureRepository } from '../../ports/repositories.ts';
import { digest } from '../digest.ts';
import type { People } from './people.ts';

/** Comparing thousands takes a moment in which nothing else happens: at most this share of the time goes into it. */
const SHARE_OF_TIME = 0.05;

/** "Are these the same person?" */
export class SuggestionsService {
  readonly #people: People;
  readonly #repository: DismissalRepository;
  readonly #pictures: Pick<PictureRepository, 'references'>;
  readonly #clock: Clock;
  readonly #dismissed: Set<string>;
  #made: { readonly book: ContactBook; readonly all: readonly LinkSuggestion[] } | null = null;
  #again = Number.NEGATIVE_INFINITY;

  constructor(options: {
    people: People;
    repository: DismissalRepository;
    pictures: Pick<PictureRepository, 'references'>;
    clock: Clock;
  }) {
    this.#people = options.people;
    this.#repository = options.repository;
    this.#pictures = options.pictures;
    this.#clock = options.clock;
    this.#dismissed = new Set(options.repository.all());
  }

  list(): SuggestionView[] {
    return this.#open().map((suggestion) => ({
      id: digest(suggestion.key),
      contactIds: [...suggestion.contactIds],
      // Nobody but the user is ever sure.
      score: Math.min(0.99, Math.round(suggestion.score * 100) / 100),
      reasons: suggestion.reasons.map((reason) => ({ ...reason })),
    }));
  }

  /** Throws `not-found`. */
  dismiss(id: string): void {
    const found = this.#open().find((suggestion) => digest(suggestion.key) === id);
    if (!found) throw new MusterError('not-found', 'There is no such suggestion any more.');
    this.#repository.add(found.key);
    this.#dismissed.add(found.key);
    this.#forget();
  }

  /** Undoes a refusal. Throws `not-found`. */
  restore(id: string): void {
    const key = [...this.#dismissed].find((dismissed) => digest(dismissed) === id);
    if (key === undefined) throw new MusterError('not-found', 'There is no such refusal.');
    this.#repository.delete(key);
    this.#dismissed.delete(key);
    this.#forget();
  }

  #forget(): void {
    this.#made = null;
    this.#again = Number.NEGATIVE_INFINITY;
  }

  /** The suggestions of the present book; while a large one changes all the time, those of a moment ago that still make sense. */
  #open(): readonly LinkSuggestion[] {
    const { book } = this.#people;
    const made = this.#made;
    if (made?.book === book) return made.all;
    const began = this.#clock.monotonicMs();
    if (made && began < this.#again)
      return made.all.filter(({ contactIds }) => contactIds.every((id) => isSomebody(book, id)));
    const all = suggestions(book, this.#dismissed, this.#pictureOf());
    this.#made = { book, all };
    const took = this.#clock.monotonicMs() - began;
    this.#again = began + took / SHARE_OF_TIME;
    return all;
  }

  /** Pictures that were loaded for somebody to look at; none is loaded for this. */
  #pictureOf(): (identity: Identity) => string | null {
    const hashes = new Map<string, string>();
    for (const { accountId, kind, key, hash } of this.#pictures.references())
      if (kind === 'avatar' && hash !== null) hashes.set(`${accountId}\u0000${key}`, hash);
    return ({ accountId, avatarKey }) =>
      avatarKey === null ? null : (hashes.get(`${accountId}\u0000${avatarKey}`) ?? null);
  }
}

function isSomebody(book: ContactBook, contactId: string): boolean {
  const contact = book.contacts.get(contactId);
  return contact !== undefined && contact.mergedInto === null && contact.monitored;
}
