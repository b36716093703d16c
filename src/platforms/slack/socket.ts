import { SocketModeClient } from '@slack/socket-mode';
import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import { isLoopback } from '../base-url.ts';
import type { AdapterContext } from '../platform.ts';
import { refusalOf, unreadable } from './errors.ts';
import { SLACK_METHODS } from './methods.ts';
import { quietLogger } from './quiet-logger.ts';
import { sdkError, sdkOptions } from './sdk.ts';
import type { ServerTime } from './server-time.ts';

const METHOD = 'apps.connections.open';
/** From the wish to Slack's hello. */
const OPEN_TIMEOUT_MS = 20 * SECOND_MS;
/** How long the closing handshake may take before the connection is cut. */
const CLOSE_TIMEOUT_MS = SECOND_MS;
/** Silence of the other side after which the SDK ends the socket; it asks three times as often. */
const PONG_TIMEOUT_MS = 15 * SECOND_MS;

/** What comes over the socket (docs.slack.dev/apis/events-api/using-socket-mode). */
const frameSchema = z.object({
  type: z.string().optional().catch(undefined),
  envelope_id: z.string().min(1).optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  payload: z.unknown().optional(),
});
type Frame = z.infer<typeof frameSchema>;

/** Who is told. Neither may throw. */
export interface SocketListener {
  /** An event's payload, already acknowledged. */
  event(payload: unknown): void;
  /** Slack wants this socket replaced, or gone; it lives until it is closed. `reason` in Slack's words. */
  leaving(reason: string): void;
  /** It ended without having been closed by us. */
  ended(): void;
}

/** What a socket needs. */
export interface SocketParts {
  readonly context: Pick<AdapterContext, 'http' | 'clock' | 'logger' | 'signal' | 'budget'>;
  readonly apiUrl: URL;
  readonly appToken: string;
  readonly time: ServerTime;
  readonly listener: SocketListener;
}

/** The SDK's client without its own reading of frames, which believes every byte and closes a socket before there is another. */
class FrameClient extends SocketModeClient {
  onFrame: (frame: Frame) => void = () => {};

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const frame = typeof data === 'string' ? frameOf(data) : null;
    if (frame?.type === 'hello') return super.onWebSocketMessage(data, isBinary);
    if (frame !== null) this.onFrame(frame);
  }

  acknowledge(envelopeId: string): void {
    // What does not arrive any more is sent again by Slack, over another socket.
    this.websocket?.send(JSON.stringify({ envelope_id: envelopeId }), () => {});
  }
}

/** One Socket Mode connection: opened once, closed once. Its reconnecting is somebody else's. */
export class Socket {
  readonly #parts: SocketParts;
  readonly #client: FrameClient;
  readonly #closing = new AbortController();
  #state: 'new' | 'opening' | 'open' | 'over' = 'new';
  #refuse: (error: MusterError) => void = () => {};

  constructor(parts: SocketParts) {
    this.#parts = parts;
    const { context, apiUrl, time } = parts;
    const signal = AbortSignal.any([context.signal, this.#closing.signal]);
    const check = (body: unknown): void => checkAddress(body, apiUrl);
    const { logger: _logger, ...clientOptions } = sdkOptions({
      context,
      apiUrl: apiUrl.href,
      time,
      method: METHOD,
      signal,
      check,
    });
    this.#client = new FrameClient({
      appToken: parts.appToken,
      autoReconnectEnabled: false,
      clientPingTimeout: PONG_TIMEOUT_MS,
      logger: quietLogger(context.logger),
      clientOptions,
    });
    this.#client.onFrame = (frame) => this.#take(frame);
    this.#client.on('disconnected', () => this.#gone());
  }

  /** Resolves at Slack's hello. Rejects with a MusterError; then nothing is left open. */
  async open(): Promise<void> {
    const { context } = this.#parts;
    const signal = AbortSignal.any([context.signal, this.#closing.signal]);
    try {
      await context.budget(METHOD, SLACK_METHODS[METHOD]).take(signal, false);
      signal.throwIfAborted();
      this.#state = 'opening';
      await this.#hello(signal);
      signal.throwIfAborted();
      this.#state = 'open';
    } catch (thrown) {
      // Before it is closed, which ends the signal for a reason of its own.
      const error = thrown === undefined ? cutOff() : sdkError(METHOD, thrown, signal);
      await this.close();
      throw error;
    }
  }

  /** Ends it, whatever it is doing. Never rejects; may be called again. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new MusterError('cancelled', 'The Slack event socket was closed.'));
    const started = this.#state !== 'new';
    this.#state = 'over';
    if (!started) return;
    await new Promise<void>((resolve) => {
      const timer = this.#parts.context.clock.after(CLOSE_TIMEOUT_MS, () => {
        // A second time means: without waiting for the other side.
        this.#client.websocket?.disconnect();
        resolve();
      });
      this.#client.once('disconnected', () => {
        timer();
        resolve();
      });
      void this.#client.disconnect();
    });
  }

  /** The SDK's start, ended by a time-out, by being closed, or by Slack's refusal over the socket itself. */
  async #hello(signal: AbortSignal): Promise<void> {
    let timer: Dispose = () => {};
    const onAbort = (): void => this.#refuse(signal.reason);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#refuse = reject;
        timer = this.#parts.context.clock.after(OPEN_TIMEOUT_MS, () => reject(tooSlow()));
        signal.addEventListener('abort', onAbort, { once: true });
        this.#client.start().then(() => {
          resolve();
          // Closed while the SDK was still asking for an address, which it does not notice by itself.
          if (this.#state === 'over') void this.#client.disconnect();
        }, reject);
      });
    } finally {
      timer();
      signal.removeEventListener('abort', onAbort);
    }
  }

  #take(frame: Frame): void {
    if (this.#state === 'over') return;
    if (frame.envelope_id !== undefined) this.#client.acknowledge(frame.envelope_id);
    if (frame.type === 'disconnect') {
      const reason = frame.reason ?? 'unknown';
      if (this.#state === 'open') this.#parts.listener.leaving(reason);
      else this.#refuse(refusalOf(METHOD, reason));
    } else if (frame.type === 'events_api') {
      this.#parts.listener.event(frame.payload);
    }
  }

  #gone(): void {
    if (this.#state !== 'open') return;
    this.#state = 'over';
    this.#parts.listener.ended();
  }
}

function frameOf(text: string): Frame | null {
  try {
    return frameSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const addressSchema = z.object({ ok: z.literal(true), url: z.url({ protocol: /^wss?$/ }) });

/** The address holds a ticket: encrypted only, except on this machine when the API is there too. */
function checkAddress(body: unknown, apiUrl: URL): void {
  if (z.object({ ok: z.literal(false) }).safeParse(body).success) return;
  const address = URL.parse(addressSchema.safeParse(body).data?.url ?? '');
  const here = address !== null && isLoopback(address) && isLoopback(apiUrl);
  if (address === null || (address.protocol !== 'wss:' && !here)) throw unreadable(METHOD);
}

function cutOff(): MusterError {
  return new MusterError('platform-unreachable', 'Slack’s event socket ended before it was up.', {
    params: { method: METHOD },
  });
}

function tooSlow(): MusterError {
  return new MusterError('timeout', 'Slack’s event socket did not come up in time.', {
    params: { method: METHOD },
  });
}
