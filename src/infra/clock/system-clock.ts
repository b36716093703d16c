import { type EpochMs, epochMs, MINUTE_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';

/** The longest delay that Node's timers keep; a longer one fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Timers stand still while the machine sleeps, so a wait for an instant looks at the wall clock at least this often. */
const RECHECK_MS = MINUTE_MS;

/**
 * The machine's own time. Its timers keep the process alive: whoever starts a wait also ends it, and a host that is stopped
 * disposes of everything, so a process that hangs at its end has a leak that should show.
 */
export class SystemClock implements Clock {
  now(): EpochMs {
    return epochMs(Date.now());
  }

  monotonicMs(): number {
    return performance.now();
  }

  timeZone(): string {
    return new Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  at(instant: EpochMs, fn: () => void): Dispose {
    return chain(() => instant - Date.now(), RECHECK_MS, fn);
  }

  after(delayMs: number, fn: () => void): Dispose {
    const due = performance.now() + delayMs;
    return chain(() => due - performance.now(), LONGEST_TIMER_MS, fn);
  }
}

/** One timer after another, none longer than `longestMs`, until nothing is left. */
function chain(leftMs: () => number, longestMs: number, fn: () => void): Dispose {
  let timer: NodeJS.Timeout | null = null;
  const arm = () => {
    timer = setTimeout(
      () => {
        // A millisecond early is on time: Node rounds.
        if (leftMs() >= 1) arm();
        else {
          timer = null;
          fn();
        }
      },
      Math.min(longestMs, Math.max(0, leftMs())),
    );
  };
  arm();
  return () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
}

/** The clock that both hosts use. */
export const systemClock: Clock = new SystemClock();
