import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MusterError } from '../../../src/domain/errors.ts';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { networkError } from '../../../src/infra/http/network-error.ts';
import { FakeClock } from '../../support/fake-clock.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function listen(answer: Answer): Promise<{ url: string; server: Server }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing thrown',
    (thrown) => (thrown instanceof MusterError ? thrown.code : String(thrown)),
  );

describe('the HTTP client', () => {
  let answer: Answer;
  let one: Awaited<ReturnType<typeof listen>>;
  let two: Awaited<ReturnType<typeof listen>>;
  let seen: IncomingMessage[];
  const clock = new FakeClock();
  const http = httpClient(clock);
  beforeEach(async () => {
    seen = [];
    one = await listen((request, response) => answer(request, response));
    two = await listen((request, response) => {
      seen.push(request);
      response.end('second');
    });
  });
  afterEach(() => {
    expect(clock.pending).toBe(0);
    for (const { server } of [one, two]) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('gives the answer, also an error one, with status, headers and body', async () => {
    answer = (_request, response) => response.writeHead(429, { 'retry-after': '7' }).end('{"ok":false}');
    const response = await http.fetch(one.url);
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
      429,
      '7',
      { ok: false },
    ]);
  });

  it('sends method, headers and body', async () => {
    answer = (request, response) => request.pipe(response.setHeader('x-method', request.method ?? ''));
    const response = await http.fetch(one.url, { method: 'POST', body: new URLSearchParams({ a: 'b c' }) });
    expect([response.headers.get('x-method'), await response.text()]).toEqual(['POST', 'a=b+c']);
  });

  it('gives up when the headers or the body take too long', async () => {
    answer = () => undefined;
    const silent = codeOf(http.fetch(one.url, { timeoutMs: 1_000 }));
    await clock.advance(1_000);
    expect(await silent).toBe('timeout');
    answer = (_request, response) => void response.writeHead(200).write('half');
    const half = codeOf(http.fetch(one.url, { timeoutMs: 1_000 }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await clock.advance(1_000);
    expect(await half).toBe('timeout');
  });

  it('is cancelled by its caller', async () => {
    answer = () => undefined;
    const abort = new AbortController();
    const fetching = codeOf(http.fetch(one.url, { signal: abort.signal }));
    abort.abort(new Error('enough'));
    expect(await fetching).toBe('cancelled');
    expect(await codeOf(http.fetch(one.url, { signal: AbortSignal.abort() }))).toBe('cancelled');
  });

  it('refuses more than it asked for', async () => {
    answer = (_request, response) => response.end('x'.repeat(2_000));
    expect(await codeOf(http.fetch(one.url, { maxBytes: 1_999 }))).toBe('protocol-error');
    expect(await (await http.fetch(one.url, { maxBytes: 2_000 })).text()).toHaveLength(2_000);
  });

  it('says what a failed connection means', async () => {
    const { url, server } = await listen(() => undefined);
    server.close();
    expect(await codeOf(http.fetch(url))).toBe('platform-unreachable');
    answer = (request) => request.socket.destroy();
    expect(await codeOf(http.fetch(one.url))).toBe('platform-unreachable');
    const tcp = createTcpServer((socket) => socket.end('not http\r\n\r\n'));
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    expect(await codeOf(http.fetch(`http://127.0.0.1:${(tcp.address() as AddressInfo).port}`))).toBe('protocol-error');
    tcp.close();
  });

  it.each([
    ['ENOTFOUND', 'platform-unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['CERT_HAS_EXPIRED', 'insecure-connection'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'insecure-connection'],
    ['HPE_INVALID_CONSTANT', 'protocol-error'],
  ])('takes %s as %s', (code, expected) => {
    const cause = new AggregateError([Object.assign(new Error('x'), { code })]);
    expect(networkError(new TypeError('fetch failed', { cause })).code).toBe(expected);
  });

  it('follows redirects, but takes no credentials to another server', async () => {
    answer = (_request, response) => response.writeHead(302, { location: `${two.url}/there` }).end();
    const headers = { authorization: 'Bearer abc', cookie: 'a=b', accept: 'text/plain' };
    expect(await (await http.fetch(one.url, { headers })).text()).toBe('second');
    expect(seen[0]?.url).toBe('/there');
    expect(seen[0]?.headers).toMatchObject({ accept: 'text/plain' });
    expect(seen[0]?.headers.authorization).toBeUndefined();
    expect(seen[0]?.headers.cookie).toBeUndefined();
  });

  it('keeps credentials on the same server', async () => {
    answer = (request, response) =>
      request.url === '/'
        ? response.writeHead(307, { location: '/next' }).end()
        : response.end(request.headers.authorization);
    expect(await (await http.fetch(`${one.url}/`, { headers: { authorization: 'Bearer abc' } })).text()).toBe(
      'Bearer abc',
    );
  });

  it('takes no body to another server, and does not run in circles', async () => {
    answer = (_request, response) => response.writeHead(307, { location: two.url }).end();
    expect(await codeOf(http.fetch(one.url, { method: 'POST', body: 'token=abc' }))).toBe('protocol-error');
    expect(seen).toEqual([]);
    answer = (_request, response) => response.writeHead(302, { location: '/' }).end();
    expect(await codeOf(http.fetch(one.url))).toBe('protocol-error');
  });
});
