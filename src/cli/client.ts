/** The contract's routes, called on the running server of a home. */
import type { z } from 'zod';
import { type Problem, problemSchema, type Route } from '../contract/index.ts';
import { MusterError } from '../domain/errors.ts';
import { SECOND_MS } from '../domain/time.ts';
import { systemClock } from '../infra/clock/system-clock.ts';
import { resolveHome } from '../infra/home/home.ts';
import { findLiveServer, type ServerFile } from '../infra/home/server-file.ts';
import { httpClient } from '../infra/http/http-client.ts';
import type { HttpClient } from '../ports/http-client.ts';
import { CommandFailure, EXIT } from './io.ts';

/** What a route is called with. */
type Ask<R extends Route> = (R['params'] extends z.ZodType ? { readonly params: z.input<R['params']> } : object) &
  (R['query'] extends z.ZodType ? { readonly query?: Partial<z.input<R['query']>> } : object) &
  (R['body'] extends z.ZodType ? { readonly body: z.input<R['body']> } : object);
/** What it answers; null where there is no JSON. */
type Answer<R extends Route> = R['answer'] extends z.ZodType ? z.output<R['answer']> : null;

/** Checking credentials can take a platform's whole time-out. */
const TIMEOUT_MS = 60 * SECOND_MS;
/** A home with every alert in one document. */
const MOST_BYTES = 200_000_000;

/** Calls one server. Every failure is a `CommandFailure` with a sentence. */
export class Client {
  readonly server: ServerFile;
  readonly #http: HttpClient;

  constructor(server: ServerFile, http: HttpClient) {
    this.server = server;
    this.#http = http;
  }

  /** Calls a route of the contract; the answer is parsed by its schema. */
  async call<R extends Route>(route: R, ask: Ask<R>): Promise<Answer<R>> {
    const { params, query, body }: { params?: object; query?: object; body?: unknown } = ask;
    const response = await this.#send(addressOf(this.server.url, route.path, params, query), {
      method: route.method.toUpperCase(),
      headers: { ...this.headers(), ...(route.body ? { 'content-type': 'application/json' } : {}) },
      ...(route.body ? { body: JSON.stringify(body) } : {}),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MOST_BYTES,
    });
    const json: unknown = response.status === 204 ? null : await response.json().catch(() => undefined);
    if (!response.ok) throw failureOf(response.status, problemSchema.safeParse(json).data);
    if (route.answer === null) return null as Answer<R>;
    const parsed = route.answer.safeParse(json);
    if (!parsed.success) {
      throw new CommandFailure(
        EXIT.failed,
        'unexpected-answer',
        `The server at ${this.server.url} is Muster ${this.server.version}; its answer is not what this command understands. Use the same version of both.`,
      );
    }
    // Parsed by the schema that `Answer<R>` is inferred from.
    return parsed.data as Answer<R>;
  }

  /** Every item of a list, page by page. */
  async all<Item>(
    load: (page: { limit: number; cursor?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>,
  ): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: Item[]; nextCursor: string | null } = await load({
        limit: 500,
        ...(cursor ? { cursor } : {}),
      });
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  /** What every call carries. */
  headers(): Record<string, string> {
    return { authorization: `Bearer ${this.server.token}` };
  }

  async #send(url: string, init: Parameters<HttpClient['fetch']>[1]): Promise<Response> {
    try {
      return await this.#http.fetch(url, init);
    } catch (thrown) {
      if (!(thrown instanceof MusterError)) throw thrown;
      if (thrown.code === 'timeout') throw new CommandFailure(EXIT.failed, 'timeout', 'Muster did not answer in time.');
      throw noServer('The server stopped answering.');
    }
  }
}

/** A client of the server that runs on this home. Rejects with exit code 3 when there is none. */
export async function findClient(home: string | undefined): Promise<Client> {
  const http = httpClient(systemClock);
  const server = await findLiveServer(resolveHome(home), http);
  if (!server) throw noServer('No Muster runs on this home.');
  return new Client(server, http);
}

function noServer(what: string): CommandFailure {
  return new CommandFailure(
    EXIT.server,
    'no-server',
    `${what} Start the desktop app or \`muster serve\`, or name another home with --home or MUSTER_HOME.`,
  );
}

function addressOf(base: string, path: string, params: object = {}, query: object = {}): string {
  const values = new Map<string, unknown>(Object.entries(params));
  const url = new URL(
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name)))),
    base,
  );
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

function failureOf(status: number, problem: Problem | undefined): CommandFailure {
  if (!problem)
    return new CommandFailure(EXIT.failed, 'unexpected-answer', `The server answered ${status} without saying why.`);
  const code = problem.status === 422 && problem.code === 'invalid' ? EXIT.usage : EXIT.failed;
  return new CommandFailure(code, problem.code, problem.detail, problem.errors ?? []);
}
