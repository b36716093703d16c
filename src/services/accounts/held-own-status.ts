import { MusterError, toMusterError } from '../../domain/errors.ts';
import type { OwnStatusBundle } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CircuitBreaker } from '../polling/circuit-breaker.ts';

/**
 * The same bundle, which keeps still while the platform asked the account for quiet (it then rejects with `rate-limited` and the rest
 * of the time), and lets the account's other calls know when it asks.
 */
export function heldOwnStatus(bundle: OwnStatusBundle, breaker: CircuitBreaker, clock: Clock): OwnStatusBundle {
  async function held<T>(call: () => Promise<T>): Promise<T> {
    const heldMs = breaker.heldMs(clock.now());
    if (heldMs > 0) throw new MusterError('rate-limited', QUIET, { retryAfterMs: heldMs });
    try {
      return await call();
    } catch (thrown) {
      const error = toMusterError(thrown);
      // Other errors with a time (Zoom wants an app of its own open) say nothing about other calls.
      if (error.code === 'rate-limited') breaker.asked(error, clock.now());
      throw thrown;
    }
  }
  return {
    busyImpliesDoNotDisturb: bundle.busyImpliesDoNotDisturb,
    ...(bundle.watchSeconds === undefined ? {} : { watchSeconds: bundle.watchSeconds }),
    read: (signal) => held(() => bundle.read(signal)),
    apply: (target, signal) => held(() => bundle.apply(target, signal)),
    compare: (part, written, read, now) => bundle.compare(part, written, read, now),
  };
}

const QUIET = 'The platform asked Muster to slow down. It is set as soon as that is over.';
