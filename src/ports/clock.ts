import type { EpochMs } from '../domain/time.ts';

/** Undoes what returned it; safe to call twice. */
export type Dispose = () => void;

/** Time. Everything that waits or reads the time does so through this, so that tests can drive it. */
export interface Clock {
  now(): EpochMs;
  /** Milliseconds that never jump back, for measuring durations; its zero has no meaning. */
  monotonicMs(): number;
  /** The device's IANA zone now; it can change while we run. */
  timeZone(): string;
  /** Runs `fn` once at or soon after `instant` (also when it passed during sleep). Copes with delays beyond 2^31 ms. */
  at(instant: EpochMs, fn: () => void): Dispose;
  /** Runs `fn` once after `delayMs`. */
  after(delayMs: number, fn: () => void): Dispose;
}
