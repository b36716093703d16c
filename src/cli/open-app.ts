/** Opening Muster for a person: the desktop app where there can be one, else the same interface in the browser. */
import { systemClock } from '../infra/clock/system-clock.ts';
import { httpClient } from '../infra/http/http-client.ts';
import { type DesktopApp, fetchElectron, findDesktopApp, runDesktop } from './desktop.ts';
import type { CliIo } from './io.ts';
import { run } from './run.ts';

/** What is opened. */
export interface OpenAppOptions {
  /** Passed on to the desktop app and to `serve`: `--home DIR`. */
  readonly home?: string;
  /** Passed on to `serve`. */
  readonly port?: string;
}

/** The desktop app that can be started here, fetching its binary when only that is missing; or why there is none. */
export async function prepareDesktop(io: CliIo): Promise<DesktopApp> {
  const found = findDesktopApp(io.env);
  if ('executable' in found || found.missing !== 'binary') return found;
  io.err("Fetching Electron's binary, once …\n");
  if (await fetchElectron(io.env, httpClient(systemClock))) return findDesktopApp(io.env);
  return { missing: 'other', why: "Electron's binary could not be fetched (is there a network?)" };
}

/** Opens it, and stays until it ends. Resolves with the exit code. */
export async function openApp(options: OpenAppOptions, io: CliIo): Promise<number> {
  const home = options.home === undefined ? [] : ['--home', options.home];
  const app = await prepareDesktop(io);
  if ('executable' in app) return runDesktop(app.executable, home, io.env);
  io.err(`No window can be opened: ${app.why}. Muster serves the same interface in the browser instead.\n`);
  const port = options.port === undefined ? [] : ['--port', options.port];
  return run(['serve', '--open', ...home, ...port], io);
}
