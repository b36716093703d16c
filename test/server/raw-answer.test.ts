import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { PROBLEMS, problemSchema } from '../../src/contract/index.ts';
import { answerMalformed } from '../../src/server/raw-answer.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Everything that comes back for these bytes, and for `then` after the first answer, until the server closes the connection. */
async function spoken(
  bytes: string,
  options: ServerOptions = {},
  handle?: RequestListener,
  then = '',
): Promise<string> {
  const server = createServer(options, handle ?? ((_request, response) => void response.end('fine')));
  answerMalformed(server);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      if (text === '' && then !== '') socket.write(then);
      text += chunk;
    });
    socket.on('error', reject).on('close', () => resolve(text));
  });
}

function problemIn(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toContain('content-type: application/problem+json');
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(head).toContain('connection: close');
  const problem = problemSchema.parse(JSON.parse(body));
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${problem.status} `));
  expect(Object.entries(PROBLEMS).find(([code]) => code === problem.code)?.[1].status).toBe(problem.status);
  return problem.code;
}

it.each([
  ['no HTTP', 'hello\r\n\r\n', 'malformed-request'],
  ['a method that there is not', 'FOO / HTTP/1.1\r\nHost: a\r\n\r\n', 'malformed-request'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'malformed-request'],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 'malformed-request'],
  [
    'a length beside chunks',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n',
    'malformed-request',
  ],
  ['a header without an end', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 'headers-too-large'],
  ['an address without an end', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 'headers-too-large'],
  ['somebody who looks for a proxy', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n', 'method-not-allowed'],
])('answers %s with a problem document', async (_what, bytes, code) => {
  expect(problemIn(await spoken(bytes))).toBe(code);
});

it('answers who does not come to an end', async () => {
  const options = { headersTimeout: 60, requestTimeout: 60, connectionsCheckingInterval: 20 };
  expect(problemIn(await spoken('GET / HTTP/1.1\r\nHost: a\r\n', options))).toBe('request-timeout');
  const body = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{';
  expect(problemIn(await spoken(body, options, (request) => void request.resume()))).toBe('request-timeout');
});

it('ends an answer that is under way, and does not put another into it', async () => {
  const bytes = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
  const begin: RequestListener = (_request, response) => void response.writeHead(200).write('begun');
  const answer = await spoken(bytes, {}, begin, 'zz\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 200[\s\S]*begun/);
  expect(answer).not.toContain('problem');
});

it('answers what comes after a good request on the same connection', async () => {
  const both = await spoken('GET / HTTP/1.1\r\nHost: a\r\n\r\n', {}, undefined, 'nonsense\r\n\r\n');
  expect(both).toContain('fine');
  expect(problemIn(both.slice(both.lastIndexOf('HTTP/1.1')))).toBe('malformed-request');
});

it('leaves expectations alone that it does not know', async () => {
  const answer = await spoken('GET / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 200/);
});
