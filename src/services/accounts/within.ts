import { MusterError } from '../../domain/errors.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';

/** Rejects with `timeout` when `promise` takes longer, aborting what it belongs to; with the reason when that is aborted. */
export async function within<T>(
  clock: Clock,
  limitMs: number,
  promise: Promise<T>,
  abort: AbortController,
): Promise<T> {
  const { signal } = abort;
  let cancel: Dispose = () => undefined;
  const over = new Promise<never>((_resolve, reject) => {
    const timer = clock.after(limitMs, () =>
      abort.abort(new MusterError('timeout', 'The platform did not answer in time.')),
    );
    const onAbort = () => {
      timer();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    cancel = () => {
      timer();
      signal.removeEventListener('abort', onAbort);
    };
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    cancel();
  }
}

/** Resolves with `promise`, whatever becomes of it, or after `limitMs`. */
export async function atMost(clock: Clock, limitMs: number, promise: Promise<unknown>): Promise<void> {
  let cancel: Dispose = () => undefined;
  const late = new Promise<void>((resolve) => {
    cancel = clock.after(limitMs, resolve);
  });
  await Promise.race([promise.catch(() => undefined), late]);
  cancel();
}
