/** `npm run demo`: everything that Muster does, with a simulated team and without any account. */
import { parseArgs } from 'node:util';
import { demoOptions, withDemo } from './demo/with-demo.ts';
import { CommandFailure, EXIT } from './io.ts';
import { openApp } from './open-app.ts';
import { processIo } from './process-io.ts';

const HELP = `A demo team of sixty, on all platforms, every one of them simulated; now and then one of them has trouble, and heals.

  npm run demo -- [options]

  --pace <n>   changes a minute among the team, 0 for none (default 30)
  --seed <n>   another seed gives other people (default 7)
  --calm       nothing goes wrong
  --port <n>   port for the browser, where no window can be opened (default: a free one)
  --help       this text

It opens a window where there can be one, else the browser, and runs until that is closed or Ctrl+C. It keeps to a home of its own
and holds its secrets in memory: nothing is left behind.
`;

const io = processIo();
try {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      pace: string,
      seed: string,
      port: string,
      calm: { type: 'boolean' },
    },
  });
  if (values.help) io.out(HELP);
  else {
    process.exitCode = await withDemo(demoOptions({ ...values, troubles: !values.calm }), io, (home, demoIo) =>
      openApp({ home, port: values.port ?? '0' }, demoIo),
    );
  }
} catch (thrown) {
  io.err(`${thrown instanceof Error ? thrown.message : 'The demo failed.'}\n`);
  process.exitCode = thrown instanceof CommandFailure ? thrown.exitCode : EXIT.usage;
}
