import { WebSocket } from 'ws';
import type { z } from 'zod';
import type { MusterError } from '../../../domain/errors.ts';
import type { Clock, Dispose } from '../../../ports/clock.ts';
import { silent, unreachable, unreadable } from '../errors.ts';
import { frameSchema } from '../schema.ts';
import { CLOSE_TO_RESUME } from './protocol.ts';

/** A large server's first event is some megabytes. */
const MAX_PAYLOAD = 64 * 1024 * 1024;
/** How long a socket may take to say goodbye before it is cut. */
const GOODBYE_MS = 1_000;

/** One message of the gateway. */
export type Frame = z.infer<typeof frameSchema>;

/** Who listens to a socket. */
export interface SocketEvents {
  frame(frame: Frame): void;
  /** It went: by the gateway's close code (1006: without one), or because what came could not be read. Told once. */
  gone(end: { readonly closeCode: number; readonly error: MusterError | null }): void;
}

/** One WebSocket to the gateway: text in, checked frames out. Knows nothing of sessions. */
export class GatewaySocket {
  readonly #clock: Clock;
  readonly #events: SocketEvents;
  readonly #socket: WebSocket;
  #over = false;
  #disposeGoodbye: Dispose = () => {};

  constructor(clock: Clock, url: URL, events: SocketEvents) {
    this.#clock = clock;
    this.#events = events;
    this.#socket = new WebSocket(url, {
      perMessageDeflate: false,
      followRedirects: false,
      maxPayload: MAX_PAYLOAD,
      skipUTF8Validation: false,
    });
    this.#socket.on('message', (data, isBinary) => this.#received(String(data), isBinary));
    this.#socket.on('error', (error) => this.#failed(error));
    this.#socket.on('close', (code) => {
      this.#disposeGoodbye();
      this.#end(code, null);
    });
  }

  /** Rejects when it is not open. */
  send(text: string): void {
    if (this.#over || this.#socket.readyState !== WebSocket.OPEN) throw unreachable();
    this.#socket.send(text);
  }

  /** Cuts the connection, so that the session can be resumed. Nothing is told afterwards. */
  cut(): void {
    this.#over = true;
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(CLOSE_TO_RESUME);
    this.#socket.terminate();
  }

  /** Ends the session at Discord, which then shows the bot as offline at once. Resolves when the socket is closed. */
  async goodbye(): Promise<void> {
    this.#over = true;
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.once('close', () => resolve());
    if (this.#socket.readyState === WebSocket.OPEN) {
      this.#disposeGoodbye = this.#clock.after(GOODBYE_MS, () => this.#socket.terminate());
      this.#socket.close(1000);
    } else {
      this.#socket.terminate();
    }
    await promise;
  }

  #received(text: string, isBinary: boolean): void {
    if (this.#over) return;
    const frame = isBinary ? null : frameOf(text);
    if (frame === null) this.#spoilt(unreadable('a gateway message'));
    else this.#events.frame(frame);
  }

  #failed(error: Error): void {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    if (code.startsWith('WS_ERR_')) this.#spoilt(unreadable('the gateway’s connection', error));
    else this.#end(1006, code === 'ETIMEDOUT' ? silent() : unreachable(error));
  }

  /** What came is lost, but not counted as received: resuming brings it again. */
  #spoilt(error: MusterError): void {
    if (this.#over) return;
    this.#end(1006, error);
    this.cut();
  }

  #end(closeCode: number, error: MusterError | null): void {
    if (this.#over) return;
    this.#over = true;
    this.#events.gone({ closeCode, error });
  }
}

function frameOf(text: string): Frame | null {
  try {
    const parsed = frameSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
