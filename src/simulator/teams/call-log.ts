/** One call as the simulator saw it; never with its token. */
export interface GraphCall {
  /** The endpoint's name, as in `endpoints/`; `unknown` for a path that there is not. */
  readonly name: string;
  readonly verb: string;
  /** Path and query. */
  readonly path: string;
  /** The body as it came. */
  readonly body: string;
  /** In ms since the epoch. */
  readonly at: number;
  readonly status: number;
  /** Graph's code, when it refused. */
  readonly code: string | null;
  /** The kind of the fault that was shown. */
  readonly fault: string | null;
}

/** The most calls of these endpoints within any `seconds`: what Graph limits. Refused ones count too. */
export function mostCallsWithin(calls: readonly GraphCall[], names: readonly string[], seconds: number): number {
  const times = calls
    .filter(({ name }) => names.includes(name))
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
  let most = 0;
  let start = 0;
  for (const [end, at] of times.entries()) {
    while (start < end && (times[start] ?? at) <= at - seconds * 1000) start += 1;
    most = Math.max(most, end - start + 1);
  }
  return most;
}
