import { routes } from '../../contract/index.ts';
import { type AddCommand, type CommonOptions, clientFor, printJson, withCommonOptions } from '../command.ts';
import { type CliIo, CommandFailure, EXIT, type ExitCode } from '../io.ts';

interface EraseOptions extends CommonOptions {
  readonly yes?: boolean;
}

/** `muster erase`. */
export const eraseCommand: AddCommand = (program, io, finish) => {
  withCommonOptions(
    program
      .command('erase')
      .description('delete everything, secrets too, and sign every account out')
      .option('--yes', 'do not ask'),
  ).action((options: EraseOptions) => finish(() => runErase(options, io)));
};

async function runErase(options: EraseOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  if (!options.yes) {
    if (!io.ask)
      throw new CommandFailure(EXIT.usage, 'usage', 'Nobody can be asked here. To erase everything, add --yes.');
    const answer = await io.ask(
      'This deletes every account, person, schedule and secret of this home. Type erase to go on: ',
    );
    if (answer.trim() !== 'erase') throw new CommandFailure(EXIT.failed, 'not-confirmed', 'Nothing was erased.');
  }
  await client.call(routes.eraseAll, { body: { confirm: 'erase' } });
  if (options.json) printJson(io, { erased: true });
  else io.out('Erased.\n');
  return EXIT.done;
}
