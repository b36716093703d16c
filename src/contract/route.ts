import type { z } from 'zod';
import type { ProblemCode } from './schemas/problem.ts';

/**
 * One route of the contract as data: the API binds it, `openapi.json` describes it and the interface's client calls it, all from here.
 * Bodies are always JSON and required; params, query and body are strict objects, so that unknown fields are refused with their path.
 */
export interface Route<
  Params extends z.ZodObject | null = z.ZodObject | null,
  Query extends z.ZodObject | null = z.ZodObject | null,
  Body extends z.ZodType | null = z.ZodType | null,
  Answer extends z.ZodType | null = z.ZodType | null,
> {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI form: `/v1/contacts/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Null where the answer has no JSON body (204, pictures, event streams, plain text). */
  readonly answer: Answer;
  readonly status: 200 | 201 | 204;
  /** `image`, `events` and `text` have no JSON answer. */
  readonly media: 'json' | 'none' | 'image' | 'events' | 'text';
  readonly auth: 'required' | 'none';
  /** Codes beside those that any route can answer with (see `COMMON_PROBLEMS`). */
  readonly problems: readonly ProblemCode[];
}

type Given = Partial<Route> & Pick<Route, 'id' | 'method' | 'path' | 'summary'>;

type Filled<R extends Given> = Route<
  R['params'] extends z.ZodObject ? R['params'] : null,
  R['query'] extends z.ZodObject ? R['query'] : null,
  R['body'] extends z.ZodType ? R['body'] : null,
  R['answer'] extends z.ZodType ? R['answer'] : null
>;

/** Declares a route; what is left out is absent (no params, no body, 204 without an answer). */
export function defineRoute<const R extends Given>(route: R): Filled<R> {
  const filled: Route = {
    params: null,
    query: null,
    body: null,
    answer: null,
    status: route.answer ? 200 : 204,
    media: route.answer ? 'json' : 'none',
    auth: 'required',
    problems: [],
    ...route,
  };
  return filled as Filled<R>;
}
