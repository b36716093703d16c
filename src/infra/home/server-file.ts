import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { HttpClient } from '../../ports/http-client.ts';
import { writeAtomic } from './write-atomic.ts';

const serverFileSchema = z.object({
  url: z.url(),
  host: z.string(),
  port: z.number().int(),
  /** The one secret that lies in a file; new at every start. */
  token: z.string().min(1),
  pid: z.number().int(),
  instance: z.string().min(1),
  version: z.string(),
});

/** How other programs find the core of a home. */
export type ServerFile = z.infer<typeof serverFileSchema>;

/** How long a live core may take to say who it is, in milliseconds. */
const ANSWER_MS = 2_000;

const pathOf = (home: string) => join(home, 'server.json');

/** Says in the home where the core answers; 0600. */
export function writeServerFile(home: string, server: ServerFile): void {
  writeAtomic(pathOf(home), `${JSON.stringify(server, null, 2)}\n`);
}

/** What the home says; null when nothing (readable) is there. It may be stale. */
export function readServerFile(home: string): ServerFile | null {
  try {
    return serverFileSchema.parse(JSON.parse(readFileSync(pathOf(home), 'utf8')));
  } catch {
    return null;
  }
}

/** Removes the file on a clean stop, unless it is by now another core's. */
export function removeServerFile(home: string, instance: string): void {
  if (readServerFile(home)?.instance === instance) rmSync(pathOf(home), { force: true });
}

/** The home's core, if it answers at its URL as the instance that the file names; null when there is none. */
export async function findLiveServer(home: string, http: HttpClient): Promise<ServerFile | null> {
  const server = readServerFile(home);
  if (!server) return null;
  try {
    const response = await http.fetch(new URL('/v1/health', server.url), { timeoutMs: ANSWER_MS });
    const health = z.object({ instance: z.string() }).safeParse(await response.json());
    return health.success && health.data.instance === server.instance ? server : null;
  } catch {
    return null;
  }
}
