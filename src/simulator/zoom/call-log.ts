import type { ZoomMethod } from './api.ts';
import { ZOOM_LIMITS, type ZoomLabel, type ZoomPlan } from './rate-limits.ts';

/** One call as the simulator saw it; never with its token. */
export interface RecordedCall {
  readonly method: ZoomMethod | 'unknown';
  readonly label: ZoomLabel | null;
  /** When it arrived, in ms since the epoch. */
  readonly at: number;
  /** The HTTP status of the true answer, or of the fault's. */
  readonly status: number;
  /** Whom it was about: `me`, an id, an address. */
  readonly target: string;
  /** The kind of the fault that was shown. */
  readonly fault: string | null;
}

/** The most of these calls within any `windowMs`. */
function mostWithin(calls: readonly RecordedCall[], windowMs: number): number {
  const times = calls.map(({ at }) => at).sort((first, second) => first - second);
  let most = 0;
  let start = 0;
  for (const [end, at] of times.entries()) {
    while (start < end && (times[start] ?? at) <= at - windowMs) start += 1;
    most = Math.max(most, end - start + 1);
  }
  return most;
}

/** The limits of the plan that the calls went beyond, in words; refused calls count too. */
export function limitsPassed(calls: readonly RecordedCall[], plan: ZoomPlan): string[] {
  const passed: string[] = [];
  for (const label of ['Light', 'Medium'] as const) {
    const { perSecond, perDay } = ZOOM_LIMITS[plan][label];
    const mine = calls.filter((call) => call.label === label);
    if (mostWithin(mine, 1_000) > perSecond) passed.push(`${label} a second`);
    if (perDay !== null && mostWithin(mine, 86_400_000) > perDay) passed.push(`${label} a day`);
  }
  const updates = calls.filter(({ method, status }) => method === 'update' && status !== 400);
  if (mostWithin(updates, 60_000) > 1) passed.push('updates a minute');
  return passed;
}
