/** One call as the simulator saw it; never with its token. */
export interface RecordedCall {
  readonly method: string;
  /** When it arrived, in ms since the epoch. */
  readonly at: number;
  /** Whom the token spoke for; null when it was not accepted. */
  readonly userId: string | null;
  /** The HTTP status of the true answer, or of the fault's. */
  readonly status: number;
  /** Slack's error, when the answer was `ok: false`. */
  readonly error: string | null;
  /** The kind of the fault that was shown. */
  readonly fault: string | null;
  readonly params: Readonly<Record<string, string>>;
}

/** The most calls of one method and user within any 60 s: what a tier limits. Refused calls (429) count too. */
export function mostCallsInAnyMinute(calls: readonly RecordedCall[], method: string, userId?: string): number {
  const times = calls
    .filter((call) => call.method === method && (userId === undefined || call.userId === userId))
    .map((call) => call.at)
    .sort((first, second) => first - second);
  let most = 0;
  let start = 0;
  for (const [end, at] of times.entries()) {
    while (start < end && (times[start] ?? at) <= at - 60_000) start += 1;
    most = Math.max(most, end - start + 1);
  }
  return most;
}
