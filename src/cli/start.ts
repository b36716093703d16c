/** `npm start`. */
import { parseArgs } from 'node:util';
import { openApp } from './open-app.ts';
import { processIo } from './process-io.ts';

const { values } = parseArgs({ options: { home: { type: 'string' }, port: { type: 'string' } } });
process.exitCode = await openApp(
  {
    ...(values.home === undefined ? {} : { home: values.home }),
    ...(values.port === undefined ? {} : { port: values.port }),
  },
  processIo(),
);
