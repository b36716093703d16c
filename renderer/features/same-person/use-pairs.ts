import { useMemo } from 'react';
import type { Phase } from '../../stores/collection.ts';
import { useContactsStore, useSuggestionsStore } from '../../stores/mirrors.ts';
import type { Pair } from './decide.ts';

/** The pairs that can be shown, the surest first. */
export const usePairs = (): { readonly pairs: readonly Pair[]; readonly phase: Phase } => {
  const { items, phase } = useSuggestionsStore();
  const people = useContactsStore((state) => state.items);
  const pairs = useMemo(
    () =>
      [...items.values()]
        .flatMap((suggestion): Pair[] => {
          const [first, second] = suggestion.contactIds.map((id) => people.get(id));
          return first === undefined || second === undefined ? [] : [{ suggestion, first, second }];
        })
        .sort((a, b) => b.suggestion.score - a.suggestion.score),
    [items, people],
  );
  return { pairs, phase };
};
