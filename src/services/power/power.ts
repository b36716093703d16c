import { SECOND_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { IdleSource } from '../../ports/idle-source.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Schedules } from '../automation/schedules.ts';

/** For how long after waking news still counts as what happened during the sleep. */
const CATCHING_UP_MS = 5 * SECOND_MS;

/** Whether anybody could see an alert now. */
export interface PowerState {
  /** The machine sleeps. (Behind a lock, notifications wait for the user to come back.) */
  asleep(): boolean;
  stop: Dispose;
}

/** Lets accounts pause while the machine sleeps, and checks everything when it wakes. */
export function followPower(options: {
  source: IdleSource | null;
  accounts: Accounts;
  schedules: Schedules;
  clock: Clock;
}): PowerState {
  const { source, accounts, schedules, clock } = options;
  let suspended = false;
  /** On the monotonic clock; what the network kept for us while the machine slept arrives in the first moments. */
  let wokeAt = Number.NEGATIVE_INFINITY;
  const stop =
    source?.subscribe((event) => {
      if (event === 'suspend') {
        suspended = true;
        for (const session of accounts.sessions()) session.suspend();
      }
      if (event === 'resume') {
        suspended = false;
        wokeAt = clock.monotonicMs();
        schedules.recompute();
        for (const session of accounts.sessions()) session.resume();
      }
    }) ?? (() => undefined);
  return { asleep: () => suspended || clock.monotonicMs() - wokeAt < CATCHING_UP_MS, stop };
}
