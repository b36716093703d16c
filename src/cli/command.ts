/** What every command shares: its options, its way to hand back an exit code, its two ways to answer. */
import type { Command } from 'commander';
import { type Client, findClient } from './client.ts';
import type { CliIo, ExitCode } from './io.ts';

/** Runs a command's action and keeps its exit code; commander itself has no results. */
export type Finish = (action: () => Promise<ExitCode>) => Promise<void>;
/** Adds one command (or group) to the program. */
export type AddCommand = (program: Command, io: CliIo, finish: Finish) => void;

/** The options of every command. */
export interface CommonOptions {
  readonly home?: string;
  readonly json?: boolean;
}

/** Adds the options of every command. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--home <dir>', 'the home of the Muster to talk to (default: MUSTER_HOME, else the app-data folder)')
    .option('--json', 'one JSON document on standard output');
}

/** The client for a command's options. */
export function clientFor(options: CommonOptions): Promise<Client> {
  return findClient(options.home);
}

/** Prints one JSON document. */
export function printJson(io: CliIo, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}
