/**
 * The API over HTTP on loopback, with everything that keeps others out. `muster serve` is this and a core; the desktop app runs it
 * beside its windows, so that the command line works there too.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener, RequestError } from '@hono/node-server';
import { createApi } from '../api/create-api.ts';
import { problem, problemDocument } from '../api/problem.ts';
import { type ProblemCode, problemSchema } from '../contract/index.ts';
import { removeServerFile, type ServerFile, writeServerFile } from '../infra/home/server-file.ts';
import { sessionFile } from '../infra/home/session-file.ts';
import { type Call, isInterface, makeGuard } from './guard.ts';
import { listen } from './listen.ts';
import type { OpenCore } from './open-core.ts';
import { answerRaw } from './raw-answer.ts';
import { Sessions, signInLink } from './sessions.ts';
import { SECURITY_HEADERS, staticInterface } from './static-ui.ts';
import { type EventSockets, eventSockets } from './web-socket.ts';

/** How long answers that are under way may take when Muster stops, in milliseconds. */
const GRACE_MS = 500;
const STREAM = '/v1/stream';

/** What the audit trail says of browsers. */
const BROWSER = {
  'signed-in': 'A browser was signed in by a one-time link.',
  'signed-out': 'A browser was signed out.',
  refused: 'A link for a browser was used before, too old or not ours. Nobody was let in.',
} as const;

/** What the HTTP host needs. */
export interface HttpHostOptions {
  readonly core: Pick<OpenCore, 'home' | 'muster' | 'clock' | 'logger' | 'redact'>;
  readonly host: string;
  readonly port: number;
  /** The built interface. */
  readonly rendererFolder: string;
  readonly publicUrl?: URL;
}

/** A server that answers. */
export interface HttpHost {
  /** What `server.json` says. */
  readonly server: ServerFile;
  /** A new link that signs a browser in, once. */
  link(): string;
  /** Removes `server.json`, ends every stream and lets go of the port. */
  close(): Promise<void>;
}

/** Starts to answer, and says so in `server.json`. Rejects as `listen` does. */
export async function startHttpHost(options: HttpHostOptions): Promise<HttpHost> {
  const { core, publicUrl } = options;
  const { muster, clock, logger } = core;
  const token = randomBytes(32).toString('base64url');
  core.redact(token);
  const sessions = new Sessions({
    token,
    clock,
    file: sessionFile(core.home),
    told: (event) => muster.audit.record(`browser-${event}`, BROWSER[event]),
  });
  const api = createApi({ muster, clock, logger, sessions });
  describeStream(api);
  const pages = staticInterface(options.rendererFolder);
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    return isInterface(request.method, pathname) ? pages(pathname) : guarded(await api.fetch(request));
  };
  const respond = getRequestListener(answer, {
    hostname: '127.0.0.1',
    overrideGlobalObjects: false,
    errorHandler: (thrown) => unanswered(thrown, logger),
  });

  // Nothing is judged before the port is known; nobody can call before it is.
  let judge: ReturnType<typeof makeGuard> = () => ({ code: 'foreign-host', detail: 'Muster is starting.' });
  const { server, port } = await listen(options.host, options.port, (request, response) => {
    const refusal = judge(callOf(request));
    if (refusal) return refuse(response, refusal.code, refusal.detail);
    void respond(request, response);
  });
  judge = makeGuard({
    port,
    token,
    publicHost: publicUrl?.host.toLowerCase() ?? null,
    isSession: (cookie) => sessions.has(cookie),
  });
  const sockets = eventSockets({ events: muster.events, clock, opened: () => muster.attention.noteReader() });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = judge(callOf(request));
    if (refusal) return answerRaw(socket, refusal.code, refusal.detail);
    upgrade(sockets, request, socket, head);
  });

  const name = options.host.includes(':') ? `[${options.host.replace(/[[\]]/g, '')}]` : options.host;
  const url = `http://${name}:${port}`;
  const { version, instance } = muster;
  const file: ServerFile = { url, host: options.host, port, token, pid: process.pid, instance, version };
  writeServerFile(core.home, file);
  muster.webhooks.servedAt(new URL(url));
  return {
    server: file,
    link: () => signInLink(url, token, clock.now()),
    close: () => {
      removeServerFile(core.home, instance);
      sockets.close();
      return new Promise((resolve) => {
        const late = clock.after(GRACE_MS, () => server.closeAllConnections());
        server.close(() => {
          late();
          resolve();
        });
      });
    },
  };
}

function upgrade(sockets: EventSockets, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const known = callOf(request).path === STREAM && request.headers.upgrade?.toLowerCase() === 'websocket';
  if (known) sockets.accept(request, socket, head);
  else answerRaw(socket, 'not-found', 'There is no WebSocket under this address.');
}

/** For what could not be made a request of the API: an address that is none, mostly. */
function unanswered(thrown: unknown, logger: HttpHostOptions['core']['logger']): Response {
  const malformed = thrown instanceof RequestError;
  if (!malformed) logger.error('a request could not be answered', { cause: thrown });
  const { status, headers, body } = malformed
    ? problemDocument('malformed-request', 'This address cannot be read.')
    : problemDocument('internal', 'Something unexpected went wrong. Details are in the log.');
  return new Response(body, { status, headers: { ...SECURITY_HEADERS, ...headers } });
}

/** The API's answers are never pages, whatever they hold. */
function guarded(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}

/** The socket's address, for `openapi.json` and for whoever opens it without one. */
function describeStream(api: ReturnType<typeof createApi>): void {
  api.openAPIRegistry.registerPath({
    operationId: 'streamFrames',
    method: 'get',
    path: STREAM,
    summary: 'WebSocket: the events of /v1/events, one JSON text frame each, { id, event, data }',
    responses: {
      101: { description: 'The connection becomes a WebSocket' },
      ...Object.fromEntries(
        [401, 403, 422].map((status) => [
          status,
          { description: 'Problem', content: { 'application/problem+json': { schema: problemSchema } } },
        ]),
      ),
    },
  });
  api.get(STREAM, (c) => problem(c, 'invalid', 'Open this address as a WebSocket, or read /v1/events.'));
  api.all(STREAM, (c) => problem(c, 'method-not-allowed', 'Use GET here.', { headers: { allow: 'GET' } }));
}

function callOf(request: IncomingMessage): Call {
  const { origin, authorization, cookie } = request.headers;
  const fetchSite = request.headers['sec-fetch-site'];
  return {
    method: request.method ?? 'GET',
    path: pathOf(request.url ?? '/'),
    host: hostOf(request),
    origin,
    authorization,
    cookie,
    fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
  };
}

/** Whom the caller means: a target that names a host wins over the header (RFC 9112, 3.2.2); two headers mean nobody. */
function hostOf(request: IncomingMessage): string | undefined {
  const target = request.url ?? '/';
  if (!target.startsWith('/')) return URL.canParse(target) ? new URL(target).host : undefined;
  const named = request.headersDistinct.host ?? [];
  return named.length === 1 ? named[0] : undefined;
}

/** The path as the API will see it, so that both judge the same. */
function pathOf(target: string): string {
  const url = target.startsWith('/') ? `http://localhost${target}` : target;
  return URL.canParse(url) ? new URL(url).pathname : '/v1/';
}

function refuse(response: ServerResponse, code: ProblemCode, detail: string): void {
  const { status, headers, body } = problemDocument(code, detail);
  // What comes behind a refused head is not waited for.
  response.writeHead(status, { ...SECURITY_HEADERS, ...headers, connection: 'close' });
  response.end(body);
}
