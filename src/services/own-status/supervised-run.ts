import { MusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';

/** How often a run that takes longer is looked at. */
const LOOK_MS = 2.5 * SECOND_MS;
/** A platform that takes longer to answer has failed; it is tried again. Waiting for a place in our own budget does not count. */
const PATIENCE_MS = 75 * SECOND_MS;

/** One run against a platform, under a signal of its own: ended when the platform takes too long, or by whoever started it. */
export class SupervisedRun {
  readonly #abort = new AbortController();

  /** Rejects, whatever becomes of the work. */
  end(reason: MusterError): void {
    this.#abort.abort(reason);
  }

  /**
   * Does the work. `waits`: whether it waits for a place in our budget; `looked` is called now and then while it does.
   * Rejects with `timeout`, or with the reason that it was ended for.
   */
  async of(
    clock: Clock,
    watch: { readonly waits: () => boolean; readonly looked: () => void },
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const { signal } = this.#abort;
    let patienceMs = PATIENCE_MS;
    let timer: Dispose = () => undefined;
    const look = () => {
      if (watch.waits()) watch.looked();
      else patienceMs -= LOOK_MS;
      if (patienceMs > 0) timer = clock.after(LOOK_MS, look);
      else this.end(new MusterError('timeout', 'The platform did not answer in time. Muster keeps trying.'));
    };
    const ended = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    timer = clock.after(LOOK_MS, look);
    try {
      await Promise.race([work(signal), ended]);
    } finally {
      timer();
    }
  }
}
