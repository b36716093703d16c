import type { z } from 'zod';
import { type Problem, problemSchema, type Route } from '../../../../src/contract/index.ts';

/** Carries a request to a core: over a socket, or to the API of a core in this process. `path` begins with a slash. */
export type Carry = (path: string, init: RequestInit) => Promise<Response>;

/** What a route takes, as a client writes it. */
type Ask<R extends Route> = {
  readonly [Part in 'params' | 'query' | 'body' as R[Part] extends z.ZodType ? Part : never]: R[Part] extends z.ZodType
    ? z.input<R[Part]>
    : never;
};
type Optional<T> = keyof T extends never ? [ask?: T] : 'body' extends keyof T ? [ask: T] : [ask?: Partial<T>];
type Params<R extends Route> = R['params'] extends z.ZodType ? [ask: Ask<R>] : Optional<Ask<R>>;
type Answer<R extends Route> = R['answer'] extends z.ZodType ? z.output<R['answer']> : null;

/** A client's mistake, as the server tells it. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail} ${JSON.stringify(problem.errors ?? [])}`);
    this.problem = problem;
  }
}

/** A client of the contract: what it gets back is parsed by the route's own schema, so that a wrong shape fails the test. */
export class ApiClient {
  readonly carry: Carry;

  constructor(carry: Carry) {
    this.carry = carry;
  }

  /** Calls a route. Rejects with `Refused` for a problem document. */
  async call<R extends Route>(route: R, ...[ask]: Params<R> | []): Promise<Answer<R>> {
    const given: { params?: object; query?: object; body?: unknown } = ask ?? {};
    let path = route.path;
    for (const [name, value] of Object.entries(given.params ?? {}))
      path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
    const query = new URLSearchParams(Object.entries(given.query ?? {}).map(([name, value]) => [name, String(value)]));
    if (query.size > 0) path += `?${query}`;
    const response = await this.raw(route.method, path, given.body);
    const text = await response.text();
    if (response.status !== route.status) throw new Refused(problemSchema.parse(JSON.parse(text)));
    if (!route.answer) return null as Answer<R>;
    return route.answer.parse(JSON.parse(text)) as Answer<R>;
  }

  /** Resolves with the problem that a call is refused with; rejects when it is not refused. */
  async refusal(call: Promise<unknown>): Promise<Problem> {
    try {
      await call;
    } catch (thrown) {
      if (thrown instanceof Refused) return thrown.problem;
      throw thrown;
    }
    throw new Error('The call was not refused.');
  }

  /** One request; a body is sent as JSON. */
  raw(method: string, path: string, body?: unknown): Promise<Response> {
    return this.carry(path, {
      method: method.toUpperCase(),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  }
}
