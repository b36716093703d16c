import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { tellSessions } from './events-for.ts';
import { GatewayConnection, type GatewayParts } from './gateway-connection.ts';

/** A connection and the socket below it, for faults. */
interface Open {
  readonly connection: GatewayConnection;
  readonly socket: Duplex;
}

/** The gateway: every connection, and what can go wrong with them. */
export class Gateway {
  readonly #parts: Omit<GatewayParts, 'isFrozen'>;
  readonly #webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #open = new Set<Open>();
  #frozen = false;

  constructor(parts: Omit<GatewayParts, 'isFrozen'>) {
    this.#parts = parts;
    parts.world.on((event) => tellSessions(parts.world, parts.sessions, event));
  }

  /** Takes a connection over from the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { searchParams } = new URL(request.url ?? '/', 'ws://127.0.0.1');
    const parts: GatewayParts = { ...this.#parts, isFrozen: () => this.#frozen };
    socket.on('error', () => {});
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const open: Open = { connection: new GatewayConnection(parts, webSocket, searchParams), socket };
      this.#open.add(open);
      socket.once('close', () => this.#open.delete(open));
    });
  }

  /** Connections that clients hold open. */
  get size(): number {
    return this.#open.size;
  }

  /** Ends every connection with a close code of Discord's. */
  close(code: number): void {
    for (const { connection } of this.#open) connection.close(code);
  }

  /** Op 7: connect anew, please. */
  askToReconnect(): void {
    for (const { connection } of this.#open) connection.send({ op: 7, d: null, s: null, t: null });
  }

  /** Op 1: beat now, please. */
  askForHeartbeat(): void {
    for (const { connection } of this.#open) connection.send({ op: 1, d: null, s: null, t: null });
  }

  /** Op 9. */
  invalidateSessions(resumable: boolean): void {
    for (const { connection } of this.#open) {
      if (!resumable) connection.endSession();
      connection.send({ op: 9, d: resumable, s: null, t: null });
    }
  }

  /** Heartbeats are no longer acknowledged, while events still come: a zombie. */
  stopAcknowledging(): () => void {
    for (const { connection } of this.#open) connection.deaf = true;
    return () => {
      for (const { connection } of this.#open) connection.deaf = false;
    };
  }

  /** Nothing comes, nothing is taken, nothing is refused; undone by what it answers. */
  freeze(): () => void {
    this.#frozen = true;
    return () => {
      this.#frozen = false;
    };
  }

  /** Bytes of another protocol. */
  raw(bytes: string): void {
    for (const { socket } of this.#open) socket.write(bytes);
  }

  /** Ends the connections below the protocol: by FIN, or by RST. */
  drop(how: 'half-closed' | 'reset'): void {
    for (const { socket } of this.#open) {
      if (how === 'half-closed') socket.end();
      else if ('resetAndDestroy' in socket && typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
    }
  }
}
