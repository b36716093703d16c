/** What the user is told when the application cannot start, or ends unexpectedly. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { toMusterError } from '../src/domain/errors.ts';
import type { Logger } from '../src/ports/logger.ts';
import { wordingFor } from './strings/words.ts';

/** The exit codes of `api.md`: 3 where a core runs already, 2 for a setting that cannot be used, else 1. */
const EXIT_CODE: Readonly<Partial<Record<string, number>>> = { 'home-in-use': 3, 'invalid-settings': 2 };

const words = () => wordingFor('system', app.getPreferredSystemLanguages()).words;

/** Says what happened, on the error output and in a dialog, and ends. */
export function endWithFailure(thrown: unknown): void {
  const error = toMusterError(thrown);
  const { failure } = words();
  const message = error.code === 'home-in-use' ? failure.homeInUse : error.message;
  tell(failure.title, message, EXIT_CODE[error.code] ?? 1);
}

let log: (thrown: unknown) => void = () => undefined;

/** Has crashes written to the log, once there is one. */
export function logCrashes(logger: Logger): void {
  log = (thrown) => logger.error('the application crashed', { cause: thrown });
}

/** Has an error that nothing caught end the application with a sentence, rather than leave it half alive. */
export function watchForCrashes(home: string): void {
  const end = (thrown: unknown) => {
    log(thrown);
    const { failure } = words();
    tell(failure.crashed, failure.crashedDetail(join(home, 'logs')), 1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

let told = false;

function tell(title: string, message: string, exitCode: number): void {
  if (told) return;
  told = true;
  process.stderr.write(`${title}: ${message}\n`);
  // Nothing of ours goes on behind the dialog: showing it blocks. Before `ready` there is only the line, which has been said.
  if (app.isReady()) dialog.showErrorBox(title, message);
  app.exit(exitCode);
}
