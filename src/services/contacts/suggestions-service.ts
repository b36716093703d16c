import type { SuggestionView } from '../../contract/schemas/contact.ts';
import { type LinkSuggestion, suggestions } from '../../domain/contacts/suggestions.ts';
import { MusterError } from '../../domain/errors.ts';
import type { DismissalRepository } from '../../ports/repositories.ts';
import { digest } from '../digest.ts';
import type { People } from './people.ts';

/** "Are these the same person?" */
export class SuggestionsService {
  readonly #people: People;
  readonly #repository: DismissalRepository;
  readonly #dismissed: Set<string>;

  constructor(options: { people: People; repository: DismissalRepository }) {
    this.#people = options.people;
    this.#repository = options.repository;
    this.#dismissed = new Set(options.repository.all());
  }

  list(): SuggestionView[] {
    return this.#open().map((suggestion) => ({
      id: digest(suggestion.key),
      contactIds: [...suggestion.contactIds],
      score: suggestion.score,
      reasons: suggestion.reasons.map((reason) => ({ ...reason })),
    }));
  }

  /** Throws `not-found`. */
  dismiss(id: string): void {
    const found = this.#open().find((suggestion) => digest(suggestion.key) === id);
    if (!found) throw new MusterError('not-found', 'There is no such suggestion any more.');
    this.#repository.add(found.key);
    this.#dismissed.add(found.key);
  }

  /** Undoes a refusal. Throws `not-found`. */
  restore(id: string): void {
    const key = [...this.#dismissed].find((dismissed) => digest(dismissed) === id);
    if (key === undefined) throw new MusterError('not-found', 'There is no such refusal.');
    this.#repository.delete(key);
    this.#dismissed.delete(key);
  }

  #open(): readonly LinkSuggestion[] {
    return suggestions(this.#people.book, this.#dismissed);
  }
}
