declare const epochMsBrand: unique symbol;

/** An instant in UTC as milliseconds since the Unix epoch. Values hold this rather than Temporal: it compares, copies and serialises structurally. */
export type EpochMs = number & { readonly [epochMsBrand]: true };

/** Marks a number of milliseconds since the Unix epoch as an instant. */
export function epochMs(milliseconds: number): EpochMs {
  return Math.trunc(milliseconds) as EpochMs;
}

/** The instant `milliseconds` later (or earlier, when negative). */
export function addMs(instant: EpochMs, milliseconds: number): EpochMs {
  return epochMs(instant + milliseconds);
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
