import type { Status } from '../../domain/presence/status.ts';
import type { EpochMs } from '../../domain/time.ts';
import { MINUTE_MS } from '../../domain/time.ts';
import type { BudgetLimits } from '../../ports/call-budget.ts';
import { lookIndex, priorRates } from './change-rates.ts';
import { plannedPerMinute } from './planned-share.ts';

/** Why someone is looked at more often than others. */
export type Priority = 'on-screen' | 'favourite' | 'watched' | 'rest';

/** Cost of a wrong status, relative to anybody's. */
export const PRIORITY_WEIGHT: Readonly<Record<Priority, number>> = {
  'on-screen': 10,
  watched: 8,
  favourite: 5,
  rest: 1,
};

/** What the planner knows about one person on one account. */
export interface PollCandidate {
  readonly userId: string;
  readonly priority: Priority;
  /** What was seen last; `unknown` when never looked at. */
  readonly status: Status;
  /** Null = never looked at. */
  readonly lookedAt: EpochMs | null;
  /** Failed looks in a row at this very person; they come later each time. */
  readonly failures: number;
  /** A push channel that is up has told about this person: looks only reconcile, and come later. */
  readonly told?: boolean;
}

/** How much later than others somebody is looked at whose changes are pushed; never not at all, since channels fall silent. */
export const RECONCILE_FACTOR = 3;

/** Who matters most and was not looked at for so long is worth a part of a day's burst. */
const PRESSING_MS = 2 * MINUTE_MS;

/** How often at most anybody is looked at. */
export interface PollPace {
  /** Least time between two looks at the same person, by priority; null = not at all now. */
  readonly minIntervalMs: Readonly<Record<Priority, number | null>>;
}

/** Somebody looks at the interface, or something that counts as looking is active. */
export const ATTENDED_PACE: PollPace = {
  minIntervalMs: { 'on-screen': 15_000, watched: 20_000, favourite: 30_000, rest: MINUTE_MS },
};

/** Nobody looks: watched people keep their pace, the rest is kept roughly true. */
export const UNATTENDED_PACE: PollPace = {
  minIntervalMs: { 'on-screen': MINUTE_MS, watched: 20_000, favourite: 5 * MINUTE_MS, rest: 10 * MINUTE_MS },
};

/** Whom to look at next, best first, and when somebody becomes due if fewer than `batchSize` are. */
export interface PollPlan {
  readonly userIds: readonly string[];
  /** Somebody of them was never looked at, or matters now and was not looked at for long: worth hurrying. */
  readonly pressing: boolean;
  /** Null when nobody will ever be due at this pace. */
  readonly nextDueAt: EpochMs | null;
}

/** When this person may be looked at again. */
function dueAt(candidate: PollCandidate, pace: PollPace): number | null {
  const interval = pace.minIntervalMs[candidate.priority];
  if (interval === null) return null;
  if (candidate.lookedAt === null) return Number.NEGATIVE_INFINITY;
  const slower = candidate.told ? RECONCILE_FACTOR : 1;
  return candidate.lookedAt + interval * slower * 2 ** Math.min(candidate.failures, 5);
}

/** Never looked at comes before every index, heavier first; else the Whittle index. */
function urgency(candidate: PollCandidate, now: EpochMs): number {
  const weight = PRIORITY_WEIGHT[candidate.priority];
  if (candidate.lookedAt === null) return 1e15 * weight;
  return lookIndex(priorRates(candidate.status), now - candidate.lookedAt, weight);
}

/** Spends one call where it buys most expected correctness. Pure. */
export function planPoll(
  candidates: Iterable<PollCandidate>,
  now: EpochMs,
  batchSize: number,
  pace: PollPace,
): PollPlan {
  const due: { userId: string; urgency: number; pressing: boolean }[] = [];
  let next: number | null = null;
  for (const candidate of candidates) {
    const at = dueAt(candidate, pace);
    if (at === null) continue;
    if (at <= now)
      due.push({
        userId: candidate.userId,
        urgency: urgency(candidate, now),
        pressing: isPressing(candidate, now),
      });
    else next = next === null ? at : Math.min(next, at);
  }
  due.sort((a, b) => b.urgency - a.urgency || (a.userId < b.userId ? -1 : 1));
  const first = due.slice(0, batchSize);
  const userIds = first.map((entry) => entry.userId);
  return {
    userIds,
    pressing: first.some((entry) => entry.pressing),
    nextDueAt: due.length > userIds.length ? now : (next as EpochMs | null),
  };
}

function isPressing(candidate: PollCandidate, now: EpochMs): boolean {
  if (candidate.lookedAt === null) return true;
  const matters = candidate.priority === 'on-screen' || candidate.priority === 'watched';
  return matters && now - candidate.lookedAt > PRESSING_MS;
}

/**
 * The interval at which a person of this account is looked at in the long run, for the freshness rule of `api.md`: as the slowest
 * window of the limits allows, without the places that are left to other calls.
 */
export function plannedIntervalMs(people: number, limits: BudgetLimits, batchSize: number, pace: PollPace): number {
  const sweep = (Math.ceil(people / batchSize) * MINUTE_MS) / plannedPerMinute(limits);
  return Math.max(sweep, pace.minIntervalMs.rest ?? 10 * MINUTE_MS);
}
