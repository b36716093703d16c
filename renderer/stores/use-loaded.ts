import { useCallback, useEffect, useState } from 'react';
import { errorWords } from '../strings/error-words.ts';
import { useConnectionStore } from './connection-store.ts';

/** Something that is asked for when it is shown. `error` in words; what was loaded before stays shown beside it. */
export type Loaded<Value> = {
  readonly value: Value | null;
  readonly error: string | null;
  readonly reload: () => void;
  readonly set: (value: Value) => void;
};

/** Loads when shown, and again once Muster answers again. `load` must be the same function with every render. */
export const useLoaded = <Value>(load: () => Promise<Value>): Loaded<Value> => {
  const [value, setValue] = useState<Value | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const live = useConnectionStore(({ state }) => state === 'live');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round or a connection that is back asks again.
  useEffect(() => {
    let stopped = false;
    load().then(
      (next) => {
        if (stopped) return;
        setValue(next);
        setError(null);
      },
      (failure: unknown) => {
        if (!stopped) setError(errorWords(failure));
      },
    );
    return () => {
      stopped = true;
    };
  }, [load, round, live]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { value, error, reload, set: setValue };
};
