import type { ContactView, SuggestionView } from '../../../src/contract/index.ts';
import {
  dismissSuggestion,
  linkContacts,
  loadSuggestions,
  restoreSuggestion,
  unlinkIdentities,
} from '../../stores/contact-commands.ts';

/** What the user said about a pair, and how that is taken back. */
export type Decision = {
  readonly id: string;
  readonly kind: 'linked' | 'refused';
  readonly names: readonly [string, string];
  readonly undo: () => Promise<void>;
};

/** Two people and the suggestion that they are one. */
export type Pair = { readonly suggestion: SuggestionView; readonly first: ContactView; readonly second: ContactView };

/** Makes one person of both; undone, the second has their own identities again. Fails with an ApiError. */
export const acceptPair = async ({ suggestion, first, second }: Pair): Promise<Decision> => {
  await linkContacts([first.id, second.id]);
  return {
    id: suggestion.id,
    kind: 'linked',
    names: [first.name, second.name],
    undo: async () => {
      await unlinkIdentities(first.id, second.identities);
      await loadSuggestions();
    },
  };
};

/** Says that they are two; the pair is not suggested again until that is undone. Fails with an ApiError. */
export const refusePair = async ({ suggestion, first, second }: Pair): Promise<Decision> => {
  await dismissSuggestion(suggestion.id);
  return {
    id: suggestion.id,
    kind: 'refused',
    names: [first.name, second.name],
    undo: () => restoreSuggestion(suggestion.id),
  };
};
