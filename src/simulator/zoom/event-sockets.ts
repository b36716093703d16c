import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ZoomEventBody } from './account.ts';

/** A client that was silent for longer is given up. */
const HEARTBEAT_LIMIT_MS = 75_000;

/** The WebSocket side of Zoom's events (developers.zoom.us/docs/api/websockets): one connection a subscription, heartbeats in JSON, gaps are lost. */
export class EventSockets {
  readonly url: string;
  /** Heartbeats that came. */
  heartbeats = 0;
  /** From now on clients are heard and not answered. */
  mute = false;
  readonly #server: WebSocketServer;
  readonly #now: () => number;
  readonly #isValid: (token: string) => boolean;
  #connection: { readonly socket: WebSocket; heardAt: number } | null = null;

  private constructor(server: WebSocketServer, port: number, now: () => number, isValid: (token: string) => boolean) {
    this.#server = server;
    this.#now = now;
    this.#isValid = isValid;
    this.url = `ws://127.0.0.1:${port}/ws?subscriptionId=${SUBSCRIPTION}`;
    server.on('connection', (socket, request) => this.#accept(socket, new URL(request.url ?? '/', 'ws://127.0.0.1')));
  }

  static async start(now: () => number, isValid: (token: string) => boolean): Promise<EventSockets> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The simulator did not get a TCP port.');
    return new EventSockets(server, address.port, now, isValid);
  }

  /** Clients that are connected. */
  get open(): number {
    return this.#server.clients.size;
  }

  /** Sends an event to whoever listens now; what nobody hears is gone. */
  send(event: ZoomEventBody): void {
    const connection = this.#connection;
    if (connection === null || this.mute) return;
    if (this.#now() - connection.heardAt > HEARTBEAT_LIMIT_MS) {
      connection.socket.terminate();
      return;
    }
    connection.socket.send(JSON.stringify({ module: 'message', content: JSON.stringify(event) }));
  }

  /** Ends the connection from this side. */
  drop(): void {
    this.#connection?.socket.terminate();
  }

  async close(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(socket: WebSocket, url: URL): void {
    socket.on('error', () => {});
    const token = url.searchParams.get('access_token') ?? '';
    if (url.pathname !== '/ws' || url.searchParams.get('subscriptionId') !== SUBSCRIPTION || !this.#isValid(token)) {
      socket.send(JSON.stringify({ module: 'build_connection', success: false, content: 'Invalid Token' }));
      socket.close();
      return;
    }
    // A subscription has one connection: the newest.
    this.#connection?.socket.close();
    const connection = { socket, heardAt: this.#now() };
    this.#connection = connection;
    socket.once('close', () => {
      if (this.#connection === connection) this.#connection = null;
    });
    socket.on('message', (data) => {
      if (String(data) !== '{"module":"heartbeat"}') return;
      connection.heardAt = this.#now();
      this.heartbeats += 1;
      if (!this.mute) socket.send(JSON.stringify({ module: 'heartbeat', success: true }));
    });
    if (!this.mute) socket.send(JSON.stringify({ module: 'build_connection', success: true }));
  }
}

const SUBSCRIPTION = 'QUfzJZbJRTqTqVYnQoxQcg';
