import { MusterError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import { networkError } from './network-error.ts';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 10_000_000;
const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What must not reach a host that it was not meant for. */
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization'];

type Init = NonNullable<Parameters<HttpClient['fetch']>[1]>;

/**
 * A `fetch` that always ends: the answer is read whole, within `timeoutMs` (15 s) and `maxBytes` (10 MB). Rejects with `timeout`,
 * `cancelled` (the caller's signal), `platform-unreachable`, `insecure-connection` or `protocol-error`; an HTTP error status is an
 * answer. Redirects to another origin lose the credentials, and are not followed with a body or out of TLS.
 */
export function httpClient(clock: Clock, send: typeof fetch = fetch): HttpClient {
  return {
    async fetch(input, init = {}) {
      const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, ...rest } = init;
      const late = new AbortController();
      const dispose = clock.after(timeoutMs, () => late.abort());
      const request = new Request(input, rest);
      const signal = AbortSignal.any([late.signal, request.signal]);
      try {
        return await exchange(send, request, signal, maxBytes);
      } catch (thrown) {
        if (late.signal.aborted) {
          throw new MusterError('timeout', 'The other side did not answer in time.', { params: { timeoutMs } });
        }
        if (request.signal.aborted) {
          throw new MusterError('cancelled', 'The request was cancelled.', { cause: thrown });
        }
        throw networkError(thrown);
      } finally {
        dispose();
      }
    },
  };
}

async function exchange(send: typeof fetch, first: Request, signal: AbortSignal, maxBytes: number): Promise<Response> {
  const mode = first.redirect;
  const body = first.body === null ? null : await first.arrayBuffer();
  let url = new URL(first.url);
  let init: Init = { method: first.method, headers: new Headers(first.headers), body };
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(url.href, { ...init, redirect: 'manual', signal });
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
    if (location === null || mode === 'manual') return whole(response, maxBytes);
    await response.body?.cancel();
    if (mode === 'error' || redirects >= MOST_REDIRECTS || !URL.canParse(location, url.href)) {
      throw new MusterError('protocol-error', 'The other side sent us somewhere else once too often.');
    }
    const next = new URL(location, url.href);
    init = redirected(init, response.status, url, next);
    url = next;
  }
}

function redirected(init: Init, status: number, from: URL, to: URL): Init {
  const toGet = status === 303 || ((status === 301 || status === 302) && init.method === 'POST');
  const headers = new Headers(init.headers);
  const next: Init = { ...init, headers };
  if (toGet && init.method !== 'HEAD') {
    next.method = 'GET';
    next.body = null;
    for (const name of ['content-type', 'content-length', 'content-encoding']) headers.delete(name);
  }
  if (to.origin === from.origin) return next;
  const leavesTls = from.protocol === 'https:' && to.protocol !== 'https:';
  if (leavesTls || !to.protocol.startsWith('http') || (next.body !== null && next.body !== undefined)) {
    throw new MusterError('protocol-error', 'The other side sent us to another server, which is not safe to follow.', {
      params: { host: to.host },
    });
  }
  for (const name of CREDENTIALS) headers.delete(name);
  return next;
}

/** The answer with its body in memory, so that no one has to hold time and size in mind while reading it. */
async function whole(response: Response, maxBytes: number): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body) {
    for await (const chunk of response.body) {
      size += chunk.byteLength;
      if (size > maxBytes) {
        throw new MusterError('protocol-error', 'The answer is larger than is sensible.', { params: { maxBytes } });
      }
      chunks.push(chunk);
    }
  }
  const headers = new Headers(response.headers);
  // They describe the bytes on the wire; these are decoded.
  headers.delete('content-encoding');
  headers.delete('content-length');
  const bodyless = response.status === 204 || response.status === 205 || response.status === 304;
  const { status, statusText } = response;
  return new Response(bodyless ? null : Buffer.concat(chunks), { status, statusText, headers });
}
