import { SECOND_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { IdleSource } from '../../ports/idle-source.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Schedules } from '../automation/schedules.ts';
import type { CallBudgets } from '../polling/call-budgets.ts';
import { ClockWatch } from './clock-watch.ts';

/** For how long after waking news still counts as what happened during the sleep. */
const CATCHING_UP_MS = 5 * SECOND_MS;

/** Whether anybody could see an alert now. */
export interface PowerState {
  /** The machine sleeps. (Behind a lock, notifications wait for the user to come back.) */
  asleep(): boolean;
  /** Begins to notice sleep and clock jumps also where the machine says nothing. */
  start(): void;
  stop: Dispose;
}

/** Lets accounts pause while the machine sleeps, and checks everything when it wakes or its clock was set. */
export function followPower(options: {
  source: IdleSource | null;
  accounts: Accounts;
  budgets: CallBudgets;
  schedules: Schedules;
  clock: Clock;
  /** Told first, before accounts are checked: tokens may have run out meanwhile. Below 0: the clock was set back by so much. */
  woke: (missedMs: number) => void;
  /** Told last: whatever waited can be tried. */
  resumed: () => void;
}): PowerState {
  const { source, accounts, budgets, schedules, clock, woke, resumed } = options;
  let suspended = false;
  /** On the monotonic clock; what the network kept for us while the machine slept arrives in the first moments. */
  let wokeAt = Number.NEGATIVE_INFINITY;
  const watch = new ClockWatch(clock, ({ missedMs }) => {
    // Half asleep: the machine says when it is awake.
    if (!suspended) wake(missedMs);
  });
  function wake(missedMs: number): void {
    wokeAt = clock.monotonicMs();
    woke(missedMs);
    schedules.recompute();
    for (const session of accounts.sessions()) session.resume(missedMs);
    resumed();
  }
  const unsubscribe =
    source?.subscribe((event) => {
      if (event === 'suspend') {
        suspended = true;
        watch.reset();
        for (const session of accounts.sessions()) session.suspend();
      }
      if (event === 'resume') {
        suspended = false;
        const missedMs = watch.reset();
        // Only of a sleep that was announced is it known that time really passed for the platforms too.
        budgets.slept(missedMs);
        wake(missedMs);
      }
    }) ?? (() => undefined);
  return {
    asleep: () => suspended || clock.monotonicMs() - wokeAt < CATCHING_UP_MS,
    start: () => watch.start(),
    stop: () => {
      watch.stop();
      unsubscribe();
    },
  };
}
