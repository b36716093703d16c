import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MusterError } from '../domain/errors.ts';
import { SECOND_MS } from '../domain/time.ts';
import { isLoopback } from './guard.ts';
import { answerMalformed } from './raw-answer.ts';

const LIMITS: ServerOptions = {
  headersTimeout: 10 * SECOND_MS,
  requestTimeout: 30 * SECOND_MS,
  // How exact these two are; Node itself looks twice a minute.
  connectionsCheckingInterval: 2 * SECOND_MS,
  // Nobody is called: the guard refuses it, in words.
  requireHostHeader: false,
  // Some clients offer HTTP/2 with every request (Java's): that is no reason to refuse it.
  shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
};

/** A listening socket. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/**
 * Listens on a loopback address; port 0 takes a free one. Rejects with `invalid-settings` for any other address and `conflict`
 * when the port is taken.
 */
export async function listen(host: string, port: number, onRequest: RequestListener): Promise<Listening> {
  requireLoopback(host);
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const server = createServer(LIMITS, onRequest);
  answerMalformed(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen(bare, port, cause)));
    server.listen({ host: bare, port }, resolve);
  });
  server.removeAllListeners('error');
  const address = server.address();
  if (!isAddress(address)) throw new MusterError('internal', 'The socket has no address.');
  return { server, port: address.port };
}

/** Throws `invalid-settings` for an address that others could reach. */
export function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new MusterError('invalid-settings', `Muster listens on this machine only (127.0.0.1, ::1), not on ${host}.`);
}

const isAddress = (address: ReturnType<Server['address']>): address is AddressInfo =>
  address !== null && typeof address === 'object';

function cannotListen(host: string, port: number, cause: Error): MusterError {
  const code = 'code' in cause ? cause.code : '';
  const message =
    code === 'EADDRINUSE'
      ? `Port ${port} of ${host} is taken by another program. Choose another with --port, or let Muster find one with --port 0.`
      : code === 'EACCES'
        ? `Muster may not listen on port ${port}. Choose one above 1023 with --port.`
        : `Muster cannot listen on ${host}, port ${port}.`;
  return new MusterError('conflict', message, { cause });
}
