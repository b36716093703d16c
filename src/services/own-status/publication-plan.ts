/**
 * What to do with one part (status or do-not-disturb) of one account: pure, from what is wished, what the journal says we did and
 * what was read just now. A change that the user made in the platform's own app is never fought.
 */
import type { OwnStatus } from '../../domain/own-status/intent.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { StoredJournalEntry } from '../../ports/repositories.ts';

/** The two things that are published, resolved and restored separately. */
export type PublicationPart = 'status' | 'doNotDisturb';

/** A status wished for an account. */
export interface StatusWish {
  readonly intentId: string;
  readonly status: OwnStatus;
  readonly message: string | null;
  readonly emoji: string | null;
  readonly until: EpochMs | null;
}

/** Do-not-disturb wished for an account. */
export interface DoNotDisturbWish {
  readonly intentId: string;
  readonly active: boolean;
  readonly until: EpochMs | null;
}

/** What one account should show; null parts are the user's own affair. */
export interface AccountWish {
  readonly status: StatusWish | null;
  readonly doNotDisturb: DoNotDisturbWish | null;
  /** Do-not-disturb was ended by hand: no status brings it along either. */
  readonly undisturbed: boolean;
}

/** How what was read compares with what we wrote; `unwritten`: nothing of ours is known to be there. */
export type Drift = 'same' | 'expired' | 'changed' | 'unwritten';

/** What to do now. */
export type PartPlan =
  /** Not ours: leave it. */
  | { readonly kind: 'leave' }
  /** Ours, and it stands. */
  | { readonly kind: 'stands' }
  /** Write the wish; `previous` is what to come back to: kept from before, or the present reading. */
  | { readonly kind: 'set'; readonly previous: 'kept' | 'reading' }
  /** Give back what was there before us. */
  | { readonly kind: 'restore' }
  /** The user took over: forget ours without touching theirs. */
  | { readonly kind: 'yield' }
  /** Nothing is wished and nothing of ours is there: forget the entry. */
  | { readonly kind: 'forget' };

/** Decides for one part. `sameWish`: the journal's entry is about this very wish. */
export function planPart(
  wished: boolean,
  entry: Pick<StoredJournalEntry, 'state'> | null,
  sameWish: boolean,
  drift: Drift,
): PartPlan {
  if (!wished) {
    if (!entry) return { kind: 'leave' };
    if (entry.state === 'overridden' || drift === 'changed' || drift === 'unwritten') return { kind: 'forget' };
    return { kind: 'restore' };
  }
  if (!entry) return { kind: 'set', previous: 'reading' };
  if (entry.state === 'overridden') return sameWish ? { kind: 'leave' } : { kind: 'set', previous: 'reading' };
  if (entry.state === 'writing') return { kind: 'set', previous: 'kept' };
  if (sameWish) {
    if (drift === 'changed') return { kind: 'yield' };
    return drift === 'same' ? { kind: 'stands' } : { kind: 'set', previous: 'kept' };
  }
  return { kind: 'set', previous: drift === 'changed' ? 'reading' : 'kept' };
}
