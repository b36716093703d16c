import { SECOND_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';

/** How often the two clocks are compared: a machine that tells nothing of its sleep is found awake within this, so that it is back 10 s after it woke. */
const TICK_MS = 4 * SECOND_MS;
/** Clocks are adjusted by little all the time. */
const JUMP_MS = 20 * SECOND_MS;

/** What time did that no timer of ours saw. */
export interface TimeJump {
  /** How far the wall clock went on without the monotonic one: sleep, or somebody set it; below 0 when it was set back. */
  readonly missedMs: number;
}

/**
 * Finds out by itself that the machine slept or the clock was set: the wall clock and the monotonic one then disagree, or (where the
 * monotonic one counts sleep too, as on Windows) a short wait took long.
 */
export class ClockWatch {
  readonly #clock: Clock;
  readonly #jumped: (jump: TimeJump) => void;
  #wall = 0;
  #awake = 0;
  #timer: Dispose | null = null;

  constructor(clock: Clock, jumped: (jump: TimeJump) => void) {
    this.#clock = clock;
    this.#jumped = jumped;
  }

  start(): void {
    this.reset();
    this.#arm();
  }

  stop(): void {
    this.#timer?.();
    this.#timer = null;
  }

  /** How far the wall clock went on without the monotonic one since the last look; what was found is not found again. */
  reset(): number {
    const missed = this.#clock.now() - this.#wall - (this.#clock.monotonicMs() - this.#awake);
    this.#wall = this.#clock.now();
    this.#awake = this.#clock.monotonicMs();
    return missed;
  }

  #arm(): void {
    this.#timer = this.#clock.after(TICK_MS, () => {
      const late = this.#clock.monotonicMs() - this.#awake - TICK_MS;
      const missedMs = this.reset();
      if (Math.abs(missedMs) > JUMP_MS || late > JUMP_MS) this.#jumped({ missedMs });
      this.#arm();
    });
  }
}
