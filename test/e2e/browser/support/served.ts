import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochMs } from '../../../../src/domain/time.ts';
import { readServerFile } from '../../../../src/infra/home/server-file.ts';
import { signInLink } from '../../../../src/server/sessions.ts';
import { removeFolder } from '../../../support/remove-folder.ts';
import { type StartedProcess, startProcess } from '../../../support/started-process.ts';

/** A `muster serve` of its own process, on a home of its own. */
export type Served = {
  readonly url: string;
  readonly home: string;
  /** The one-time link that it printed at its start. */
  readonly printedLink: string;
  /** Another one-time link, as `muster serve --open` on a running home makes it. */
  link(): string;
  /** Calls the API with the server's token; throws when it refuses. */
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  /** What it printed. */
  output(): string;
  /** Stops the process; the home stays until `remove`. `kill`: without a chance to say goodbye. */
  stop(how?: 'kill'): Promise<void>;
  /** Starts it again on the same home and port. */
  start(): Promise<void>;
  /** Stops it and removes the home. */
  remove(): Promise<void>;
};

const cli = join(import.meta.dirname, '../../../../src/cli/muster.mjs');

/** Secrets outlive a restart in the vault alone. */
const VAULT = { MUSTER_KEYCHAIN: 'vault', MUSTER_VAULT_KEY: Buffer.alloc(32, 7).toString('base64') };

async function run(home: string, port: string, vault: boolean): Promise<StartedProcess> {
  const child = startProcess(process.execPath, [cli, 'serve', '--port', port, '--home', home, '--open'], {
    PATH: process.env.PATH,
    HOME: home,
    // The browser of these tests is in the same zone.
    TZ: 'Europe/Berlin',
    ...(vault ? VAULT : { MUSTER_KEYCHAIN: 'memory' }),
    MUSTER_BUILD_DIR: process.env.MUSTER_BUILD_DIR,
  });
  await child.until(/^Open once .*$/m, 20_000);
  return child;
}

/** Starts it on a free port; rejects with what it printed when it does not get ready. With `vault`, secrets outlive a restart. */
export async function startServed({ vault = false } = {}): Promise<Served> {
  const home = mkdtempSync(join(tmpdir(), 'muster-browser-'));
  let child = await run(home, '0', vault);
  const live = () => {
    const file = readServerFile(home);
    if (file === null) throw new Error(`There is no server.json:\n${child.output()}`);
    return file;
  };
  const { url } = live();
  const stop = async (how?: 'kill') => {
    if (how === 'kill') child.child.kill('SIGKILL');
    await child.stop();
  };
  return {
    url,
    home,
    printedLink: /https?:\S+#\S+/.exec(child.output())?.[0] ?? '',
    link: () => signInLink(url, live().token, epochMs(Date.now())),
    output: () => child.output(),
    stop,
    start: async () => {
      child = await run(home, new URL(url).port, vault);
    },
    remove: async () => {
      await stop();
      if (existsSync(home)) removeFolder(home);
    },
    api: async (method, path, body) => {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${live().token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} was refused with ${answer.status}: ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
  };
}
