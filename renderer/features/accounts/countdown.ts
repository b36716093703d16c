import { useEffect, useState } from 'react';
import { instantOf } from '../../selectors/person-line.ts';

/** Whole seconds until an instant of the contract, none once it has passed; null without an instant. `now` in epoch ms. */
export const secondsUntil = (instant: string | null, now: number): number | null =>
  instant === null ? null : Math.max(0, Math.ceil((instantOf(instant) - now) / 1_000));

/** `secondsUntil`, which counts while it is shown. */
export const useCountdown = (instant: string | null): number | null => {
  const [now, setNow] = useState(() => Date.now());
  const left = secondsUntil(instant, now);
  const counting = left !== null && left > 0;
  useEffect(() => {
    setNow(Date.now());
    if (!counting) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [counting]);
  return left;
};
