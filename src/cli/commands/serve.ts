import { Option } from 'commander';
import { MusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { resolveHome } from '../../infra/home/home.ts';
import { findLiveServer } from '../../infra/home/server-file.ts';
import { httpClient } from '../../infra/http/http-client.ts';
import { requireLoopback } from '../../server/listen.ts';
import { signInLink } from '../../server/sessions.ts';
import { type AddCommand, printJson } from '../command.ts';
import { type CliIo, CommandFailure, EXIT, type ExitCode } from '../io.ts';
import { openInBrowser } from '../open-browser.ts';
import { RENDERER_FOLDER, VERSION } from '../package.ts';

/** The contract gives five seconds. */
const STOP_MS = 4 * SECOND_MS;

/** What `muster serve` is asked for. */
export interface ServeArguments {
  readonly port: string;
  readonly host: string;
  readonly home?: string;
  readonly open?: boolean;
  readonly demo?: boolean;
  readonly publicUrl?: string;
  readonly json?: boolean;
}

/** `muster serve`. */
export const serveCommand: AddCommand = (program, io, finish) => {
  program
    .command('serve')
    .description('run Muster without its desktop app, on this machine only, until it is interrupted')
    .option('--port <number>', 'port to listen on; 0 picks a free one', '4747')
    .addOption(new Option('--host <address>', 'loopback address to listen on').default('127.0.0.1'))
    .option('--home <dir>', 'folder that holds everything (default: MUSTER_HOME, else the app-data folder)')
    .option('--open', 'print a one-time link for the browser, and open it where there is a display')
    .option('--demo', 'with a simulated team, in a home of its own that is gone afterwards')
    .option('--public-url <url>', 'address of your own TLS proxy that may deliver /hooks/… and nothing else')
    .option('--json', 'say that it is ready as a JSON document')
    .action((options: ServeArguments) => finish(() => runServe(options, io)));
};

/** Serves until it is interrupted. Rejects with a sentence when it cannot start. */
export async function runServe(options: ServeArguments, io: CliIo): Promise<ExitCode> {
  const { demo, ...rest } = options;
  if (demo && rest.home !== undefined)
    throw new CommandFailure(EXIT.usage, 'usage', 'The demo has a home of its own: leave --home out.');
  if (demo) {
    const { demoOptions, withDemo } = await import('../demo/with-demo.ts');
    return withDemo(demoOptions({}), io, (home, demoIo) => runServe({ ...rest, home }, demoIo));
  }
  const home = resolveHome(options.home);
  const port = portOf(options.port);
  const publicUrl = options.publicUrl === undefined ? undefined : publicUrlOf(options.publicUrl);
  // Before the home is looked at: what can never be right is wrong usage also where Muster runs already.
  requireLoopback(options.host);
  // Loaded here: the core takes a second, for which no other command has to wait.
  const { serve } = await import('../../server/serve.ts');
  const served = await serve({
    home,
    port,
    host: options.host,
    version: VERSION,
    rendererFolder: RENDERER_FOLDER,
    env: io.env,
    stderr: { write: (line) => io.err(line) },
    ...(publicUrl ? { publicUrl } : {}),
  }).catch((thrown: unknown) => alreadyRunning(thrown, home, options.open ?? false, io));
  const { url } = served.http.server;
  if (options.json) {
    printJson(io, { url, home, version: VERSION, ...(options.open ? { link: served.http.link() } : {}) });
  } else {
    io.out(`Muster ${VERSION} is ready at ${url} (home: ${home})\n`);
    if (options.open) io.out(`Open once within 15 minutes: ${served.http.link()}\n`);
  }
  if (options.open) openInBrowser(served.http.link(), io.env);
  await untilInterrupted(io.interrupted);
  await stopInTime(served.stop());
  return EXIT.done;
}

/** Says where the other one is, with a new link when one was asked for: its browser may have lost the first. */
async function alreadyRunning(thrown: unknown, home: string, open: boolean, io: CliIo): Promise<never> {
  if (!(thrown instanceof MusterError) || thrown.code !== 'home-in-use') throw thrown;
  const live = await findLiveServer(home, httpClient(systemClock));
  if (live && open) {
    const link = signInLink(live.url, live.token, systemClock.now());
    io.err(`Open once within 15 minutes: ${link}\n`);
    openInBrowser(link, io.env);
  }
  const where = live ? `, at ${live.url}` : '';
  throw new CommandFailure(
    EXIT.server,
    'home-in-use',
    `Muster already runs on this home${where}. Stop it first, or use another home with --home. (${home})`,
  );
}

/** Waits for a clean stop, but not longer than the contract allows: the platforms notice a closed connection by themselves. */
function stopInTime(stopping: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const dispose = systemClock.after(STOP_MS, resolve);
    stopping.then(resolve, reject).finally(dispose);
  });
}

function untilInterrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CommandFailure(EXIT.usage, 'usage', `“${text}” is no port. Give a number from 0 (any free one) to 65535.`);
}

function publicUrlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'https:' && url.pathname === '/' && url.search === '' && url.username === '') return url;
  throw new CommandFailure(
    EXIT.usage,
    'usage',
    '--public-url has to be like https://muster.example.org, without a path.',
  );
}
