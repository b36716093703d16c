import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright';
import { isMissing, type Missing } from './requirement.ts';

/** A Chromium that starts on this machine. */
export type Chromium = {
  executable: string;
  /** Flags it needs here; other sets of flags break several contexts at once. */
  args: string[];
  /** Whether Web Notifications work in it (in the packaged headless build they are refused). */
  notifications: boolean;
};

const rootArgs = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
const args = ['--no-sandbox', ...(process.getuid?.() === 0 ? rootArgs : [])];

/** Where the set-up of a test run leaves the path for the workers, since unpacking twice at once breaks both. */
const pathVariable = 'MUSTER_TEST_CHROMIUM';

function installed(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : undefined;
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
}

/** Unpacks the Chromium that comes as a package into `folder`; undefined where there is none for this machine. */
async function unpacked(folder: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  process.env.TMPDIR = folder;
  // Read when the package is imported: it then brings the NSS libraries that a bare system lacks.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs24.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

function playwrightsOwn(): string | undefined {
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

/**
 * Looks for a Chromium: `CHROMIUM_PATH`, an installed one, the packaged one (unpacked into a private folder), Playwright's.
 * Call it once per run, before workers start; returns it with the clean-up.
 */
export async function prepareChromium(): Promise<() => void> {
  const temporary = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), 'muster-chromium-'));
  const path = process.env.CHROMIUM_PATH
    ? installed()
    : (installed() ?? (await unpacked(folder).catch(() => undefined)) ?? playwrightsOwn());
  if (temporary === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = temporary;
  process.env[pathVariable] = path ?? '';
  return () => rmSync(folder, { recursive: true, force: true });
}

/** The Chromium that the run's set-up found. */
export function findChromium(): Chromium | Missing {
  const executable = process.env[pathVariable] || installed();
  if (executable) return { executable, args, notifications: !executable.includes('muster-chromium-') };
  const named = process.env.CHROMIUM_PATH;
  return {
    missing: 'chromium',
    reason: named
      ? `CHROMIUM_PATH names ${named}, which does not exist`
      : 'none installed and none packaged for this machine',
  };
}

/** Starts it, headless unless told otherwise. Throws where there is none: ask `findChromium` first. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const found = findChromium();
  if (isMissing(found)) throw new Error(`no Chromium: ${found.reason}`);
  return chromium.launch({
    ...options,
    executablePath: found.executable,
    args: [...found.args, ...(options.args ?? [])],
  });
}
