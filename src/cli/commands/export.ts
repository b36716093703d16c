import { rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { routes } from '../../contract/index.ts';
import { type AddCommand, type CommonOptions, clientFor, printJson, withCommonOptions } from '../command.ts';
import { type CliIo, CommandFailure, EXIT, type ExitCode } from '../io.ts';

interface ExportOptions extends CommonOptions {
  readonly output?: string;
}

/** `muster export`. */
export const exportCommand: AddCommand = (program, io, finish) => {
  withCommonOptions(
    program
      .command('export')
      .description('everything but secrets as one JSON document')
      .option('--output <file>', 'write it there (for you alone) instead of standard output'),
  ).action((options: ExportOptions) => finish(() => runExport(options, io)));
};

async function runExport(options: ExportOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  const document = await client.call(routes.exportAll, {});
  if (options.output === undefined) {
    printJson(io, document);
    return EXIT.done;
  }
  const file = resolve(options.output);
  try {
    writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (thrown) {
    const there = thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST';
    // A half document must not look like a whole one.
    if (!there) rmSync(file, { force: true });
    const why = there
      ? 'is there already. Name another file.'
      : 'cannot be written. Check the folder, its permissions and the room on its disk.';
    throw new CommandFailure(EXIT.failed, 'not-written', `${file} ${why}`);
  }
  if (options.json) printJson(io, { file });
  else io.out(`Written to ${file}\n`);
  return EXIT.done;
}
