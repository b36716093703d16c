import { app } from 'electron';
import { SECOND_MS } from '../src/domain/time.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Logger } from '../src/ports/logger.ts';

/** How long stopping may take; `api.md` allows five seconds. */
const STOPPED_WITHIN_MS = 4 * SECOND_MS;

/** Has every way to end (the menu, a signal, the end of the session) stop the core first, and end in time also when that hangs. */
export function quitCleanly(options: {
  readonly clock: Clock;
  readonly logger: Logger;
  /** What is closed at once. */
  readonly close: () => void;
  readonly stop: () => Promise<void>;
}): void {
  const { clock, logger, close, stop } = options;
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    clock.after(STOPPED_WITHIN_MS, () => app.exit(1));
    close();
    stop().then(
      () => app.exit(0),
      (thrown: unknown) => {
        logger.error('stopping failed', { cause: thrown });
        app.exit(1);
      },
    );
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
}
