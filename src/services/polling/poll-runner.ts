import { type MusterError, toMusterError } from '../../domain/errors.ts';
import type { Status } from '../../domain/presence/status.ts';
import type { EpochMs } from '../../domain/time.ts';
import { addMs, MINUTE_MS } from '../../domain/time.ts';
import type { PollMethod } from '../../platforms/platform.ts';
import type { CallBudget } from '../../ports/call-budget.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { type PollCandidate, type PollPace, type Priority, planPoll } from './poll-planner.ts';

/**
 * The part of a minute's places that planned looks leave for calls that a user waits for: setting one's own status on Slack reads
 * oneself twice by the very method that looks at others, and must not wait for the minute to end.
 */
const RESERVED_SHARE = 0.15;

/** What a runner needs to know about the account's people. */
export interface PollSubjects {
  /** Everyone of the account who may be looked at (opted-out people are not among them). */
  people(): Iterable<{ readonly userId: string; readonly priority: Priority; readonly status: Status }>;
  pace(): PollPace;
}

/** Runs one poll method of one account: single flight, within the budget, best look first. */
export class PollRunner {
  readonly #method: PollMethod;
  readonly #budget: CallBudget;
  readonly #breaker: CircuitBreaker;
  readonly #subjects: PollSubjects;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #onError: (error: MusterError) => void;
  readonly #onLook: () => void;
  readonly #looks = new Map<string, { at: EpochMs; failures: number }>();
  readonly #abort = new AbortController();
  #timer: Dispose | null = null;
  #inFlight = false;
  #paused = false;

  constructor(options: {
    method: PollMethod;
    budget: CallBudget;
    breaker: CircuitBreaker;
    subjects: PollSubjects;
    clock: Clock;
    random: Random;
    /** Called after each failed look; the owner decides about the account. */
    onError: (error: MusterError) => void;
    /** Called after each look that succeeded. */
    onLook: () => void;
  }) {
    this.#method = options.method;
    this.#budget = options.budget;
    this.#breaker = options.breaker;
    this.#subjects = options.subjects;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#onError = options.onError;
    this.#onLook = options.onLook;
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

  *#candidates(): Iterable<PollCandidate> {
    for (const person of this.#subjects.people()) {
      const look = this.#looks.get(person.userId);
      yield { ...person, lookedAt: look?.at ?? null, failures: look?.failures ?? 0 };
    }
  }

  async #look(): Promise<void> {
    const now = this.#clock.now();
    const openUntil = this.#breaker.openUntil(this.#method.name, now);
    if (openUntil !== null) return this.#arm(openUntil - now);
    const room = Math.max(1, Math.floor(this.#budget.perMinute * (1 - RESERVED_SHARE)));
    if (this.#budget.used() >= room) return this.#arm(Math.max(250, this.#budget.waitMs()));
    const plan = planPoll(this.#candidates(), now, this.#method.batchSize, this.#subjects.pace());
    if (plan.userIds.length === 0) {
      // Nobody is due: sleep until somebody is; a minute at most, since priorities and pace change meanwhile.
      return this.#arm(Math.min(MINUTE_MS, Math.max(250, (plan.nextDueAt ?? addMs(now, MINUTE_MS)) - now)));
    }
    this.#inFlight = true;
    try {
      await this.#method.poll(plan.userIds, this.#abort.signal);
      if (this.#abort.signal.aborted) return;
      for (const userId of plan.userIds) this.#looks.set(userId, { at: this.#clock.now(), failures: 0 });
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

  #fail(userIds: readonly string[], error: MusterError): void {
    const now = this.#clock.now();
    if (error.code === 'not-found' || error.code === 'not-permitted') {
      // This person cannot be looked at; the account is well.
      for (const userId of userIds)
        this.#looks.set(userId, { at: now, failures: (this.#looks.get(userId)?.failures ?? 0) + 1 });
      this.#breaker.succeeded(this.#method.name);
      return;
    }
    this.#breaker.failed(this.#method.name, error, now);
    this.#onError(error);
  }

  /** Quick while the first half of the minute's budget lasts, then evenly, with jitter. */
  #gapMs(): number {
    if (this.#budget.used() < this.#budget.perMinute / 2) return 20;
    const even = MINUTE_MS / this.#budget.perMinute;
    return even * (0.8 + 0.4 * this.#random.next());
  }
}
