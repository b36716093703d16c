import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { XmppFaultPlan } from '../fault-plan.ts';
import { NS } from '../namespaces.ts';
import { element, serialise, type XmlElement } from '../xml/element.ts';
import { type StreamHandlers, StreamParser, XmlError } from '../xml/stream-parser.ts';

/** A PEM key and certificate. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** What the protocol above a connection hears. */
export interface ConnectionHandlers extends StreamHandlers {
  invalid(error: XmlError): void;
  /** The socket is gone; called once. */
  ended(): void;
}

/** One TCP connection as XML: writes stanzas, applies the faults, changes to TLS. */
export class Connection {
  readonly #raw: Socket;
  readonly #plan: XmppFaultPlan;
  readonly #handlers: ConnectionHandlers;
  #socket: Socket;
  #parser: StreamParser;
  #lastWriteAt = 0;
  readonly #timers = new Set<NodeJS.Timeout>();
  secure = false;

  constructor(socket: Socket, plan: XmppFaultPlan, handlers: ConnectionHandlers) {
    this.#raw = socket;
    this.#socket = socket;
    this.#plan = plan;
    this.#handlers = handlers;
    this.#parser = new StreamParser(handlers);
    socket.setNoDelay(true);
    socket.on('close', () => {
      for (const timer of this.#timers) clearTimeout(timer);
      handlers.ended();
    });
    this.#listen(socket);
  }

  /** Reads a new stream from here on: after SASL and TLS (RFC 6120 §4.3.3). */
  restart(): void {
    this.#parser.stop();
    this.#parser = new StreamParser(this.#handlers);
  }

  startTls(identity: TlsIdentity): void {
    this.#raw.removeAllListeners('data');
    this.#raw.removeAllListeners('end');
    this.restart();
    this.#socket = new TLSSocket(this.#raw, { isServer: true, key: identity.key, cert: identity.cert });
    this.secure = true;
    this.#listen(this.#socket);
  }

  send(stanza: XmlElement): void {
    this.write(serialise(stanza, NS.client));
  }

  /** Writes text as it is, after the delay that is in force. */
  write(text: string): void {
    if (this.#plan.frozen || this.#socket.destroyed || !this.#socket.writable) return;
    const due = Math.max(this.#lastWriteAt, Date.now() + this.#plan.delayMs);
    this.#lastWriteAt = due;
    const wait = due - Date.now();
    if (wait <= 0 && this.#timers.size === 0) {
      this.#socket.write(text);
      return;
    }
    const socket = this.#socket;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (socket.writable) socket.write(text);
    }, wait);
    this.#timers.add(timer);
  }

  /** A stream error, then the end (RFC 6120 §4.9.1.1). */
  fail(condition: string, detail?: XmlElement): void {
    this.send(element(NS.streams, 'error', {}, element(NS.streamErrors, condition), detail));
    this.close();
  }

  /** The closing tag, then the end of the connection. */
  close(): void {
    this.write('</stream:stream>');
    const wait = this.#lastWriteAt - Date.now();
    if (wait <= 0 && this.#timers.size === 0) this.#socket.end();
    else setTimeout(() => this.#socket.end(), Math.max(wait, 0) + 1);
    // A client that does not close its half would hold the connection for ever.
    setTimeout(() => this.#socket.destroy(), 1_000 + this.#plan.delayMs).unref();
  }

  /** Ends only our half, without a closing tag; still reads. */
  halfClose(): void {
    this.#socket.end();
  }

  /** Cuts the connection: with a reset, or as if the process had died. */
  drop(how: 'reset' | 'destroy'): void {
    if (how === 'reset') this.#raw.resetAndDestroy();
    else this.#raw.destroy();
  }

  #listen(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    socket.on('data', (bytes: Buffer) => {
      if (this.#plan.frozen) return;
      try {
        this.#parser.write(bytes);
      } catch (error) {
        if (!(error instanceof XmlError)) throw error;
        this.#parser.stop();
        this.#handlers.invalid(error);
      }
    });
  }
}
