import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { removeFolder } from '../support/remove-folder.ts';
import { type StartedProcess, startProcess } from '../support/started-process.ts';
import type { ContractHost, HeardFrame } from './host.ts';
import { frameReader } from './read-frames.ts';

const fileSchema = z.object({
  url: z.string(),
  token: z.string(),
  port: z.number(),
  pid: z.number(),
  instance: z.string(),
});
const MUSTER = join(import.meta.dirname, '../../src/cli/muster.mjs');

/** `muster serve` as a child process, with what only a socket has. */
export interface ServeHost extends ContractHost {
  readonly home: string;
  readonly process: StartedProcess;
  /** What `server.json` says now. */
  server(): z.infer<typeof fileSchema>;
  /** Kills it with -9, or stops it, and starts it again on the same home. */
  restart(how: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Environment of a child: nothing of the real home or keychain. */
export function childEnv(home: string, extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    MUSTER_HOME: home,
    MUSTER_KEYCHAIN: 'memory',
    TZ: 'UTC',
    ...extra,
  };
}

/** Starts `muster serve` on a fresh home and a free port. */
export async function startServe(extra: Record<string, string> = {}): Promise<ServeHost> {
  const home = mkdtempSync(join(tmpdir(), 'muster-serve-'));
  const start = () => startProcess(process.execPath, [MUSTER, 'serve', '--port', '0'], childEnv(home, extra));
  let child = start();
  const closing = new Set<() => Promise<void>>();
  const ready = () => child.until(/is ready at/, 20_000);
  const server = () => fileSchema.parse(JSON.parse(readFileSync(join(home, 'server.json'), 'utf8')));
  try {
    await ready();
  } catch (thrown) {
    await child.stop();
    throw thrown;
  }
  const authorised = () => ({ authorization: `Bearer ${server().token}` });
  return {
    home,
    get process() {
      return child;
    },
    server,
    async fetch(path, init = {}) {
      const response = await fetch(new URL(path, server().url), {
        ...init,
        headers: { ...authorised(), ...init.headers },
        redirect: 'manual',
      });
      return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
    },
    async events(lastEventId) {
      const abort = new AbortController();
      const response = await fetch(new URL('/v1/events', server().url), {
        headers: { ...authorised(), ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }) },
        signal: abort.signal,
      });
      if (response.status !== 200 || !response.body) throw new Error(`/v1/events answered ${response.status}`);
      const frames: HeardFrame[] = [];
      const read = frameReader((frame) => frames.push(frame));
      const { body } = response;
      const done = (async () => {
        const decoder = new TextDecoder();
        for await (const chunk of body) read(decoder.decode(chunk, { stream: true }));
      })().catch(() => undefined);
      const close = async () => {
        closing.delete(close);
        abort.abort();
        await done;
      };
      closing.add(close);
      return { frames, close };
    },
    async restart(how) {
      const gone = new Promise((resolve) => child.child.once('exit', resolve));
      child.child.kill(how);
      await gone;
      child = start();
      await ready();
    },
    async close() {
      for (const close of [...closing]) await close();
      await child.stop();
      removeFolder(home);
    },
  };
}
