import type { Clock } from '../../ports/clock.ts';

/** How far a clock is ahead of the system's, in whole seconds: for libraries that read the system's by themselves. */
export function secondsAheadOfSystem(clock: Clock): number {
  return Math.round((clock.now() - Date.now()) / 1_000);
}
