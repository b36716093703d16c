import type { Context } from 'hono';
import { z } from 'zod';
import type { Route } from '../contract/index.ts';
import type { FieldIssue } from '../domain/errors.ts';
import { problem } from './problem.ts';

/** The largest body that is read, in bytes. */
const MAX_BODY_BYTES = 1_000_000;

/** What a handler gets: everything parsed by the route's schemas. */
export interface Input<R extends Route> {
  readonly params: R['params'] extends z.ZodObject ? z.output<R['params']> : undefined;
  readonly query: R['query'] extends z.ZodObject ? z.output<R['query']> : undefined;
  readonly body: R['body'] extends z.ZodType ? z.output<R['body']> : undefined;
}

/** Either the parsed part, or the answer that refuses it. */
type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly response: Response };

const NOTHING = z.strictObject({});

/** Reads the query strictly: unknown and repeated fields are refused with their path. */
export function readQuery(c: Context, route: Route): Parsed {
  const given = new URL(c.req.url).searchParams;
  // Object.fromEntries makes a field of `__proto__` too, so that it is refused like any other that nobody knows.
  const query = Object.fromEntries(
    [...new Set(given.keys())].map((key) => {
      const [first, ...more] = given.getAll(key);
      return [key, more.length === 0 ? first : [first, ...more]];
    }),
  );
  return parse(c, route.query ?? NOTHING, query, 'query');
}

/** Reads the path's parameters. What no schema admits does not exist. */
export function readParams(c: Context, route: Route): Parsed {
  if (!route.params) return { ok: true, value: undefined };
  const parsed = route.params.safeParse(c.req.param());
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, response: problem(c, 'not-found', 'There is nothing under this address.') };
}

/** Reads the JSON body: 415 before 413 before 400 before 422. */
export async function readBody(c: Context, route: Route): Promise<Parsed> {
  if (!route.body) return { ok: true, value: undefined };
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return { ok: false, response: problem(c, 'unsupported-media-type', 'Send the body as application/json.') };
  }
  // RFC 9110, 15.5.16: also for a coding (gzip) that is not undone here.
  const coding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (coding !== 'identity')
    return { ok: false, response: problem(c, 'unsupported-media-type', 'Send the body uncompressed.') };
  const bytes = await readLimited(c.req.raw);
  if (bytes === 'too-large')
    return { ok: false, response: problem(c, 'too-large', 'A body can have one megabyte at most.') };
  if (bytes === 'cut-off')
    return { ok: false, response: problem(c, 'malformed-request', 'The body did not come whole.') };
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { ok: false, response: problem(c, 'not-json', 'The body cannot be read as JSON.') };
  }
  return parse(c, route.body, json, 'body');
}

/** `too-large` when the body is over the limit; nothing over it is kept. `cut-off` when its sender went away. */
async function readLimited(request: Request): Promise<Uint8Array | 'too-large' | 'cut-off'> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > MAX_BODY_BYTES) return 'too-large';
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const next = await reader.read().catch(() => null);
    if (next === null) return 'cut-off';
    const { done, value } = next;
    if (done) break;
    size += value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader.cancel();
      return 'too-large';
    }
    chunks.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

function parse(c: Context, schema: z.ZodType, value: unknown, where: 'query' | 'body'): Parsed {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors = parsed.error.issues.flatMap((issue) => fieldIssues(issue));
  return { ok: false, response: problem(c, 'invalid', `Some fields of the ${where} are not valid.`, { errors }) };
}

/** One entry per field; unknown keys each get their own path. */
function fieldIssues(issue: z.core.$ZodIssue): FieldIssue[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'There is no such field.' }));
}
