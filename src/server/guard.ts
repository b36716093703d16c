/** Who may call over HTTP: this machine only, by its own names, from its own pages, with the token or a session. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { sessionCookie } from '../api/session.ts';
import { routes } from '../contract/index.ts';

/** What is judged of a request. */
export interface Call {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  /** `Sec-Fetch-Site`: browsers say who asked. */
  readonly fetchSite: string | undefined;
}

/** Null when the call may pass. */
export interface Refusal {
  readonly code: 'foreign-host' | 'unauthorized';
  readonly detail: string;
}

/** What the guard knows. */
export interface GuardOptions {
  readonly port: number;
  readonly token: string;
  /** Admits this one host for `/hooks/…`. */
  readonly publicHost: string | null;
  readonly isSession: (cookie: string) => boolean;
}

const HOOKS = '/hooks/';
const NOT_INTERFACE = /^\/(v1|hooks)(\/|$)|^\/(openapi\.json|metrics)$/;
const OPEN = new Set([
  'GET /openapi.json',
  ...Object.values(routes)
    .filter((route) => route.auth === 'none')
    .map((route) => `${route.method.toUpperCase()} ${route.path}`),
]);

/** Whether this is a path of the interface (a file or a place in it), not of the API. */
export function isInterface(method: string, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && !NOT_INTERFACE.test(path);
}

/** Makes the judge of every request and every WebSocket. The host is judged first, then the page, then the caller. */
export function makeGuard(options: GuardOptions): (call: Call) => Refusal | null {
  const { port, token, publicHost, isSession } = options;
  const expected = digest(token);
  const isToken = (authorization: string | undefined) => {
    const given = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1];
    return given !== undefined && timingSafeEqual(digest(given), expected);
  };
  return (call) => {
    const viaPublic = publicHost !== null && call.host?.toLowerCase() === publicHost;
    if (viaPublic && call.path.startsWith(HOOKS)) return null;
    if (!isOurHost(call.host, port)) return foreign('Call Muster by its loopback address, for instance 127.0.0.1.');
    if (call.origin !== undefined && !isOurOrigin(call.origin, port))
      return foreign('Pages of other sites may not call Muster.');
    if (isInterface(call.method, call.path) || call.path.startsWith(HOOKS)) return null;
    if (OPEN.has(`${call.method === 'HEAD' ? 'GET' : call.method} ${call.path}`)) return null;
    if (isToken(call.authorization)) return null;
    // A cookie also comes along when another page on this machine asks; a token does not.
    if (cookiesOf(call.cookie, sessionCookie(call.host)).some(isSession)) {
      if (call.fetchSite === undefined || call.fetchSite === 'same-origin' || call.fetchSite === 'none') return null;
      return foreign('Pages of other sites may not call Muster.');
    }
    return {
      code: 'unauthorized',
      detail:
        'Send the token of server.json as `Authorization: Bearer …`; in a browser, open the link of `muster serve --open`.',
    };
  };
}

/** Whether this is a loopback address: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (bare === 'localhost' || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}

function isOurHost(host: string | undefined, port: number): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(host ?? '');
  return match?.[1] !== undefined && isLoopback(match[1]) && Number(match[2] ?? 80) === port;
}

function isOurOrigin(origin: string, port: number): boolean {
  const host = /^http:\/\/(.+)$/i.exec(origin)?.[1];
  return isOurHost(host, port);
}

function cookiesOf(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

const foreign = (detail: string): Refusal => ({ code: 'foreign-host', detail });

const digest = (text: string) => createHash('sha256').update(text).digest();
