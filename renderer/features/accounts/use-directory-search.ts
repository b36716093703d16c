import { useEffect, useState } from 'react';
import type { DirectoryPersonView } from '../../../src/contract/index.ts';
import { searchDirectory } from '../../stores/account-commands.ts';
import { errorWords } from '../../strings/error-words.ts';

/** A search begins once nothing was typed for this long. */
const typingMs = 300;
/** Fewer letters would find half of the directory, and the core refuses them. */
const shortest = 2;

/** How a search is: not begun (too little was typed), under way, failed in words, or what it found. */
export type DirectorySearch =
  | { readonly phase: 'idle' | 'searching' }
  | { readonly phase: 'failed'; readonly error: string }
  | { readonly phase: 'found'; readonly people: readonly DirectoryPersonView[] };

/**
 * Searches an account's directory while somebody types. One search at a time: what is typed meanwhile ends it. Waits while the
 * account is not `ready`; what was found before stays.
 */
export const useDirectorySearch = (
  accountId: string,
  text: string,
  ready: boolean,
): { readonly search: DirectorySearch; readonly again: () => void } => {
  const query = text.trim();
  const [round, setRound] = useState(0);
  const [done, setDone] = useState<{ readonly key: string; readonly search: DirectorySearch } | null>(null);
  const enough = query.length >= shortest;
  const key = `${accountId} ${round} ${query}`;
  const known = done?.key === key;
  useEffect(() => {
    if (!enough || !ready || known) return;
    const abort = new AbortController();
    const end = (search: DirectorySearch): void => {
      if (!abort.signal.aborted) setDone({ key, search });
    };
    const timer = setTimeout(() => {
      searchDirectory(accountId, query, abort.signal).then(
        (people) => end({ phase: 'found', people }),
        (failure: unknown) => end({ phase: 'failed', error: errorWords(failure) }),
      );
    }, typingMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [accountId, query, key, enough, ready, known]);
  const again = (): void => setRound((before) => before + 1);
  if (!enough) return { search: { phase: 'idle' }, again };
  return { search: known ? done.search : { phase: 'searching' }, again };
};
