import { z } from 'zod';
import { HOUR_MS, SECOND_MS } from '../../domain/time.ts';
import type { BudgetLimits } from '../../ports/call-budget.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import type { ValueRepository } from '../../ports/repositories.ts';
import { type KeptCalls, SlidingBudget } from './sliding-budget.ts';

/** Where recent calls are kept. */
const NAME = 'recent-calls';
/** Calls reach the disk in batches; a kill forgets those of the last moment. */
const SAVE_AFTER_MS = SECOND_MS;

/** No window is longer than a day and its slack. */
const KEPT_MS = 25 * HOUR_MS;

/** By account and budget: instants in epoch milliseconds with how many calls (a bare instant: one call, as older versions wrote). */
const keptSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.array(
      z.union([z.tuple([z.number(), z.number().int()]), z.number().transform((at): [number, number] => [at, 1])]),
    ),
  ),
);
type Kept = Record<string, Record<string, [number, number][]>>;

/** One account's budgets by name. */
export class AccountBudgets {
  readonly #clock: Clock;
  readonly #recent: Readonly<Record<string, readonly KeptCalls[]>>;
  readonly #onCall: () => void;
  readonly #budgets = new Map<string, SlidingBudget>();

  /** `recent`: calls of an earlier run, by budget. */
  constructor(
    clock: Clock,
    recent: Readonly<Record<string, readonly KeptCalls[]>> = {},
    onCall: () => void = () => undefined,
  ) {
    this.#clock = clock;
    this.#recent = recent;
    this.#onCall = onCall;
  }

  /** The budget of that name; the same one for everybody who asks. */
  of(name: string, limits: BudgetLimits): SlidingBudget {
    const known = this.#budgets.get(name);
    if (known) return known;
    const made = new SlidingBudget(name, limits, this.#clock, {
      earlier: this.#recent[name] ?? [],
      onCall: this.#onCall,
    });
    this.#budgets.set(name, made);
    return made;
  }

  all(): readonly SlidingBudget[] {
    return [...this.#budgets.values()];
  }

  /** Milliseconds until the last of the calls that a user waits for can go on; null when none has to wait for its place. */
  urgentWaitMs(): number | null {
    const waits = this.all().flatMap((budget) => budget.urgentWaitMs() ?? []);
    return waits.length === 0 ? null : Math.max(...waits);
  }

  /** By budget: the calls that still count. */
  recentCalls(): Record<string, [number, number][]> {
    const known = [...this.#budgets].map(([name, budget]) => [name, budget.recentCalls()] as const);
    const untouched = Object.entries(this.#recent).filter(([name]) => !this.#budgets.has(name));
    return Object.fromEntries([...untouched, ...known].map(([name, calls]) => [name, bySecond(calls)]));
  }
}

/** The calls of a second as one entry: what is kept stays small at fifty calls a minute too. */
function bySecond(calls: readonly KeptCalls[]): [number, number][] {
  const kept: [number, number][] = [];
  for (const [at, count] of calls) {
    const last = kept.at(-1);
    const same = last !== undefined && Math.floor(last[0] / SECOND_MS) === Math.floor(at / SECOND_MS);
    if (same) kept.pop();
    kept.push([at, count + (same ? last[1] : 0)]);
  }
  return kept;
}

/**
 * Every account's budgets. Platforms count an account's calls however often it is reconnected, switched off and on, or Muster
 * started again; so the budgets outlive sessions, and the calls that still count are on disk.
 */
export class CallBudgets {
  readonly #values: ValueRepository;
  readonly #clock: Clock;
  #earlier: Kept;
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

  /** The machine slept so long: the platforms' windows moved on meanwhile. */
  slept(ms: number): void {
    for (const budgets of this.#accounts.values()) for (const budget of budgets.all()) budget.slept(ms);
  }

  /** The account is gone. */
  forget(accountId: string): void {
    this.#accounts.delete(accountId);
    this.#earlier = Object.fromEntries(Object.entries(this.#earlier).filter(([id]) => id !== accountId));
    this.#save();
  }

  /** Writes what is not on disk yet, and nothing after it. */
  stop(): void {
    if (this.#saving) this.#save();
  }

  #save(): void {
    this.#saving?.();
    this.#saving = null;
    // Accounts that are switched off are not asked for; their day goes on.
    const kept: Kept = Object.fromEntries(
      Object.entries(this.#earlier).filter(([, budgets]) => newestOf(budgets) > this.#clock.now() - KEPT_MS),
    );
    for (const [accountId, budgets] of this.#accounts) kept[accountId] = budgets.recentCalls();
    this.#values.set(NAME, kept);
  }
}

/** When the last of the calls was made, in epoch milliseconds. */
function newestOf(budgets: Kept[string]): number {
  return Math.max(0, ...Object.values(budgets).map((calls) => calls.at(-1)?.[0] ?? 0));
}
