import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { idSchema, problemSchema } from '../contract/index.ts';
import { SECOND_MS } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Muster } from '../services/create-muster.ts';
import type { HookAnswer } from '../services/webhooks/webhooks.ts';
import { problem } from './problem.ts';

/** How long a sender may take over its body. */
const BODY_TIMEOUT_MS = 10 * SECOND_MS;
const PATH = '/hooks/{platform}/{accountId}';

/** Inbound webhooks. Nobody signs in here: each delivery proves itself, by its platform's way. */
export function bindHooks(app: OpenAPIHono, muster: Muster, clock: Clock): void {
  const { webhooks } = muster;
  describeHooks(app);
  app.on(['GET', 'POST'], '/hooks/:platform/:accountId', async (c) => {
    const { platform, accountId } = c.req.param();
    const maxBytes = webhooks.maxBytes(platform, accountId);
    if (maxBytes === null) return answered(c, { kind: 'unknown' });
    const body = await readRaw(c.req.raw, maxBytes, clock);
    if (body === 'too-large') return answered(c, webhooks.refuse(accountId, 'too-large', 'the delivery is too large'));
    if (body === 'too-slow') return answered(c, webhooks.refuse(accountId, 'rejected', 'the delivery did not end'));
    const answer = await webhooks.receive(platform, accountId, {
      method: c.req.method === 'POST' ? 'POST' : 'GET',
      query: new URL(c.req.url).searchParams,
      headers: new Map(c.req.raw.headers),
      body,
    });
    return answered(c, answer);
  });
  app.all('/hooks/:platform/:accountId', (c) =>
    problem(c, 'method-not-allowed', 'Use POST here.', { headers: { allow: 'GET, POST' } }),
  );
}

function answered(c: Context, answer: HookAnswer): Response {
  switch (answer.kind) {
    case 'answer':
      return c.body(answer.body, answer.status, { 'content-type': answer.contentType, 'cache-control': 'no-store' });
    case 'unknown':
      return problem(c, 'not-found', 'There is nothing under this address.');
    case 'too-large':
      return problem(c, 'too-large', 'The delivery is larger than this platform sends.');
    case 'rejected':
      return problem(c, 'unauthorized', 'The delivery does not prove where it comes from.');
    case 'too-many':
      return problem(c, 'rate-limited', 'Too many deliveries were rejected within the hour.', retry(answer));
    case 'full':
    case 'busy':
      return problem(c, 'busy', 'Muster cannot take this now. Deliver it again later.', retry(answer));
  }
}

const retry = ({ retryAfterSeconds }: { readonly retryAfterSeconds: number }) => ({
  headers: { 'retry-after': String(retryAfterSeconds) },
});

/** The body as it came, without reading more than is allowed or for longer than is sensible. */
async function readRaw(
  request: Request,
  maxBytes: number,
  clock: Clock,
): Promise<Uint8Array<ArrayBuffer> | 'too-large' | 'too-slow'> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return 'too-large';
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  let late = false;
  const dispose = clock.after(BODY_TIMEOUT_MS, () => {
    late = true;
    void reader.cancel();
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (late) return 'too-slow';
      if (done) return Uint8Array.from(Buffer.concat(chunks));
      size += value.byteLength;
      if (size > maxBytes) {
        void reader.cancel();
        return 'too-large';
      }
      chunks.push(value);
    }
  } catch {
    // The sender went away.
    return 'too-slow';
  } finally {
    dispose();
  }
}

function describeHooks(app: OpenAPIHono): void {
  const problems = (statuses: readonly number[]) =>
    Object.fromEntries(
      statuses.map((status) => [
        status,
        { description: 'Problem', content: { 'application/problem+json': { schema: problemSchema } } },
      ]),
    );
  const request = { params: z.strictObject({ platform: z.string(), accountId: idSchema }) };
  app.openAPIRegistry.registerPath({
    operationId: 'receiveWebhook',
    method: 'post',
    path: PATH,
    summary: 'Takes a platform’s events; authentic by the platform’s own signature, token or JWT on the raw body',
    security: [],
    request,
    responses: {
      200: { description: 'Kept, or the platform’s handshake' },
      202: { description: 'Kept' },
      ...problems([401, 404, 413, 429, 503]),
    },
  });
  app.openAPIRegistry.registerPath({
    operationId: 'confirmWebhook',
    method: 'get',
    path: PATH,
    summary: 'The handshake of platforms that ask by GET',
    security: [],
    request,
    responses: { 200: { description: 'The challenge' }, ...problems([401, 403, 404, 429, 503]) },
  });
}
