import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { z } from 'zod';
import { COMMON_PROBLEMS, PROBLEMS, type ProblemCode, problemSchema, type Route } from '../contract/index.ts';
import { type Input, readBody, readParams, readQuery } from './read-input.ts';

/** What a route's handler answers: the JSON of its schema, null where there is none, or (pictures, streams) a whole response. */
type Answer<R extends Route> = R['media'] extends 'image' | 'events' | 'text'
  ? Response
  : R['answer'] extends z.ZodType
    ? z.input<R['answer']>
    : null;

/** Handles one route with parsed input. */
export type Handler<R extends Route> = (
  input: Input<R>,
  c: Context,
) => Answer<R> | Response | Promise<Answer<R> | Response>;

/**
 * Binds one route of the contract: describes it for `openapi.json`, reads its input strictly and writes its answer. The one place
 * that knows the traps: bodies are always required and checked for their type before anything else.
 */
export function bindRoute<R extends Route>(app: OpenAPIHono, route: R, handler: Handler<R>): void {
  describeRoute(app, route);
  app.on(route.method.toUpperCase(), honoPath(route.path), async (c) => {
    const params = readParams(c, route);
    if (!params.ok) return params.response;
    const query = readQuery(c, route);
    if (!query.ok) return query.response;
    const body = await readBody(c, route);
    if (!body.ok) return body.response;
    // The three were parsed by the very schemas that `Input<R>` is inferred from.
    const answer = await handler({ params: params.value, query: query.value, body: body.value } as Input<R>, c);
    if (answer instanceof Response) return answer;
    if (route.answer === null) return c.body(null, 204);
    return c.json(answer, route.status === 201 ? 201 : 200, { 'cache-control': 'no-store' });
  });
}

/** The answer of a command that has nothing to say. */
export function done(_result: unknown): null {
  return null;
}

/** `/v1/contacts/{id}` as Hono writes it: `/v1/contacts/:id`. */
export function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function describeRoute(app: OpenAPIHono, route: Route): void {
  const problems: ProblemCode[] = [...COMMON_PROBLEMS, ...route.problems, ...(route.body ? BODY_PROBLEMS : [])];
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problems)
    byStatus.set(PROBLEMS[code].status, [...(byStatus.get(PROBLEMS[code].status) ?? []), code]);
  const responses = Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: `Problem: ${[...new Set(codes)].join(', ')}`,
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
  app.openAPIRegistry.registerPath({
    operationId: route.id,
    method: route.method,
    path: route.path,
    summary: route.summary,
    ...(route.auth === 'none' ? { security: [] } : {}),
    request: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { query: route.query } : {}),
      ...(route.body ? { body: { required: true, content: { 'application/json': { schema: route.body } } } } : {}),
    },
    responses: { [route.status]: successOf(route), ...responses },
  });
}

const BODY_PROBLEMS = ['not-json', 'too-large', 'unsupported-media-type'] as const satisfies readonly ProblemCode[];

function successOf(route: Route) {
  const description = route.summary;
  if (route.media === 'image')
    return { description, content: { 'image/*': { schema: { type: 'string' as const, format: 'binary' } } } };
  if (route.media === 'events')
    return { description, content: { 'text/event-stream': { schema: { type: 'string' as const } } } };
  if (route.media === 'text')
    return { description, content: { 'text/plain': { schema: { type: 'string' as const } } } };
  return route.answer ? { description, content: { 'application/json': { schema: route.answer } } } : { description };
}
