import { addMs, type EpochMs, HOUR_MS } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';

/** Rejected deliveries that an account answers in an hour; api.md, `POST /hooks/…`. */
const MOST_IN_AN_HOUR = 300;

/** Counts rejected deliveries by account, so that nobody can make Muster check signatures for them for ever. */
export class Rejections {
  readonly #clock: Clock;
  readonly #times = new Map<string, EpochMs[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** One more; answers how many there were within the hour, this one included, and whether that is too many. */
  add(accountId: string): { readonly count: number; readonly tooMany: boolean; readonly retryAfterSeconds: number } {
    const now = this.#clock.now();
    const recent = (this.#times.get(accountId) ?? []).filter((at) => at > addMs(now, -HOUR_MS) && at <= now);
    const count = recent.length + 1;
    const oldest = recent[0] ?? now;
    // Those beyond the limit are not kept: they would only make it last longer.
    if (count <= MOST_IN_AN_HOUR) recent.push(now);
    this.#times.set(accountId, recent);
    return {
      count,
      tooMany: count > MOST_IN_AN_HOUR,
      retryAfterSeconds: Math.max(1, Math.ceil((addMs(oldest, HOUR_MS) - now) / 1_000)),
    };
  }

  forget(accountId: string): void {
    this.#times.delete(accountId);
  }
}
