import type { z } from 'zod';
import { PROBLEMS, type Problem, problemSchema, type Route } from '../../src/contract/index.ts';
import type { ContractHost } from './host.ts';

type Answer<R extends Route> = R['answer'] extends z.ZodType ? z.output<R['answer']> : null;

/** What a call is made of; loose, since the suite also says what is wrong. */
export interface Ask {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
}

/** Calls a route and parses the answer by the contract; anything but its declared status fails the test. */
export async function call<R extends Route>(host: ContractHost, route: R, ask: Ask = {}): Promise<Answer<R>> {
  const answered = await send(host, route, ask);
  if (answered.status !== route.status) throw new Error(`${route.id} answered ${answered.status}: ${answered.text}`);
  if (route.answer === null) return null as Answer<R>;
  return route.answer.parse(JSON.parse(answered.text)) as Answer<R>;
}

/** Calls a route that must be refused; the problem document is checked for its form. */
export async function refusal(host: ContractHost, route: Route, ask: Ask = {}): Promise<Problem> {
  return problemOf(await send(host, route, ask));
}

/** Reads a problem document; its status and title must be those of its code. */
export function problemOf(answered: Awaited<ReturnType<ContractHost['fetch']>>): Problem {
  if (answered.status < 400) throw new Error(`not refused: ${answered.status} ${answered.text}`);
  const problem = problemSchema.parse(JSON.parse(answered.text));
  const known = Object.entries(PROBLEMS).find(([code]) => code === problem.code)?.[1];
  if (!known || known.status !== answered.status || known.title !== problem.title || problem.status !== answered.status)
    throw new Error(`not as declared: ${answered.status} ${answered.text}`);
  if (!answered.headers['content-type']?.startsWith('application/problem+json'))
    throw new Error(`not a problem document: ${answered.headers['content-type']}`);
  return problem;
}

function send(host: ContractHost, route: Route, { params = {}, query = {}, body }: Ask) {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return host.fetch(search.size > 0 ? `${path}?${search}` : path, {
    method: route.method.toUpperCase(),
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
}

/** Waits until `find` gives something. */
export async function eventually<T>(
  what: string,
  find: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  withinMs = 8_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${withinMs} ms passed while waiting for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
