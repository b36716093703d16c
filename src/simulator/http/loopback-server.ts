import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** An HTTP server on 127.0.0.1 that can be restarted on its port, and closed without waiting for anybody. */
export interface LoopbackServer {
  readonly port: number;
  /** Connections that clients hold open now. */
  openSockets(): number;
  /** Drops every connection, stops listening, and listens again on the same port after `pauseMs`. */
  restart(pauseMs?: number): Promise<void>;
  /** Drops every connection and stops listening. May be called more than once. */
  close(): Promise<void>;
}

/** Takes a connection over that asks for another protocol (WebSocket). */
type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Starts a server on 127.0.0.1; port 0 takes a free one. Rejects with the system's error when the port is taken. */
export async function startLoopbackServer(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  wantedPort = 0,
  onUpgrade: OnUpgrade | null = null,
): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  let server = await listen(handler, onUpgrade, sockets, wantedPort);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulator did not get a TCP port.');
  const { port } = address;
  return {
    port,
    openSockets: () => sockets.size,
    restart: async (pauseMs = 0) => {
      await stop(server, sockets);
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      server = await listen(handler, onUpgrade, sockets, port);
    },
    close: () => stop(server, sockets),
  };
}

function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  onUpgrade: OnUpgrade | null,
  sockets: Set<Socket>,
  port: number,
): Promise<Server> {
  // Long keep-alive: a client that leaks sockets must be seen to leak them, not be tidied up by us.
  const server = createServer({ keepAliveTimeout: 60_000 }, handler);
  if (onUpgrade !== null) server.on('upgrade', onUpgrade);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve(server);
    });
  });
}

async function stop(server: Server, sockets: Set<Socket>): Promise<void> {
  const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  const stopped = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await Promise.all([stopped, ...closed]);
}
