import type { Dispose } from '../../ports/clock.ts';
import type { IdleSource } from '../../ports/idle-source.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Schedules } from '../automation/schedules.ts';

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
}): PowerState {
  const { source, accounts, schedules } = options;
  let suspended = false;
  const stop =
    source?.subscribe((event) => {
      if (event === 'suspend') {
        suspended = true;
        for (const session of accounts.sessions()) session.suspend();
      }
      if (event === 'resume') {
        suspended = false;
        schedules.recompute();
        for (const session of accounts.sessions()) session.resume();
      }
    }) ?? (() => undefined);
  return { asleep: () => suspended, stop };
}
