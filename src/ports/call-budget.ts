/** One limit of a method or a group of methods: at most `calls` in any `seconds`. */
export interface BudgetWindow {
  readonly calls: number;
  readonly seconds: number;
}

/** How often something may be called: a number is so many a minute; several windows hold all at once (4 a second and 6,000 a day). */
export type BudgetLimits = number | readonly BudgetWindow[];

/** How often one method may be called: never more than its windows allow. Shared by everything that calls it. */
export interface CallBudget {
  readonly name: string;
  /** What the windows allow a minute in the long run; below 1 for small daily quotas. */
  readonly perMinute: number;
  readonly windows: readonly BudgetWindow[];
  /** Waits for a place and takes it; rejects when aborted. Callers of `urgent` (a user is waiting) go first. */
  take(signal?: AbortSignal, urgent?: boolean): Promise<void>;
  /** Takes a place if there is one now. */
  tryTake(): boolean;
  /** Milliseconds until a place is free; 0 when one is. */
  waitMs(): number;
  /** Calls in the last 60 s. */
  used(): number;
  /** Calls that count in one of the windows. */
  usedIn(window: BudgetWindow): number;
}
