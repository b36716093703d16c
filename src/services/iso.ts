import { type EpochMs, epochMs } from '../domain/time.ts';

/** RFC 3339 in UTC with `Z`, for the contract. */
export function iso(instant: EpochMs): string {
  // biome-ignore lint/style/noRestrictedGlobals: formatting a given instant reads no clock
  return new Date(instant).toISOString();
}

/** The same for what may be missing. */
export function isoOrNull(instant: EpochMs | null): string | null {
  return instant === null ? null : iso(instant);
}

/** An instant of the contract (validated RFC 3339 with `Z`) as a value. */
export function fromIso(text: string): EpochMs {
  // biome-ignore lint/style/noRestrictedGlobals: parsing a given instant reads no clock
  return epochMs(Date.parse(text));
}
