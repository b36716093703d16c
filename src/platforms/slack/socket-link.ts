import { type MusterError, toMusterError } from '../../domain/errors.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext } from '../platform.ts';
import { refusalOf } from './errors.ts';
import type { ServerTime } from './server-time.ts';
import type { Socket, SocketListener } from './socket.ts';
import { noticeOf } from './socket-words.ts';

/** Between two tries, at most; Slack may ask for more. */
const LONGEST_BACK_OFF_MS = 30 * SECOND_MS;
/** A socket that lasted so long starts the back-off anew when it ends; Slack's own last for hours. */
const STEADY_MS = MINUTE_MS;
/** By how much the wall clock runs ahead of the time awake when the machine has slept. */
const SLEPT_MS = 30 * SECOND_MS;

/** What the link needs. */
export interface SocketLinkParts {
  readonly context: Pick<AdapterContext, 'http' | 'clock' | 'logger' | 'signal' | 'budget' | 'random'>;
  readonly apiUrl: URL;
  readonly appToken: string;
  readonly time: ServerTime;
  /** An event's payload, already acknowledged. Must not throw. */
  readonly onEvent: (payload: unknown) => void;
}

/**
 * Keeps one event socket up: when Slack announces that it will end one, the next is open before the old is closed; one that breaks
 * comes back with back-off; what only a person can put right is told in `notice` and tried again once an hour.
 */
export class SocketLink {
  readonly #parts: SocketLinkParts;
  #current: Socket | null = null;
  /** When the present socket opened, by the time awake. */
  #currentSince = 0;
  /** How far the wall clock was ahead of the time awake, when the socket opened or the next try was planned. */
  #wallAhead = 0;
  #next: Socket | null = null;
  #retry: Dispose | null = null;
  #attempt = 0;
  #notice: string | null = null;
  #lossTold = false;
  #closed = false;

  constructor(parts: SocketLinkParts) {
    this.#parts = parts;
  }

  /** Why events do not come although there is a token for them, in words; null when they do, or soon will. */
  get notice(): string | null {
    return this.#notice;
  }

  /** Tries once; resolves when the socket is up or has failed. Never rejects. */
  async start(): Promise<void> {
    await this.#open();
  }

  /** The machine may have slept: then the socket, which may be dead without knowing, is replaced, and what waits is tried now. */
  wake(): void {
    const idle = this.#current === null && this.#retry === null;
    if (!idle && Math.abs(this.#ahead() - this.#wallAhead) > SLEPT_MS) void this.#open();
  }

  /** Ends everything. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#retry?.();
    this.#retry = null;
    const sockets = [this.#current, this.#next];
    this.#current = null;
    this.#next = null;
    await Promise.all(sockets.map((socket) => socket?.close()));
  }

  async #open(): Promise<void> {
    if (this.#closed || this.#next !== null) return;
    this.#retry?.();
    this.#retry = null;
    const { context } = this.#parts;
    // Not before somebody has an app-level token: it brings a second HTTP stack along.
    const { Socket } = await import('./socket.ts');
    if (this.#closed || this.#next !== null) return;
    const listener: SocketListener = {
      event: this.#parts.onEvent,
      leaving: (reason) => this.#leaving(next, reason),
      ended: () => this.#ended(next),
    };
    const next: Socket = new Socket({ ...this.#parts, listener });
    this.#next = next;
    try {
      await next.open();
    } catch (thrown) {
      if (this.#next === next) this.#next = null;
      this.#failed(toMusterError(thrown));
      return;
    }
    if (this.#closed) return;
    const before = this.#current;
    this.#current = next;
    this.#next = null;
    this.#currentSince = context.clock.monotonicMs();
    this.#wallAhead = this.#ahead();
    this.#notice = null;
    if (this.#lossTold) context.logger.info('Slack’s event socket is back');
    this.#lossTold = false;
    await before?.close();
  }

  /** Slack ends this socket soon, or at once. */
  #leaving(socket: Socket, reason: string): void {
    if (this.#closed || socket !== this.#current) return;
    if (reason === 'link_disabled' || reason === 'too_many_websockets') {
      this.#current = null;
      void socket.close();
      this.#failed(refusalOf('apps.connections.open', reason));
    } else {
      void this.#open();
    }
  }

  #ended(socket: Socket): void {
    if (this.#closed || socket !== this.#current) return;
    this.#current = null;
    if (this.#parts.context.clock.monotonicMs() - this.#currentSince >= STEADY_MS) this.#attempt = 0;
    this.#tell('closed');
    if (this.#next === null) this.#plan(this.#backOffMs());
  }

  #failed(error: MusterError): void {
    if (this.#closed) return;
    this.#tell(error.code);
    // What only a person can put right is told; it is tried again all the same, as it may be put right in Slack alone.
    if (error.retry !== 'later') this.#notice = noticeOf(error);
    this.#plan(error.retry === 'later' ? Math.max(this.#backOffMs(), error.retryAfterMs ?? 0) : HOUR_MS);
  }

  #ahead(): number {
    const { clock } = this.#parts.context;
    return clock.now() - clock.monotonicMs();
  }

  #plan(delayMs: number): void {
    this.#retry?.();
    if (this.#current === null) this.#wallAhead = this.#ahead();
    this.#retry = this.#parts.context.clock.after(delayMs, () => {
      this.#retry = null;
      void this.#open();
    });
  }

  /** Doubling from a second, with up to half of it left to chance. */
  #backOffMs(): number {
    const whole = Math.min(LONGEST_BACK_OFF_MS, SECOND_MS * 2 ** this.#attempt);
    this.#attempt += 1;
    return whole * (0.5 + this.#parts.context.random.next() / 2);
  }

  /** One line per loss. */
  #tell(code: string): void {
    if (this.#lossTold || this.#current !== null) return;
    this.#lossTold = true;
    this.#parts.context.logger.warn('Slack’s event socket is down', { code });
  }
}
