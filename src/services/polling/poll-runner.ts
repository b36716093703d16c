import { type MusterError, toMusterError } from '../../domain/errors.ts';
import type { Status } from '../../domain/presence/status.ts';
import type { EpochMs } from '../../domain/time.ts';
import { addMs, MINUTE_MS } from '../../domain/time.ts';
import type { PollMethod } from '../../platforms/platform.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { isLong } from './planned-share.ts';
import { type PollCandidate, type PollPace, type PollPlan, type Priority, planPoll } from './poll-planner.ts';
import type { SlidingBudget } from './sliding-budget.ts';

/** Never waits longer without planning anew: people, priorities and pace change meanwhile. */
const REPLAN_MS = MINUTE_MS;

/** What a runner needs to know about the account's people. */
export interface PollSubjects {
  /** Everyone of the account who may be looked at (opted-out people are not among them). */
  people(): Iterable<{ readonly userId: string; readonly priority: Priority; readonly status: Status }>;
  pace(): PollPace;
}

/** Somebody was looked at: on the monotonic clock, which the wall clock's jumps do not touch. */
interface Look {
  readonly at: number;
  readonly failures: number;
}

/** In place of a person: the look at the whole account. No platform has an empty user id. */
const EVERYBODY = '';

/** How long ago that was. What seems to lie ahead was noted by a clock that was wrong: nobody knows. */
function sinceMs(at: EpochMs | null, now: EpochMs): number {
  return at === null || at > now ? Number.POSITIVE_INFINITY : now - at;
}

/** Runs one poll method of one account: single flight, within the budget, best look first. */
export class PollRunner {
  readonly #method: PollMethod;
  readonly #budget: SlidingBudget;
  readonly #breaker: CircuitBreaker;
  readonly #subjects: PollSubjects;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #onError: (error: MusterError) => void;
  readonly #onLook: () => void;
  readonly #told: (userId: string) => boolean;
  readonly #looks = new Map<string, Look>();
  readonly #abort = new AbortController();
  #timer: Dispose | null = null;
  #inFlight = false;
  #paused = false;

  constructor(options: {
    method: PollMethod;
    budget: SlidingBudget;
    breaker: CircuitBreaker;
    subjects: PollSubjects;
    clock: Clock;
    random: Random;
    /** Called after each failed look; the owner decides about the account. */
    onError: (error: MusterError) => void;
    /** Called after each look that succeeded. */
    onLook: () => void;
    /** Whether a push channel that is up tells about this person. */
    told?: (userId: string) => boolean;
  }) {
    this.#method = options.method;
    this.#budget = options.budget;
    this.#breaker = options.breaker;
    this.#subjects = options.subjects;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#onError = options.onError;
    this.#onLook = options.onLook;
    this.#told = options.told ?? (() => false);
  }

  /** Plans anew: at the start, when people or priorities changed, after a pause. */
  wake(): void {
    if (this.#inFlight || this.#paused || this.#abort.signal.aborted) return;
    this.#arm(0);
  }

  /** Takes them for people who were never looked at. */
  forget(userIds: Iterable<string>): void {
    for (const userId of userIds) this.#looks.delete(userId);
  }

  /** So much time passed that the monotonic clock did not count: what was seen is older than it seems. */
  slept(ms: number): void {
    for (const [userId, look] of this.#looks) this.#looks.set(userId, { ...look, at: look.at - ms });
  }

  pause(): void {
    this.#paused = true;
    this.#timer?.();
    this.#timer = null;
  }

  resume(): void {
    this.#paused = false;
    this.wake();
  }

  stop(): void {
    this.#abort.abort();
    this.pause();
  }

  #arm(delayMs: number): void {
    this.#timer?.();
    this.#timer = this.#clock.after(delayMs, () => {
      this.#timer = null;
      void this.#look();
    });
  }

  *#candidates(now: EpochMs): Iterable<PollCandidate> {
    const awake = this.#clock.monotonicMs();
    for (const person of this.#subjects.people()) {
      const look = this.#looks.get(person.userId);
      yield {
        ...person,
        lookedAt: look ? addMs(now, look.at - awake) : null,
        failures: look?.failures ?? 0,
        told: this.#told(person.userId),
      };
    }
  }

  async #look(): Promise<void> {
    const now = this.#clock.now();
    const openUntil = this.#breaker.openUntil(this.#method.name, now);
    if (openUntil !== null) return this.#arm(Math.min(REPLAN_MS, openUntil - now));
    // Before planning, which costs more: is there a place at all?
    const full = this.#budget.plannedWaitMs(true);
    if (full > 0) return this.#arm(Math.min(REPLAN_MS, Math.max(250, full)));
    const plan =
      this.#method.everySeconds === undefined
        ? planPoll(this.#candidates(now), now, this.#method.batchSize, this.#subjects.pace())
        : this.#planOfAll(this.#method.everySeconds, now);
    const wait = this.#waitMs(plan, now);
    if (wait > 0) return this.#arm(Math.min(REPLAN_MS, Math.max(250, wait)));
    this.#inFlight = true;
    try {
      await this.#method.poll(
        plan.userIds.filter((userId) => userId !== EVERYBODY),
        this.#abort.signal,
      );
      if (this.#abort.signal.aborted) return;
      const at = this.#clock.monotonicMs();
      for (const userId of plan.userIds) this.#looks.set(userId, { at, failures: 0 });
      this.#breaker.succeeded(this.#method.name);
      this.#onLook();
    } catch (thrown) {
      if (this.#abort.signal.aborted) return;
      this.#fail(plan.userIds, toMusterError(thrown));
    } finally {
      this.#inFlight = false;
    }
    if (!this.#paused && !this.#abort.signal.aborted) this.#arm(this.#gapMs());
  }

  /** The whole account at once: due or not. */
  #planOfAll(everySeconds: number, now: EpochMs): PollPlan {
    const look = this.#looks.get(EVERYBODY);
    const before = look === undefined ? (this.#method.calledAt?.() ?? null) : null;
    const age = look === undefined ? sinceMs(before, now) : this.#clock.monotonicMs() - look.at;
    const left = everySeconds * 1_000 - age;
    if (left > 0) return { userIds: [], pressing: false, nextDueAt: addMs(now, left) };
    return { userIds: [EVERYBODY], pressing: look === undefined, nextDueAt: null };
  }

  /** Until somebody is due, and until the budget's long windows have a place for what is planned. */
  #waitMs(plan: PollPlan, now: EpochMs): number {
    if (plan.userIds.length === 0) return plan.nextDueAt === null ? REPLAN_MS : plan.nextDueAt - now;
    return this.#budget.plannedWaitMs(plan.pressing);
  }

  #fail(userIds: readonly string[], error: MusterError): void {
    if (error.code === 'not-found' || error.code === 'not-permitted') {
      // Asking again soon would not help.
      const at = this.#clock.monotonicMs();
      for (const userId of userIds)
        this.#looks.set(userId, { at, failures: (this.#looks.get(userId)?.failures ?? 0) + 1 });
      // This person cannot be looked at; the account is well. What it may not do as a whole is trouble of its own.
      if (this.#method.everySeconds === undefined) {
        this.#breaker.succeeded(this.#method.name);
        return;
      }
    }
    this.#breaker.failed(this.#method.name, error, this.#clock.now());
    this.#onError(error);
  }

  /** Quick while the first half of a window of minutes lasts, then evenly, with jitter. Long windows are spread by the budget. */
  #gapMs(): number {
    let gap = 20;
    for (const window of this.#budget.windows) {
      if (isLong(window) || this.#budget.usedIn(window) < window.calls / 2) continue;
      const even = (window.seconds * 1_000) / window.calls;
      gap = Math.max(gap, even * (0.8 + 0.4 * this.#random.next()));
    }
    return gap;
  }
}
