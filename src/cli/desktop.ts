/** Starting the built desktop app, where that is possible, and saying in a sentence why not where it is not. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import type { HttpClient } from '../ports/http-client.ts';
import { hasDisplay } from './open-browser.ts';
import { PACKAGE_FOLDER } from './package.ts';

/** What the app needs to start, or why it cannot. */
export type DesktopApp =
  | { readonly executable: string }
  | { readonly missing: 'binary' | 'other'; readonly why: string };

/** The first Electron whose Node has Node-API 10, which the database's native part needs. */
const OLDEST_ELECTRON = 35;
const PROBE_MS = 20 * SECOND_MS;
const DOWNLOAD_MS = 10 * MINUTE_MS;
const DEFAULT_MIRROR = 'https://github.com/electron/electron/releases/';

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks by file: importing the `electron` package would start its download. */
export function findDesktopApp(env: Environment, folder: string = PACKAGE_FOLDER): DesktopApp {
  if (!hasDisplay(env)) return { missing: 'other', why: 'there is no display' };
  if (!existsSync(join(folder, 'dist/main/index.js'))) {
    return { missing: 'other', why: 'it is not built (npm run build)' };
  }
  const electron = join(folder, 'node_modules/electron');
  if (!existsSync(join(electron, 'package.json')))
    return { missing: 'other', why: 'Electron is not installed (npm ci)' };
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  const dist = override || join(electron, 'dist');
  const executable = join(dist, nameIn(join(electron, 'path.txt'), override !== undefined));
  if (!existsSync(executable)) {
    return override
      ? { missing: 'other', why: 'ELECTRON_OVERRIDE_DIST_PATH holds no Electron' }
      : { missing: 'binary', why: "Electron's binary is not here yet" };
  }
  const major = Number(/^v?(\d+)\./.exec(readIfThere(join(dist, 'version')))?.[1] ?? OLDEST_ELECTRON);
  if (major < OLDEST_ELECTRON) return { missing: 'other', why: `Electron ${major} is too old for the database` };
  return { executable };
}

function nameIn(pathFile: string, override: boolean): string {
  const written = override ? '' : readIfThere(pathFile).trim();
  if (written) return written;
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

const readIfThere = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/**
 * Fetches Electron's binary with its package's own installer, which looks into its cache first. Resolves false when it could not:
 * without network within half a minute, since then nothing is left to wait for.
 */
export async function fetchElectron(env: Environment, http: HttpClient): Promise<boolean> {
  const stop = new AbortController();
  const installer = join(PACKAGE_FOLDER, 'node_modules/electron/install.js');
  const installed = ended(
    spawn(process.execPath, [installer], { stdio: 'ignore', env, signal: stop.signal, timeout: DOWNLOAD_MS }),
  ).then((code) => code === 0);
  const mirror = env.ELECTRON_MIRROR || env.npm_config_electron_mirror || DEFAULT_MIRROR;
  const probe = async () => {
    try {
      await http.fetch(mirror, { method: 'HEAD', timeoutMs: PROBE_MS, redirect: 'manual', signal: stop.signal });
    } catch {
      stop.abort();
    }
  };
  const probed = probe();
  const done = await installed;
  stop.abort();
  await probed;
  return done;
}

/** Runs the app until it ends; resolves with its exit code. */
export function runDesktop(executable: string, args: readonly string[], env: Environment): Promise<number> {
  // Chromium refuses to be sandboxed as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...asRoot, PACKAGE_FOLDER, ...args], { stdio: 'inherit', env });
  const forward = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  return ended(child).finally(() => process.off('SIGINT', forward).off('SIGTERM', forward));
}

function ended(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
