import { z } from 'zod';
import { SECOND_MS } from '../../domain/time.ts';
import type { BudgetLimits, CallBudget } from '../../ports/call-budget.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { ValueRepository } from '../../ports/repositories.ts';
import { SlidingBudget } from './sliding-budget.ts';

/** Where recent calls are kept. */
const NAME = 'recent-calls';
/** Calls reach the disk in batches; a kill forgets those of the last moment. */
const SAVE_AFTER_MS = SECOND_MS;

/** By account and method: when calls were made, in epoch milliseconds. */
const keptSchema = z.record(z.string(), z.record(z.string(), z.array(z.number())));
type Kept = z.infer<typeof keptSchema>;

/** One account's budgets by method. */
export class AccountBudgets {
  readonly #clock: Clock;
  readonly #recent: Readonly<Record<string, readonly number[]>>;
  readonly #onCall: () => void;
  readonly #budgets = new Map<string, SlidingBudget>();

  /** `recent`: calls of an earlier run, by method, in epoch milliseconds. */
  constructor(
    clock: Clock,
    recent: Readonly<Record<string, readonly number[]>> = {},
    onCall: () => void = () => undefined,
  ) {
    this.#clock = clock;
    this.#recent = recent;
    this.#onCall = onCall;
  }

  /** The method's budget; the same one for everybody who asks. */
  of(name: string, limits: BudgetLimits): CallBudget {
    const known = this.#budgets.get(name);
    if (known) return known;
    const made = new SlidingBudget(name, limits, this.#clock, {
      earlier: this.#recent[name] ?? [],
      onCall: this.#onCall,
    });
    this.#budgets.set(name, made);
    return made;
  }

  all(): readonly CallBudget[] {
    return [...this.#budgets.values()];
  }

  /** By method: when calls that still count were made, in epoch milliseconds. */
  recentCalls(): Record<string, number[]> {
    const known = [...this.#budgets].map(([name, budget]): [string, number[]] => [name, budget.recentCalls()]);
    const untouched = Object.entries(this.#recent).map(([name, calls]): [string, number[]] => [name, [...calls]]);
    return Object.fromEntries([...untouched, ...known]);
  }
}

/**
 * Every account's budgets. Platforms count an account's calls however often it is reconnected, switched off and on, or Muster
 * started again; so the budgets outlive sessions, and the calls that still count are on disk.
 */
export class CallBudgets {
  readonly #values: ValueRepository;
  readonly #clock: Clock;
  readonly #earlier: Kept;
  readonly #accounts = new Map<string, AccountBudgets>();
  #saving: Dispose | null = null;

  constructor(options: { values: ValueRepository; clock: Clock }) {
    this.#values = options.values;
    this.#clock = options.clock;
    const kept = keptSchema.safeParse(options.values.get(NAME));
    this.#earlier = kept.success ? kept.data : {};
  }

  of(accountId: string): AccountBudgets {
    const known = this.#accounts.get(accountId);
    if (known) return known;
    const made = new AccountBudgets(this.#clock, this.#earlier[accountId], () => {
      this.#saving ??= this.#clock.after(SAVE_AFTER_MS, () => this.#save());
    });
    this.#accounts.set(accountId, made);
    return made;
  }

  /** The account is gone. */
  forget(accountId: string): void {
    this.#accounts.delete(accountId);
    this.#save();
  }

  /** Writes what is not on disk yet, and nothing after it. */
  stop(): void {
    if (this.#saving) this.#save();
  }

  #save(): void {
    this.#saving?.();
    this.#saving = null;
    const kept: Kept = {};
    for (const [accountId, budgets] of this.#accounts) kept[accountId] = budgets.recentCalls();
    this.#values.set(NAME, kept);
  }
}
