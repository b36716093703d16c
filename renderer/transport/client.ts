import './no-eval.ts';

import type { z } from 'zod';
import { problemSchema, type RouteId, routes } from '../../src/contract/index.ts';
import { ApiError, errorOfProblem } from './api-error.ts';

type Routes = typeof routes;
type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;
type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? { readonly [Key in Name]: z.input<Schema> }
  : object;

/** What a route is called with: its params, its query (every field may be left out) and its body. */
export type CallInput<Id extends RouteId> = Part<'params', Routes[Id]['params']> &
  Part<'body', Routes[Id]['body']> & { readonly query?: Partial<InputOf<Routes[Id]['query']>> };

/** What a route answers; undefined for 204. */
export type CallAnswer<Id extends RouteId> = Routes[Id]['answer'] extends z.ZodType
  ? z.output<Routes[Id]['answer']>
  : undefined;

/** Calls any JSON route of the contract. Fails with an ApiError and nothing else. */
export type Call = <Id extends RouteId>(id: Id, input: CallInput<Id>, signal?: AbortSignal) => Promise<CallAnswer<Id>>;

/** What a client is made of, so that tests can stand in for the network. */
export type ClientOptions = {
  readonly fetch: typeof fetch;
  /** After which an answer is not waited for any more. */
  readonly timeoutMs?: number;
  /** Told of every 401 of a route that needs a session: it is over. */
  readonly onSignedOut?: () => void;
};

type LooseInput = { readonly params?: object; readonly query?: object; readonly body?: unknown };

/** The address of a call: params filled into the path, the query's defined values behind it. */
export const addressOf = (path: string, params: object | undefined, query: object | undefined): string => {
  const values = new Map(Object.entries(params ?? {}));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search.toString()}`;
};

const readJson = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch (cause) {
    throw new ApiError('unexpected-answer', 'Muster’s answer could not be read.', { status: response.status, cause });
  }
};

const errorOfResponse = async (response: Response): Promise<ApiError> => {
  const problem = problemSchema.safeParse(await readJson(response).catch(() => null));
  if (problem.success) return errorOfProblem(problem.data);
  return new ApiError('unexpected-answer', `Muster’s address answered ${response.status} without saying why.`, {
    status: response.status,
  });
};

/** The one client of the interface, over the page's own origin: loopback in a browser, the private scheme in a window. */
export const createClient = ({ fetch, timeoutMs = 30_000, onSignedOut }: ClientOptions): Call => {
  const send = async (address: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      return await fetch(address, {
        ...init,
        credentials: 'same-origin',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
    } catch (cause) {
      if (timeout.aborted) throw new ApiError('timeout', 'Muster took too long to answer.', { cause });
      throw new ApiError('unreachable', 'Muster does not answer.', { cause });
    }
  };

  return async <Id extends RouteId>(id: Id, input: CallInput<Id>, signal?: AbortSignal): Promise<CallAnswer<Id>> => {
    const route: Routes[RouteId] = routes[id];
    const { params, query, body }: LooseInput = input;
    const init: RequestInit =
      route.body === null
        ? { method: route.method.toUpperCase() }
        : {
            method: route.method.toUpperCase(),
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          };
    const response = await send(addressOf(route.path, params, query), init, signal);
    // A refused link says nothing about an earlier session.
    if (response.status === 401 && route.auth === 'required') onSignedOut?.();
    if (!response.ok) throw await errorOfResponse(response);
    const answer: z.ZodType | null = route.answer;
    if (answer === null) return undefined as CallAnswer<Id>;
    const parsed = answer.safeParse(await readJson(response));
    if (!parsed.success) {
      throw new ApiError(
        'unexpected-answer',
        'Muster’s answer is not what this version of the interface understands.',
        {
          status: response.status,
          cause: parsed.error,
        },
      );
    }
    // The schema that parsed it is the one that the type is inferred from; the index by a type parameter hides that.
    return parsed.data as CallAnswer<Id>;
  };
};
