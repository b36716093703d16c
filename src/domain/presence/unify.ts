import { addMs, type EpochMs } from '../time.ts';
import { type FreshUntil, isFresh } from './freshness.ts';
import { identityKeyOf, type Observation } from './observation.ts';
import type { Presence, PresenceReason } from './presence.ts';
import { ACTIVITY_KINDS, type Activity, STATUS_RANK, type Status } from './status.ts';

/** One identity's newest observation and until when it counts. */
export interface UnifyInput {
  readonly observation: Observation;
  readonly freshUntil: FreshUntil;
}

/** What else the answer depends on. */
export interface UnifyContext {
  readonly now: EpochMs;
  /** The answer before this one: only `since` is taken from it, while the status stays the same. */
  readonly previous: Presence | null;
  /** False: opted out; nothing about them is said. */
  readonly monitored: boolean;
}

/** What is said about someone of whom nothing was observed (or nothing may be said). */
function nothing(rule: 'nothing-observed' | 'not-monitored', lastSeen: EpochMs | null): Presence {
  return {
    status: 'unknown',
    why: { rule, winner: null, observedAt: null },
    doNotDisturb: false,
    available: false,
    since: null,
    lastSeen,
    message: null,
    emoji: null,
    activities: [],
    stale: false,
  };
}

/**
 * What the accounts say about one person, as one answer: the highest status among the fresh observations (`STATUS_RANK`),
 * equal ones by the newest, then by identity, so that the order in which they came does not matter.
 *
 * When nothing is fresh any more, the whole answer is the one of the last moment at which something was, marked `stale`:
 * a stale observation never raises a status, and "do not disturb" does not end by not looking.
 * Takes one observation per identity.
 */
export function unify(inputs: readonly UnifyInput[], context: UnifyContext): Presence {
  if (!context.monitored) return nothing('not-monitored', null);
  if (inputs.length === 0) return nothing('nothing-observed', null);
  const { now, previous } = context;
  let moment = now;
  let fresh = freshAt(inputs, now);
  const stale = fresh.length === 0;
  if (stale) {
    moment = lastFreshMoment(inputs);
    fresh = freshAt(inputs, moment);
  }
  const ranked = fresh.map((input) => input.observation).sort(byRank);
  const winner = ranked[0];
  if (winner === undefined) return nothing('nothing-observed', null);
  const { status } = winner;
  const doNotDisturb = ranked.some((observation) => observation.doNotDisturb);
  const said = hasWords(winner) ? winner : ranked.filter(hasWords).sort(byNewest)[0];
  return {
    status,
    why: {
      rule: ruleFor(stale, fresh.length, inputs.length),
      winner: { accountId: winner.accountId, userId: winner.userId },
      observedAt: winner.observedAt,
    },
    doNotDisturb,
    available: (status === 'online' || status === 'idle') && !doNotDisturb,
    since: sinceOf(status, winner, inputs, moment, previous),
    lastSeen: latest(inputs.map((input) => input.observation.lastSeen)),
    message: said?.message ?? null,
    emoji: said?.emoji ?? null,
    activities: unionOfActivities(ranked),
    stale,
  };
}

/** When freshness alone may next change the answer: for one timer. Null = only a new observation can. */
export function nextChangeAt(inputs: readonly Pick<UnifyInput, 'freshUntil'>[], now: EpochMs): EpochMs | null {
  let next: EpochMs | null = null;
  for (const { freshUntil } of inputs) {
    if (freshUntil === 'while-up' || freshUntil <= now) continue;
    if (next === null || freshUntil < next) next = freshUntil;
  }
  return next;
}

function freshAt(inputs: readonly UnifyInput[], moment: EpochMs): UnifyInput[] {
  return inputs.filter((input) => isFresh(input.freshUntil, moment));
}

/** The last millisecond at which anything was fresh; only asked when nothing is. */
function lastFreshMoment(inputs: readonly UnifyInput[]): EpochMs {
  return addMs(
    inputs.reduce(
      (last, { freshUntil }) => (freshUntil === 'while-up' ? last : Math.max(last, freshUntil)),
      -Infinity,
    ) as EpochMs,
    -1,
  );
}

/** `only-fresh` says that others were left out for their age; a single identity is simply the highest. */
function ruleFor(stale: boolean, fresh: number, all: number): PresenceReason['rule'] {
  if (stale) return 'last-known-all-stale';
  return fresh === 1 && all > 1 ? 'only-fresh' : 'highest-of-fresh';
}

/**
 * When the status became what it is. While it stays the same, what was said before. Without an earlier answer, when the
 * winner was observed. Else the event that changed it: the latest observation, or the moment a higher one went stale.
 */
function sinceOf(
  status: Status,
  winner: Observation,
  inputs: readonly UnifyInput[],
  moment: EpochMs,
  previous: Presence | null,
): EpochMs {
  if (previous?.status === status && previous.since !== null) return previous.since;
  const events = [winner.observedAt];
  if (previous !== null && previous.since !== null) {
    for (const { observation, freshUntil } of inputs) {
      events.push(observation.observedAt);
      if (freshUntil !== 'while-up') events.push(freshUntil);
    }
  }
  const past = events.filter((event) => event <= moment);
  return past.reduce((last, event) => (event > last ? event : last), past[0] ?? moment);
}

function hasWords(observation: Observation): boolean {
  return observation.message !== null || observation.emoji !== null;
}

function byRank(a: Observation, b: Observation): number {
  return STATUS_RANK[b.status] - STATUS_RANK[a.status] || byNewest(a, b);
}

function byNewest(a: Observation, b: Observation): number {
  return b.observedAt - a.observedAt || byText(identityKeyOf(a), identityKeyOf(b));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function latest(instants: readonly (EpochMs | null)[]): EpochMs | null {
  return instants.reduce(
    (last, instant) => (instant !== null && (last === null || instant > last) ? instant : last),
    null,
  );
}

function unionOfActivities(observations: readonly Observation[]): readonly Activity[] {
  const union = new Map<string, Activity>();
  for (const { activities } of observations) {
    for (const activity of activities) union.set(JSON.stringify([activity.kind, activity.detail]), activity);
  }
  return [...union.values()].sort(
    (a, b) => ACTIVITY_KINDS.indexOf(a.kind) - ACTIVITY_KINDS.indexOf(b.kind) || byText(a.detail ?? '', b.detail ?? ''),
  );
}
