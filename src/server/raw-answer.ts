/** Problem documents for whoever is left with a bare socket: upgrades that are refused, and what never became a request. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemDocument } from '../api/problem.ts';
import type { ProblemCode } from '../contract/index.ts';
import { SECURITY_HEADERS } from './static-ui.ts';

/** Writes a problem document as a whole answer and ends the connection. */
export function answerRaw(socket: Duplex, code: ProblemCode, detail: string): void {
  const { status, headers, body } = problemDocument(code, detail);
  const lines = Object.entries({
    ...SECURITY_HEADERS,
    ...headers,
    connection: 'close',
    'content-length': String(Buffer.byteLength(body)),
  });
  const head = [`HTTP/1.1 ${status} Refused`, ...lines.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
  socket.end(`${head}\r\n\r\n${body}`);
}

/** What Node's parser and timers call it (nodejs.org/api/http.html, `clientError`). Anything else is not HTTP. */
const MALFORMED: ReadonlyMap<unknown, readonly [ProblemCode, string]> = new Map([
  ['HPE_HEADER_OVERFLOW', ['headers-too-large', 'Address and headers can have 16 KB together at most.']],
  ['ERR_HTTP_REQUEST_TIMEOUT', ['request-timeout', 'The request did not end in time. Send it again.']],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', ['too-large', 'The extensions of a chunk are too large.']],
]);
const NOT_HTTP = ['malformed-request', 'This is not a request that can be read.'] as const;

/** Lets the server answer as the API does where Node would answer without a body, or not at all. */
export function answerMalformed(server: Server): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, response);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = latest.get(socket);
    // An answer that is under way cannot become another one.
    if (error.code === 'ECONNRESET' || !socket.writable || (response?.headersSent && !response.writableEnded)) {
      socket.destroy();
      return;
    }
    answerRaw(socket, ...(MALFORMED.get(error.code) ?? NOT_HTTP));
    socket.once('finish', () => socket.destroy());
  });
  // CONNECT is for proxies; nobody is connected to anything here.
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    answerRaw(socket, 'method-not-allowed', 'Muster is no proxy.');
  });
  // RFC 9110, 10.1.1: what is expected beside 100-continue may be left alone.
  server.on('checkExpectation', (request, response) => void server.emit('request', request, response));
}
