import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readServerFile, type ServerFile } from '../../../../src/infra/home/server-file.ts';
import { removeFolder } from '../../../support/remove-folder.ts';
import { type StartedProcess, startProcess } from '../../../support/started-process.ts';
import { ApiClient, type Carry } from './api-client.ts';
import { EventTail } from './event-tail.ts';

/** The command as people run it. */
export const MUSTER = join(import.meta.dirname, '../../../../src/cli/muster.mjs');
/** Opens the vaults of tests. */
export const VAULT_KEY = Buffer.alloc(32, 7).toString('base64');

/** A home of its own, removed by `remove`. */
export function makeHome(): { readonly home: string; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), 'muster-e2e-'));
  return { home, remove: () => removeFolder(home) };
}

/** The environment of a Muster on a home: secrets in the vault, nothing else of this process. */
export function environmentOf(home: string): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { PATH, HOME: home, MUSTER_HOME: home, MUSTER_KEYCHAIN: 'vault', MUSTER_VAULT_KEY: VAULT_KEY };
}

/** A running `muster serve`, a process of its own. */
export interface ServedMuster {
  readonly home: string;
  readonly server: ServerFile;
  readonly process: StartedProcess;
  readonly api: ApiClient;
  readonly carry: Carry;
  events(lastEventId?: number): Promise<EventTail>;
  /** kill -9: nothing of it runs any more when it resolves. */
  kill(): Promise<void>;
  /** As a user or the system ends it; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `muster serve` on a home and waits until it says that it answers. */
export async function serveMuster(home: string, env: NodeJS.ProcessEnv = {}): Promise<ServedMuster> {
  const args = [MUSTER, 'serve', '--port', '0', '--home', home];
  const started = startProcess(process.execPath, args, { ...environmentOf(home), ...env });
  await started.until(/https?:\/\/127\.0\.0\.1:\d+/, 20_000);
  const server = readServerFile(home);
  if (!server) throw new Error(`There is no server.json.\n${started.output()}`);
  const tails: EventTail[] = [];
  const carry: Carry = (path, init) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${server.token}`);
    return fetch(new URL(path, server.url), { ...init, headers });
  };
  const end = async (signal: NodeJS.Signals) => {
    for (const tail of tails.splice(0)) await tail.close();
    const { child } = started;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    home,
    server,
    process: started,
    api: new ApiClient(carry),
    carry,
    events: async (lastEventId) => {
      const tail = await EventTail.open(carry, lastEventId);
      tails.push(tail);
      return tail;
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** Runs one `muster` command to its end. */
export async function runMuster(
  home: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<{ code: number | null; output: string }> {
  const env = { ...environmentOf(home), ...options.env };
  const started = startProcess(process.execPath, [MUSTER, ...args], env, options.input);
  const { child } = started;
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return { code: child.exitCode, output: started.output() };
}
