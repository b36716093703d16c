/** How often one method may be called: never more than `perMinute` in any 60 s. Shared by everything that calls it. */
export interface CallBudget {
  readonly name: string;
  readonly perMinute: number;
  /** Waits for a place and takes it; rejects when aborted. Callers of `urgent` (a user is waiting) go first. */
  take(signal?: AbortSignal, urgent?: boolean): Promise<void>;
  /** Takes a place if there is one now. */
  tryTake(): boolean;
  /** Milliseconds until a place is free; 0 when one is. */
  waitMs(): number;
  /** Calls in the last 60 s. */
  used(): number;
}
