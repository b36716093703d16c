import { MINUTE_MS, SECOND_MS } from '../../src/domain/time.ts';
import type { Clock, Dispose } from '../../src/ports/clock.ts';
import type { IdleSource, PowerEvent } from '../../src/ports/idle-source.ts';

/** After so long without a key or a movement the user is idle. */
const IDLE_AFTER_MS = 5 * MINUTE_MS;
/** How often that is looked at; coming back is noticed within it. */
const LOOK_EVERY_MS = 15 * SECOND_MS;

/** The part of Electron's `powerMonitor` that is used. */
export type PowerSignals = {
  on(event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen', listener: () => void): unknown;
  off(event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen', listener: () => void): unknown;
  /** Whole seconds since the last key or movement. */
  getSystemIdleTime(): number;
};

/** What the operating system says about its user: idle, lock, sleep. */
export class PowerIdleSource implements IdleSource {
  readonly #clock: Clock;
  readonly #signals: PowerSignals;

  constructor(clock: Clock, signals: PowerSignals) {
    this.#clock = clock;
    this.#signals = signals;
  }

  subscribe(listener: (event: PowerEvent) => void): Dispose {
    const tell = (event: PowerEvent) => () => listener(event);
    const heard = [
      ['suspend', tell('suspend')],
      ['resume', tell('resume')],
      ['lock-screen', tell('locked')],
      ['unlock-screen', tell('unlocked')],
    ] as const;
    for (const [name, hear] of heard) this.#signals.on(name, hear);
    const stopLooking = this.#watchIdle(listener);
    return () => {
      stopLooking();
      for (const [name, hear] of heard) this.#signals.off(name, hear);
    };
  }

  #watchIdle(listener: (event: PowerEvent) => void): Dispose {
    let idle = false;
    let cancel: Dispose = () => undefined;
    const look = () => {
      const now = this.#signals.getSystemIdleTime() * SECOND_MS >= IDLE_AFTER_MS;
      if (now !== idle) listener(now ? 'idle' : 'active');
      idle = now;
      cancel = this.#clock.after(LOOK_EVERY_MS, look);
    };
    cancel = this.#clock.after(LOOK_EVERY_MS, look);
    return () => cancel();
  }
}
