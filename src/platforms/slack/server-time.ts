import { addMs, type EpochMs, epochMs } from '../../domain/time.ts';
import { parseHttpDate } from '../http-date.ts';

/** Below this the two clocks count as equal: `Date` has whole seconds, and the answer was under way. */
const TOLERANCE_MS = 10_000;

/**
 * Slack's times (status expiry, do-not-disturb windows) are instants of Slack's clock, and the machine's own clock may be wrong by
 * hours. Learns the difference from the `Date` of the answers: two in a row have to agree, so that one odd proxy moves nothing.
 */
export class ServerTime {
  #skewMs = 0;
  #candidateMs: number | null = null;

  /** Slack's clock minus ours. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** Takes note of an answer's `Date` header that came at `now`. */
  learn(dateHeader: string | null, now: EpochMs): void {
    const date = dateHeader === null ? null : parseHttpDate(dateHeader);
    if (date === null) return;
    const measured = date - now;
    const skew = Math.abs(measured) < TOLERANCE_MS ? 0 : measured;
    if (Math.abs(skew - this.#skewMs) < TOLERANCE_MS && (skew === 0) === (this.#skewMs === 0)) {
      this.#candidateMs = null;
    } else if (this.#candidateMs !== null && Math.abs(skew - this.#candidateMs) < TOLERANCE_MS) {
      this.#skewMs = skew;
      this.#candidateMs = null;
    } else {
      this.#candidateMs = skew;
    }
  }

  /** Our instant of a Unix time of Slack's. */
  fromSlack(seconds: number): EpochMs {
    return epochMs(seconds * 1000 - this.#skewMs);
  }

  /** Slack's Unix time of our instant, rounded up: what ends by it never ends too early. */
  toSlack(instant: EpochMs): number {
    return Math.ceil(addMs(instant, this.#skewMs) / 1000);
  }
}
