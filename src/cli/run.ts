/** The command line as a function: arguments in, exit code out. */
import { Command, CommanderError } from 'commander';
import { toMusterError } from '../domain/errors.ts';
import { accountCommand } from './commands/account.ts';
import { clearCommand } from './commands/clear.ts';
import { contactsCommand } from './commands/contacts.ts';
import { doctorCommand } from './commands/doctor.ts';
import { eraseCommand } from './commands/erase.ts';
import { exportCommand } from './commands/export.ts';
import { secretsCommand } from './commands/secrets.ts';
import { serveCommand } from './commands/serve.ts';
import { setCommand } from './commands/set.ts';
import { statusCommand } from './commands/status.ts';
import { watchCommand } from './commands/watch.ts';
import { type CliIo, CommandFailure, EXIT, type ExitCode } from './io.ts';
import { VERSION } from './package.ts';

const COMMANDS = [
  serveCommand,
  statusCommand,
  setCommand,
  clearCommand,
  contactsCommand,
  watchCommand,
  accountCommand,
  doctorCommand,
  secretsCommand,
  exportCommand,
  eraseCommand,
];

/** Runs one command. Never rejects: what goes wrong is said on standard error (with `--json` as a document) and in the exit code. */
export async function run(args: readonly string[], io: CliIo): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const program = new Command('muster')
    .description('Who is around, and am I reachable.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .showHelpAfterError('(muster --help lists everything)');
  for (const add of COMMANDS) {
    add(program, io, async (action) => {
      exitCode = await action();
    });
  }
  try {
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return EXIT.usage;
    }
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) return tell(thrown, args.includes('--json'), io);
    if (thrown.exitCode === 0) return EXIT.done;
    // On standard error it stands already.
    if (args.includes('--json')) printFailure(io, 'usage', thrown.message.replace(/^error: /, ''));
    return EXIT.usage;
  }
}

function tell(thrown: unknown, json: boolean, io: CliIo): ExitCode {
  const failure = thrown instanceof CommandFailure ? thrown : failureOf(thrown);
  const { code, message, fields } = failure;
  if (json) printFailure(io, code, message, fields);
  io.err(`${[message, ...fields.map((field) => `  ${field.path}: ${field.message}`)].join('\n')}\n`);
  return failure.exitCode;
}

function printFailure(io: CliIo, code: string, message: string, fields: CommandFailure['fields'] = []): void {
  io.out(`${JSON.stringify({ error: { code, message, fields } }, null, 2)}\n`);
}

function failureOf(thrown: unknown): CommandFailure {
  const error = toMusterError(thrown);
  const exitCode =
    error.code === 'home-in-use' ? EXIT.server : error.code === 'invalid-settings' ? EXIT.usage : EXIT.failed;
  const message =
    error.code === 'internal' && error.cause instanceof Error
      ? `${error.message} (${error.cause.message})`
      : error.message;
  return new CommandFailure(exitCode, error.code, message, error.issues);
}
