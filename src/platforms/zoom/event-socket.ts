import WebSocket from 'ws';
import { z } from 'zod';
import { MusterError, toMusterError } from '../../domain/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext } from '../platform.ts';

/** Zoom wants to hear from a connection about every 30 s, in words of its own rather than pings. */
const HEARTBEAT_MS = 30 * SECOND_MS;
/** Every heartbeat is answered; after two without an answer the connection is dead. */
const SILENCE_MS = 75 * SECOND_MS;
/** Less than the core gives a renewal. */
const OPEN_MS = 15 * SECOND_MS;
/** A subscription that does not take the app's token will not at once either. */
const REFUSED_MS = 5 * MINUTE_MS;
const MAX_BYTES = 256 * 1_024;

const frameSchema = z.object({ module: z.string(), success: z.boolean().optional(), content: z.unknown().optional() });
const HEARTBEAT = JSON.stringify({ module: 'heartbeat' });

/** What an event socket needs. */
export interface EventSocketOptions {
  readonly context: Pick<AdapterContext, 'clock' | 'logger'>;
  /** The subscription's endpoint, without a token. */
  readonly url: string;
  /** The app's token for it, new each time. Rejects with a MusterError. */
  readonly token: (signal: AbortSignal) => Promise<string>;
  /** The body of an event, as a webhook would have it. */
  readonly onEvent: (body: unknown) => void;
  /** Came up, or was lost or could not be opened: the core then calls for a new one. */
  readonly onState: (state: 'up' | 'down') => void;
}

/** One connection. */
interface Attempt {
  socket: WebSocket | null;
  up: boolean;
  /** Ends it, once; null: for good, nobody has to be told. */
  readonly end: (error: MusterError | null) => void;
  readonly opened: () => void;
}

/**
 * Zoom's events over a WebSocket (developers.zoom.us/docs/api/websockets): `build_connection` tells that it is up, `message` holds an
 * event as text. What happens while it is down is lost; polls see it.
 */
export class EventSocket {
  readonly #options: EventSocketOptions;
  readonly #closed = new AbortController();
  #attempt: Attempt | null = null;
  #timers: { heartbeat?: Dispose; silence?: Dispose } = {};

  constructor(options: EventSocketOptions) {
    this.#options = options;
  }

  /** Opens the connection, or a new one in its place. Resolves when it is up; rejects with a MusterError that never ends the account. */
  async open(signal?: AbortSignal): Promise<void> {
    this.#attempt?.end(null);
    const ends = AbortSignal.any([this.#closed.signal, ...(signal ? [signal] : [])]);
    ends.throwIfAborted();
    let resolve = (): void => {};
    let reject = (_error: MusterError): void => {};
    const up = new Promise<void>((onUp, onFailure) => {
      resolve = onUp;
      reject = onFailure;
    });
    const attempt: Attempt = {
      socket: null,
      up: false,
      opened: () => {
        attempt.up = true;
        resolve();
        this.#options.onState('up');
      },
      end: (error) => {
        if (this.#attempt !== attempt) return;
        this.#drop(attempt.socket);
        reject(error ?? cancelled());
        if (error !== null || attempt.up) this.#options.onState('down');
      },
    };
    this.#attempt = attempt;
    // Once it is up, only its closing ends it.
    const onAbort = () => {
      if (!attempt.up || this.#closed.signal.aborted) attempt.end(null);
    };
    ends.addEventListener('abort', onAbort, { once: true });
    this.#expect(attempt, OPEN_MS);
    void this.#connect(attempt, ends);
    await up.finally(() => {
      if (!attempt.up) ends.removeEventListener('abort', onAbort);
    });
  }

  /** Ends the connection for good. */
  close(): void {
    this.#closed.abort(cancelled());
    this.#attempt?.end(null);
  }

  async #connect(attempt: Attempt, signal: AbortSignal): Promise<void> {
    const { context, url, token } = this.#options;
    try {
      const address = new URL(url);
      address.searchParams.set('access_token', await token(signal));
      if (this.#attempt !== attempt) return;
      const socket = new WebSocket(address, {
        maxPayload: MAX_BYTES,
        perMessageDeflate: false,
        followRedirects: false,
      });
      attempt.socket = socket;
      socket.on('open', () => this.#beat(attempt));
      socket.on('message', (data) => this.#take(attempt, String(data)));
      // What `ws` says may hold the address, and that the token: none of it is passed on.
      socket.on('error', () => attempt.end(broken()));
      socket.on('close', () => attempt.end(broken()));
    } catch (thrown) {
      const error = toMusterError(thrown);
      if (this.#attempt !== attempt) return;
      context.logger.warn('the event socket of Zoom could not be opened', { code: error.code });
      attempt.end(error);
    }
  }

  #take(attempt: Attempt, text: string): void {
    if (this.#attempt !== attempt) return;
    this.#expect(attempt, SILENCE_MS);
    const frame = frameSchema.safeParse(parsedJson(text)).data;
    if (frame === undefined) return;
    if (frame.success === false) attempt.end(refused());
    else if (frame.module === 'build_connection') attempt.opened();
    else if (frame.module === 'message') {
      this.#options.onEvent(typeof frame.content === 'string' ? parsedJson(frame.content) : frame.content);
    }
  }

  #beat(attempt: Attempt): void {
    if (this.#attempt !== attempt) return;
    this.#timers.heartbeat?.();
    this.#timers.heartbeat = this.#options.context.clock.after(HEARTBEAT_MS, () => {
      attempt.socket?.send(HEARTBEAT, () => {});
      this.#beat(attempt);
    });
  }

  #expect(attempt: Attempt, withinMs: number): void {
    this.#timers.silence?.();
    this.#timers.silence = this.#options.context.clock.after(withinMs, () => attempt.end(silent()));
  }

  #drop(socket: WebSocket | null): void {
    for (const dispose of Object.values(this.#timers)) dispose();
    this.#timers = {};
    this.#attempt = null;
    // One that is still opening reports being ended as an error, to which its listener no longer listens.
    socket?.terminate();
  }
}

function cancelled(): MusterError {
  return new MusterError('cancelled', 'The event socket of Zoom was closed.');
}

function broken(): MusterError {
  return new MusterError('platform-unreachable', 'Zoom’s event socket broke. Muster asks for each contact meanwhile.');
}

function silent(): MusterError {
  return new MusterError('timeout', 'Zoom’s event socket is silent. Muster asks for each contact meanwhile.');
}

function refused(): MusterError {
  return new MusterError(
    'platform-unavailable',
    'Zoom’s event socket does not take this app’s token. Check that its endpoint URL belongs to the same app.',
    { retryAfterMs: REFUSED_MS },
  );
}

/** Undefined for what is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
