import { addMs, type EpochMs, MINUTE_MS } from '../time.ts';
import type { Observation } from './observation.ts';

/** How long an observation counts without a live stream: api.md, Aggregation. */
export const FRESH_MS = 5 * MINUTE_MS;

/** Until when an observation counts (exclusive), or for as long as its push stream is up. */
export type FreshUntil = EpochMs | 'while-up';

/** The push stream of an account. A value: `streamBroke` and `streamOpened` give the next one. */
export interface StreamState {
  readonly up: boolean;
  /** When it last broke; kept after it came back, since what was pushed before then was not seen again. Null = never broke. */
  readonly brokeAt: EpochMs | null;
  /** Breaks before that one, oldest first, so that a stream that breaks again and again cannot keep an old observation alive. */
  readonly earlierBreaks?: readonly EpochMs[];
}

/** The stream of an account that has not connected yet. */
export const NEVER_CONNECTED: StreamState = { up: false, brokeAt: null };

/** The stream after it came up. `resumed` (XEP-0198): nothing was missed, so the last break did not happen. */
export function streamOpened(stream: StreamState, resumed = false): StreamState {
  if (!resumed || stream.up || stream.brokeAt === null) return { ...stream, up: true };
  const earlier = stream.earlierBreaks ?? [];
  return { up: true, brokeAt: earlier.at(-1) ?? null, earlierBreaks: earlier.slice(0, -1) };
}

/** The stream after it broke at `at`. Keeps the breaks that can still matter: those of the last five minutes and the one before. */
export function streamBroke(stream: StreamState, at: EpochMs): StreamState {
  if (!stream.up) return stream;
  const breaks = [...(stream.earlierBreaks ?? []), ...(stream.brokeAt === null ? [] : [stream.brokeAt])];
  const recent = breaks.findIndex((moment) => moment > at - FRESH_MS);
  const kept = recent === -1 ? breaks.slice(-1) : breaks.slice(Math.max(0, recent - 1));
  return { up: false, brokeAt: at, earlierBreaks: kept };
}

/**
 * Until when an observation counts.
 *
 * - `push`, `webhook`: while its stream is up, and 5 min after the first break that followed it. A reconnect does not make it count
 *   again: the platform's new snapshot does, by an observation of its own. An account without a stream: 5 min.
 * - `poll`: the larger of 5 min and twice the planned polling interval.
 * - `cache`: 5 min.
 */
export function freshUntil(
  observation: Pick<Observation, 'observedAt' | 'source'>,
  stream: StreamState | null,
  pollIntervalMs = 0,
): FreshUntil {
  const { observedAt, source } = observation;
  if (source === 'poll') return addMs(observedAt, Math.max(FRESH_MS, 2 * pollIntervalMs));
  if (source === 'cache' || stream === null) return addMs(observedAt, FRESH_MS);
  const breaks = [...(stream.earlierBreaks ?? []), ...(stream.brokeAt === null ? [] : [stream.brokeAt])];
  const broke = breaks.find((moment) => moment >= observedAt && !(stream.up && moment === observedAt));
  if (broke !== undefined) return addMs(broke, FRESH_MS);
  return stream.up ? 'while-up' : addMs(observedAt, FRESH_MS);
}

/** Whether something that counts until `until` counts at `now`. The end is exclusive. */
export function isFresh(until: FreshUntil, now: EpochMs): boolean {
  return until === 'while-up' || now < until;
}
