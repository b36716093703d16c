import { type MusterError, toMusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { Connection } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import { sleep } from '../../ports/sleep.ts';
import type { AccountMeter } from '../health/account-meter.ts';
import type { AccountBudgets } from '../polling/call-budgets.ts';
import type { CircuitBreaker } from '../polling/circuit-breaker.ts';
import { isLong } from '../polling/planned-share.ts';
import { within } from './within.ts';

/** How long a check may take before the connection counts as lost. */
const VERIFY_TIMEOUT_MS = 10 * SECOND_MS;
/** After sleep: what goes to a connection from before is often swallowed, and connecting anew is cheap beside waiting. */
const WOKEN_TIMEOUT_MS = 4 * SECOND_MS;
/** A check out of mere silence is made twice before the connection counts as lost: connecting anew is dearer. */
const SECOND_CHECK_MS = 3 * SECOND_MS;
/** From this part of a day's quota on, checks are seldom. */
const SCARCE_SHARE = 0.1;

/** How soon a check that fails means that the connection is lost. */
export type CheckManner = 'strict' | 'woken' | 'patient';

/** Checks whether an account's connection lives. */
export class ConnectionCheck {
  readonly #clock: Clock;
  readonly #meter: AccountMeter;
  readonly #breaker: CircuitBreaker;
  readonly #budgets: AccountBudgets;

  constructor(options: { clock: Clock; meter: AccountMeter; breaker: CircuitBreaker; budgets: AccountBudgets }) {
    this.#clock = options.clock;
    this.#meter = options.meter;
    this.#breaker = options.breaker;
    this.#budgets = options.budgets;
  }

  /** Whether the platform may be asked for a sign of life now: `held` when it asked for quiet, or a place would have to be waited for. */
  allowed(): 'now' | 'scarce' | 'held' {
    const budgets = this.#budgets.all();
    if (this.#breaker.held(this.#clock.now())) return 'held';
    // A check that waits for its place looks like one that nobody answers.
    if (budgets.some((budget) => budget.waitMs() > VERIFY_TIMEOUT_MS)) return 'held';
    const scarce = budgets.some((budget) =>
      budget.windows.some((window) => isLong(window) && budget.usedIn(window) > SCARCE_SHARE * window.calls),
    );
    return scarce ? 'scarce' : 'now';
  }

  /** Null when it lives. `strict`: one failure counts, `woken`: and soon; `patient`: two in a row. */
  async failureOf(connection: Connection, signal: AbortSignal, manner: CheckManner): Promise<MusterError | null> {
    const limitMs = manner === 'woken' ? WOKEN_TIMEOUT_MS : VERIFY_TIMEOUT_MS;
    const first = await this.#once(connection, signal, limitMs);
    if (first?.retry !== 'later' || first.code === 'rate-limited' || manner !== 'patient') return first;
    await sleep(this.#clock, SECOND_CHECK_MS, signal).catch(() => undefined);
    return signal.aborted ? first : this.#once(connection, signal, limitMs);
  }

  async #once(connection: Connection, signal: AbortSignal, limitMs: number): Promise<MusterError | null> {
    const check = new AbortController();
    const onAbort = () => check.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const verified = this.#meter.run(() => connection.verify(check.signal));
      await within(this.#clock, limitMs, verified, check);
      return null;
    } catch (thrown) {
      return toMusterError(thrown);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
