/**
 * The page that a browser comes back to after a sign-in (RFC 8252, 7.3): on loopback, for the one answer that is waited for. It shows nothing
 * of what it was given, sets nothing and loads nothing.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { MusterError } from '../../domain/errors.ts';
import type { OpenRedirect, RedirectAddress, RedirectListener } from '../../ports/oauth-redirect.ts';
import { landingPage } from './landing-page.ts';

/** How often another free port is looked for when the one of IPv4 is taken for IPv6. */
const TRIES = 5;
/** One answer may bring a long `state` and `code`; more is nobody's. */
const MOST_URL = 8_192;

/** Listens on this machine. `localhost` is both of its addresses, since the browser chooses. */
export const loopbackListener: RedirectListener = {
  async open(address, take) {
    const servers = await listen(address, (request, response, port) => answer(request, response, port));
    let over = false;
    const close = () => {
      over = true;
      for (const server of servers.all) {
        server.close();
        server.closeIdleConnections();
      }
    };
    const redirect: OpenRedirect = {
      redirectUri: `http://${address.host}:${servers.port}${address.path}`,
      close,
    };
    function answer(request: IncomingMessage, response: ServerResponse, port: number): void {
      const url = over ? null : landingOf(request, address, port);
      if (url === null) {
        refuse(request, response);
        return;
      }
      over = take(url);
      const page = landingPage(over ? 'taken' : 'foreign', request.headers['accept-language']);
      response.writeHead(over ? 200 : 400, PAGE_HEADERS).end(page);
    }
    return redirect;
  },
};

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  connection: 'close',
};

/** The whole address, when this is the browser coming back; null for everything else: other paths, other hosts, no answer in it. */
function landingOf(request: IncomingMessage, address: RedirectAddress, port: number): URL | null {
  const target = request.url ?? '';
  if (request.method !== 'GET' || !target.startsWith('/') || target.length > MOST_URL) return null;
  const base = `http://${address.host}:${port}`;
  // A page of another name that resolves to this machine is no browser of ours.
  if (request.headers.host !== `${address.host}:${port}` || !URL.canParse(target, base)) return null;
  const url = new URL(target, base);
  const answered = url.searchParams.has('code') || url.searchParams.has('error');
  return url.pathname === address.path && url.origin === base && answered ? url : null;
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(404, { 'content-type': 'text/plain', 'cache-control': 'no-store', connection: 'close' }).end();
}

type Answer = (request: IncomingMessage, response: ServerResponse, port: number) => void;

async function listen(address: RedirectAddress, answer: Answer): Promise<{ port: number; all: Server[] }> {
  const wanted = address.ports === 'any' ? Array<number>(TRIES).fill(0) : address.ports;
  for (const port of wanted) {
    const first = await listenOn('127.0.0.1', port, answer);
    if (first === 'taken' || first === 'absent') continue;
    const chosen = portOf(first);
    if (address.host !== 'localhost') return { port: chosen, all: [first] };
    const second = await listenOn('::1', chosen, answer);
    if (second === 'absent') return { port: chosen, all: [first] };
    if (second !== 'taken') return { port: chosen, all: [first, second] };
    // Somebody else would be given what comes to the other address.
    first.close();
  }
  throw new MusterError(
    'conflict',
    address.ports === 'any'
      ? 'No free port was found for the browser to come back to. Try again.'
      : `The ports that the browser may come back to (${address.ports.join(', ')}) are all taken by other programs. Close one and try again.`,
  );
}

function listenOn(host: '127.0.0.1' | '::1', port: number, answer: Answer): Promise<Server | 'taken' | 'absent'> {
  return new Promise((resolve, reject) => {
    const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 10_000 });
    server.on('request', (request, response) => answer(request, response, portOf(server)));
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve('taken');
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve('absent');
      else reject(error);
    });
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const bound = server.address();
  return bound !== null && typeof bound === 'object' ? bound.port : 0;
}
