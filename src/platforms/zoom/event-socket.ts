import WebSocket from 'ws';
import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext } from '../platform.ts';

/** Zoom wants to hear from a connection about every 30 s, in words of its own rather than pings. */
const HEARTBEAT_MS = 30 * SECOND_MS;
/** Every heartbeat is answered; after two without an answer the connection is dead. */
const SILENCE_MS = 75 * SECOND_MS;
const OPEN_MS = 20 * SECOND_MS;
const FIRST_RETRY_MS = 5 * SECOND_MS;
const LONGEST_RETRY_MS = 5 * MINUTE_MS;
/** One that lasted longer counts as well; a subscription has one connection, and two programs on one would throw each other out. */
const LASTED_MS = 2 * MINUTE_MS;
const MAX_BYTES = 256 * 1_024;

const frameSchema = z.object({ module: z.string(), success: z.boolean().optional(), content: z.unknown().optional() });
const HEARTBEAT = JSON.stringify({ module: 'heartbeat' });

/** What an event socket needs. */
export interface EventSocketOptions {
  readonly context: Pick<AdapterContext, 'clock' | 'random' | 'logger'>;
  /** The subscription's endpoint, without a token. */
  readonly url: string;
  /** The app's token for it, new each time. Rejects with a MusterError. */
  readonly token: (signal: AbortSignal) => Promise<string>;
  /** The body of an event, as a webhook would have it. */
  readonly onEvent: (body: unknown) => void;
  readonly onState: (state: 'up' | 'down') => void;
}

/**
 * Zoom's events over a WebSocket (developers.zoom.us/docs/api/websockets): `build_connection` tells that it is up, `message` holds an
 * event as text. What happens while it is down is lost; polls see it. Comes back by itself.
 */
export class EventSocket {
  readonly #options: EventSocketOptions;
  readonly #closed = new AbortController();
  #socket: WebSocket | null = null;
  #up = false;
  #upSinceMs = 0;
  #failures = 0;
  #timers: { heartbeat?: Dispose; silence?: Dispose; retry?: Dispose } = {};

  constructor(options: EventSocketOptions) {
    this.#options = options;
  }

  /** Opens the connection, or a new one in its place. Resolves when it was tried. */
  async open(): Promise<void> {
    this.#drop();
    if (this.#closed.signal.aborted) return;
    const { context, url, token } = this.#options;
    try {
      const address = new URL(url);
      address.searchParams.set('access_token', await token(this.#closed.signal));
      if (this.#closed.signal.aborted || this.#socket !== null) return;
      this.#listen(new WebSocket(address, { maxPayload: MAX_BYTES, perMessageDeflate: false, followRedirects: false }));
    } catch (thrown) {
      if (this.#closed.signal.aborted) return;
      // The address holds the token: no more than a code goes into the log.
      const code = thrown instanceof MusterError ? thrown.code : 'internal';
      context.logger.warn('the event socket of Zoom could not be opened', { code });
      this.#lost();
    }
  }

  /** Ends the connection for good. */
  close(): void {
    this.#closed.abort(new MusterError('cancelled', 'The Zoom account was closed.'));
    this.#drop();
  }

  #listen(socket: WebSocket): void {
    this.#socket = socket;
    const mine = (act: () => void) => () => {
      if (this.#socket === socket) act();
    };
    this.#expect(OPEN_MS);
    socket.on(
      'open',
      mine(() => this.#beat()),
    );
    socket.on('message', (data) => {
      if (this.#socket === socket) this.#take(String(data));
    });
    socket.on(
      'error',
      mine(() => this.#lost()),
    );
    socket.on(
      'close',
      mine(() => this.#lost()),
    );
  }

  #take(text: string): void {
    this.#expect(SILENCE_MS);
    const frame = frameSchema.safeParse(parsedJson(text)).data;
    if (frame === undefined) return;
    if (frame.success === false) this.#lost();
    else if (frame.module === 'build_connection') {
      this.#up = true;
      this.#upSinceMs = this.#options.context.clock.monotonicMs();
      this.#options.onState('up');
    } else if (frame.module === 'message') {
      this.#options.onEvent(typeof frame.content === 'string' ? parsedJson(frame.content) : frame.content);
    }
  }

  #beat(): void {
    this.#timers.heartbeat?.();
    this.#timers.heartbeat = this.#options.context.clock.after(HEARTBEAT_MS, () => {
      this.#socket?.send(HEARTBEAT, () => {});
      this.#beat();
    });
  }

  #expect(withinMs: number): void {
    this.#timers.silence?.();
    this.#timers.silence = this.#options.context.clock.after(withinMs, () => this.#lost());
  }

  /** Tells it and tries again: later each time, unless it had lasted. */
  #lost(): void {
    const { clock, random } = this.#options.context;
    if (this.#up && clock.monotonicMs() - this.#upSinceMs > LASTED_MS) this.#failures = 0;
    this.#drop();
    if (this.#closed.signal.aborted) return;
    const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    this.#timers.retry = clock.after(ceiling / 2 + (random.next() * ceiling) / 2, () => void this.open());
  }

  #drop(): void {
    for (const dispose of Object.values(this.#timers)) dispose();
    this.#timers = {};
    const socket = this.#socket;
    this.#socket = null;
    // One that is still opening reports being ended as an error.
    socket?.on('error', () => {});
    socket?.terminate();
    if (!this.#up) return;
    this.#up = false;
    this.#options.onState('down');
  }
}

/** Undefined for what is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
