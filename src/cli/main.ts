/** The entry of the `muster` command. */
import { processIo } from './process-io.ts';
import { run } from './run.ts';

const exitCode = await run(process.argv.slice(2), processIo());
// Ended by hand, once what was printed has reached its pipe: whatever hangs while the core stops must not keep the process.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
