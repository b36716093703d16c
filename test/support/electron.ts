import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication } from 'playwright';
import { z } from 'zod';
import type { Desktop } from './desktop/desktop.ts';
import { isMissing, type Missing } from './requirement.ts';

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);

/** An Electron that can run here. */
export type ElectronRuntime = { executable: string; major: number };

/** Node-API 10, which better-sqlite3 needs, came with this major version's Node 22.14. */
const firstWithNodeApi10 = 35;

/**
 * Looks for an Electron by file, since importing the package starts a download: `ELECTRON_OVERRIDE_DIST_PATH`, else what the
 * package has unpacked.
 */
export function findElectron(): ElectronRuntime | Missing {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const packaged = dirname(require.resolve('electron/package.json'));
  const folder = override || join(packaged, 'dist');
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  const pathFile = join(packaged, 'path.txt');
  const executable = join(folder, override || !existsSync(pathFile) ? name : readFileSync(pathFile, 'utf8').trim());
  if (!existsSync(executable)) {
    const reason = override ? `ELECTRON_OVERRIDE_DIST_PATH has no ${name}` : 'npx install-electron was not run';
    return { missing: 'electron', reason };
  }
  return { executable, major: majorIn(join(folder, 'version')) };
}

function majorIn(versionFile: string): number {
  const text = existsSync(versionFile) ? readFileSync(versionFile, 'utf8') : '';
  return Number(/^v?(\d+)\./.exec(text)?.[1] ?? 0);
}

const manifestSchema = z.object({ name: z.string(), productName: z.string(), version: z.string() });

/**
 * Builds the application for this runtime and returns the folder to start it from. For a current Electron that is the project
 * itself with its `dist`; an older one gets a build of its own in `dist-test`, with libsql in the place of better-sqlite3.
 */
export async function buildForElectron(runtime: ElectronRuntime): Promise<string> {
  const current = runtime.major >= firstWithNodeApi10;
  const env = current ? {} : { MUSTER_ELECTRON_TEST_SQLITE: 'libsql', MUSTER_BUILD_DIR: 'dist-test' };
  const electronVite = join(projectRoot, 'node_modules/electron-vite/bin/electron-vite.js');
  await promisify(execFile)(process.execPath, [electronVite, 'build'], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    maxBuffer: 16 * 1024 * 1024,
  });
  if (current) return projectRoot;
  const folder = join(projectRoot, 'dist-test');
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, type: 'module', main: 'main/index.js' }));
  return folder;
}

/** Where the set-up of a test run leaves the application's folder for the workers. */
const appVariable = 'MUSTER_TEST_APP_DIR';

/** Builds once for a whole run; does nothing where there is no Electron to test with. */
export async function prepareElectron(): Promise<void> {
  const runtime = findElectron();
  if (!isMissing(runtime)) process.env[appVariable] = await buildForElectron(runtime);
}

/** The folder of the built application. Throws outside the electron project, whose set-up builds it. */
export function builtApp(): string {
  const folder = process.env[appVariable];
  if (!folder) throw new Error('no built application: run this test in the electron project');
  return folder;
}

/** How to start the application. */
export type LaunchOptions = {
  /** The folder with the application's package.json: `builtApp()`, or a test's own application. */
  appDir: string;
  args?: string[];
  env?: Record<string, string>;
};

/** Starts an application on a desktop and attaches to it. The caller closes it before the desktop. */
export async function launchElectron(desktop: Desktop, options: LaunchOptions): Promise<ElectronApplication> {
  const runtime = findElectron();
  if (isMissing(runtime)) throw new Error(`no Electron: ${runtime.reason}`);
  return _electron.launch({
    executablePath: runtime.executable,
    args: ['--no-sandbox', options.appDir, ...(options.args ?? [])],
    cwd: options.appDir,
    env: { ...desktop.env, ...options.env },
    timeout: 45_000,
  });
}
