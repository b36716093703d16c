import type { MusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { PollMethod } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { AccountMeter } from '../health/account-meter.ts';
import type { AccountBudgets } from '../polling/call-budgets.ts';
import type { CircuitBreaker } from '../polling/circuit-breaker.ts';
import { plannedIntervalMs } from '../polling/poll-planner.ts';
import { PollRunner, type PollSubjects } from '../polling/poll-runner.ts';

/** How long a count of people stands. */
const COUNT_EVERY_MS = 5 * SECOND_MS;

/** What an account's polls need. */
export interface AccountPollsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly budgets: AccountBudgets;
  readonly breaker: CircuitBreaker;
  readonly meter: AccountMeter;
  readonly subjects: PollSubjects;
  /** Called after each look: with its failure, or null. */
  readonly judged: (failure: MusterError | null) => void;
  /** Whether a push channel that is up tells about this person. */
  readonly told: (userId: string) => boolean;
}

/** The looks of one account's present connection: one runner for each method. */
export class AccountPolls {
  readonly #options: AccountPollsOptions;
  #methods: readonly PollMethod[] = [];
  #runners: PollRunner[] = [];
  #asleep = false;
  #people = 0;
  #countedAt = Number.NEGATIVE_INFINITY;

  constructor(options: AccountPollsOptions) {
    this.#options = options;
  }

  /** Looks by these methods from now on. */
  start(methods: readonly PollMethod[]): void {
    this.stop();
    const { clock, random, budgets, breaker, meter, subjects, judged, told } = this.#options;
    this.#methods = methods;
    this.#runners = methods.map(
      (method) =>
        new PollRunner({
          method: {
            ...method,
            poll: async (userIds, signal) => {
              await meter.run(() => method.poll(userIds, signal));
              meter.polled(userIds.length);
            },
          },
          budget: budgets.of(method.budgetName ?? method.name, method.limits),
          breaker,
          subjects,
          clock,
          random,
          onError: judged,
          onLook: () => judged(null),
          // What goes round in batches beside the status is never pushed along with it.
          told: method.facet === 'presence' ? told : () => false,
        }),
    );
    if (this.#asleep) for (const runner of this.#runners) runner.pause();
    else this.replan();
  }

  stop(): void {
    for (const runner of this.#runners) runner.stop();
    this.#runners = [];
  }

  /** People, priorities or the pace changed. */
  replan(): void {
    this.#countedAt = Number.NEGATIVE_INFINITY;
    for (const runner of this.#runners) runner.wake();
  }

  /** What was seen of them is forgotten. */
  forget(userIds: readonly string[]): void {
    for (const runner of this.#runners) runner.forget(userIds);
  }

  suspend(): void {
    this.#asleep = true;
    for (const runner of this.#runners) runner.pause();
  }

  /** Goes on; what was seen is `missedMs` older than the monotonic clock says. */
  resume(missedMs: number): void {
    this.#asleep = false;
    for (const runner of this.#runners) {
      runner.slept(missedMs);
      runner.resume();
    }
  }

  /** How often somebody is looked at in the long run, in milliseconds; 0 where presence is not polled. */
  intervalMs(): number {
    const method = this.#methods.find((one) => one.facet === 'presence');
    if (!method) return 0;
    if (method.everySeconds !== undefined) return method.everySeconds * SECOND_MS;
    const { subjects } = this.#options;
    return plannedIntervalMs(this.#headcount(), method.limits, method.batchSize, subjects.pace());
  }

  /** How many people there are; asked for with every observation, so that it is not counted each time. */
  #headcount(): number {
    const now = this.#options.clock.monotonicMs();
    if (now - this.#countedAt < COUNT_EVERY_MS) return this.#people;
    let people = 0;
    for (const _person of this.#options.subjects.people()) people += 1;
    this.#people = people;
    this.#countedAt = now;
    return people;
  }
}
