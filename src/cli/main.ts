/** The entry of the `muster` command. */
import { processIo } from './process-io.ts';
import { run } from './run.ts';

const exitCode = await run(process.argv.slice(2), processIo());
// Set, not forced: what was printed has to reach its pipe. A signal that came during a prompt ends it all the same.
process.exitCode = exitCode;
