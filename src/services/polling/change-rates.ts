import type { Status } from '../../domain/presence/status.ts';
import { MINUTE_MS } from '../../domain/time.ts';

/** How quickly someone leaves the status that was seen, and how quickly what was seen stops telling anything; per millisecond. */
export interface ChangeRates {
  /** Rate of leaving the seen state (q). */
  readonly leave: number;
  /** Total rate of mixing between the seen state and the rest (c = q + r). */
  readonly mix: number;
}

/** Mean stays that a day at work suggests; prior knowledge until rates are learned from the looks themselves. */
const MEAN_STAY_MINUTES: Readonly<Record<Status, number>> = {
  online: 45,
  idle: 15,
  busy: 40,
  away: 50,
  offline: 240,
  unknown: 60,
};
const MEAN_RETURN_MINUTES: Readonly<Record<Status, number>> = {
  online: 50,
  idle: 40,
  busy: 60,
  away: 45,
  offline: 45,
  unknown: 60,
};

/** The prior rates for someone last seen in `status`. */
export function priorRates(status: Status): ChangeRates {
  const leave = 1 / (MEAN_STAY_MINUTES[status] * MINUTE_MS);
  return { leave, mix: leave + 1 / (MEAN_RETURN_MINUTES[status] * MINUTE_MS) };
}

/**
 * The Whittle index of looking again, `ageMs` after the last look: `w·(τ·f(τ) − ∫₀^τ f)` with `f(τ) = (q/c)(1 − e^(−cτ))`, the
 * probability that the shown status is wrong; for a two-state person that is `w·(q/c²)·[1 − (1 + cτ)·e^(−cτ)]`. Grows with age,
 * from 0 to `w·q/c²`; in milliseconds of expected wrongness that a look now saves.
 */
export function lookIndex(rates: ChangeRates, ageMs: number, weight: number): number {
  const x = rates.mix * Math.max(0, ageMs);
  // For small x the difference cancels: the series x²/2 − x³/3 + x⁴/8 keeps the order right.
  const gain = x < 1e-3 ? x * x * (0.5 - x / 3 + (x * x) / 8) : 1 - (1 + x) * Math.exp(-x);
  return ((weight * rates.leave) / (rates.mix * rates.mix)) * gain;
}
