import { routes } from '../../contract/index.ts';
import { type AddCommand, type CommonOptions, clientFor, printJson, withCommonOptions } from '../command.ts';
import type { CliIo, ExitCode } from '../io.ts';
import { exitCodeOf, printResults } from './set.ts';

/** `muster clear`. */
export const clearCommand: AddCommand = (program, io, finish) => {
  withCommonOptions(
    program.command('clear').description('end the status that you set; what was there before comes back'),
  ).action((options: CommonOptions) => finish(() => runClear(options, io)));
};

async function runClear(options: CommonOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  const answer = await client.call(routes.deleteOwnStatus, {});
  if (options.json) printJson(io, answer);
  else {
    io.out('Cleared.\n');
    await printResults(client, answer.results, io);
  }
  return exitCodeOf(answer.results);
}
