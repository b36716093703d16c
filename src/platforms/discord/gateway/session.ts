import { MusterError } from '../../../domain/errors.ts';
import type { Dispose } from '../../../ports/clock.ts';
import type { JsonValue } from '../../json.ts';
import type { AdapterContext } from '../../platform.ts';
import { canResume, closed, closeErrorOf, intentsMissing, silent, unreachable, unreadable } from '../errors.ts';
import { isGatewayUrl } from '../manifest.ts';
import type { RestClient } from '../rest-client.ts';
import { applicationSchema, helloSchema, type Ready, readySchema } from '../schema.ts';
import { Heart } from './heart.ts';
import { gatewayUrlForIdentify } from './identify-budget.ts';
import { INTENTS, LARGE_THRESHOLD, MOST_PAYLOAD_BYTES, missingIntents, OP, SENDS_PER_MINUTE } from './protocol.ts';
import { type Frame, GatewaySocket } from './socket.ts';

/** From the start of a connection to its `READY` or `RESUMED`. */
const OPEN_MS = 20_000;
/** A session whose address cannot be reached this often is given up. */
const RESUME_TRIES = 3;
/** A sign-in that comes less than 5 s after another one with the same bot is refused (`max_concurrency`); then once more. */
const IDENTIFY_TRIES = 2;
const IDENTIFY_PAUSE_MS = 5_500;

/** Who listens to a session. */
export interface SessionEvents {
  /** A new session begins: everything is told anew, from `ready` on. */
  ready(ready: Ready): void;
  /** An event. `replayed`: of the time before the session was resumed. */
  dispatch(type: string, data: unknown, replayed: boolean): void;
  /** The session broke after it was open. */
  lost(error: MusterError): void;
}

/** What is needed to resume. */
interface Resumable {
  readonly id: string;
  readonly url: URL;
  sequence: number;
  tries: number;
}

/** One try to open a session. */
interface Opening {
  readonly how: 'resumed' | 'fresh';
  readonly done: PromiseWithResolvers<'resumed' | 'fresh' | 'refused'>;
}

/**
 * One sign-in on Discord's gateway (API version 10, JSON, a single shard): identifies or resumes, keeps alive, and tells of its loss.
 * It never reconnects by itself; whoever is told of a loss opens it again.
 */
export class GatewaySession {
  readonly #context: AdapterContext;
  readonly #rest: RestClient;
  readonly #token: string;
  readonly #events: SessionEvents;
  readonly #heart: Heart;
  readonly #closed = new AbortController();
  #socket: GatewaySocket | null = null;
  #opening: Opening | null = null;
  #resumable: Resumable | null = null;
  #up = false;

  constructor(context: AdapterContext, rest: RestClient, token: string, events: SessionEvents) {
    this.#context = context;
    this.#rest = rest;
    this.#token = token;
    this.#events = events;
    this.#heart = new Heart({
      clock: context.clock,
      random: context.random,
      beat: () => this.#beat(),
      dead: () => this.#gone(1006, silent()),
    });
  }

  get isUp(): boolean {
    return this.#up;
  }

  /** Opens the session, or resumes the one before: then nothing was missed. Rejects with a MusterError, leaving nothing open. */
  async open(signal: AbortSignal): Promise<'resumed' | 'fresh'> {
    const both = AbortSignal.any([signal, this.#closed.signal]);
    this.#drop();
    if (this.#resumable !== null) {
      this.#resumable.tries += 1;
      if (this.#resumable.tries > RESUME_TRIES) this.#resumable = null;
    }
    if (this.#resumable !== null) {
      const how = await this.#connect(this.#resumable.url, 'resumed', both).catch((thrown: unknown) => {
        // A close code may say that the session is gone; anything else is worth another try with it.
        if (this.#resumable !== null || !(thrown instanceof MusterError) || thrown.retry !== 'later') throw thrown;
        return 'refused' as const;
      });
      if (how !== 'refused') return how;
      this.#resumable = null;
      // “Wait a random amount of time between 1 and 5 seconds” (docs.discord.com, “Invalid Session”).
      await this.#pause(1_000 + 4_000 * this.#context.random.next(), both);
    }
    for (let attempt = 0; attempt < IDENTIFY_TRIES; attempt += 1) {
      // Something else of the user's has just signed in with this bot.
      if (attempt > 0) await this.#pause(IDENTIFY_PAUSE_MS, both);
      const url = await gatewayUrlForIdentify(this.#context, this.#rest, both);
      const how = await this.#connect(url, 'fresh', both).catch((thrown: unknown) => this.#explained(thrown, both));
      if (how !== 'refused') return how;
    }
    throw new MusterError('platform-unavailable', 'Discord did not let Muster sign in just now.');
  }

  /** Sends a request over the gateway, within its limits. Rejects when the session is not up. */
  async send(op: number, data: JsonValue, signal: AbortSignal): Promise<void> {
    const text = JSON.stringify({ op, d: data });
    if (Buffer.byteLength(text) > MOST_PAYLOAD_BYTES) throw new RangeError('a gateway payload is too large');
    await this.#context.budget('gateway', SENDS_PER_MINUTE).take(AbortSignal.any([signal, this.#closed.signal]));
    if (!this.#up || this.#socket === null) throw unreachable();
    this.#socket.send(text);
  }

  /** Resolves when the gateway answered a heartbeat. */
  async verify(signal: AbortSignal): Promise<void> {
    if (this.#closed.signal.aborted) throw closed();
    if (!this.#up) throw unreachable();
    await this.#heart.ask(AbortSignal.any([signal, this.#closed.signal]));
  }

  /** Signs out. */
  async close(): Promise<void> {
    const socket = this.#socket;
    this.#closed.abort(closed());
    this.#socket = null;
    this.#up = false;
    this.#resumable = null;
    this.#heart.stop();
    this.#opening?.done.reject(closed());
    await socket?.goodbye();
  }

  async #connect(url: URL, how: 'resumed' | 'fresh', signal: AbortSignal): Promise<'resumed' | 'fresh' | 'refused'> {
    signal.throwIfAborted();
    const done = Promise.withResolvers<'resumed' | 'fresh' | 'refused'>();
    const opening: Opening = { how, done };
    this.#opening = opening;
    const address = new URL(url);
    address.search = '?v=10&encoding=json';
    const socket = new GatewaySocket(this.#context.clock, address, {
      frame: (frame) => this.#socket === socket && this.#frame(frame),
      gone: ({ closeCode, error }) => this.#socket === socket && this.#gone(closeCode, error),
    });
    this.#socket = socket;
    const late = this.#context.clock.after(OPEN_MS, () => this.#gone(1006, silent()));
    const abort = (): void => done.reject(closed());
    signal.addEventListener('abort', abort, { once: true });
    try {
      const outcome = await done.promise;
      if (outcome === 'refused') this.#drop();
      return outcome;
    } catch (thrown) {
      if (this.#socket === socket) this.#drop();
      throw thrown;
    } finally {
      late();
      signal.removeEventListener('abort', abort);
      if (this.#opening === opening) this.#opening = null;
    }
  }

  #frame({ op, d, s, t }: Frame): void {
    switch (op) {
      case OP.hello:
        this.#hello(d);
        break;
      case OP.heartbeat:
        this.#heart.beat();
        break;
      case OP.heartbeatAck:
        this.#heart.acknowledged();
        break;
      case OP.reconnect:
        // Routine: the gateway's servers are renewed every few hours. Resuming misses nothing.
        this.#gone(4000, null);
        break;
      case OP.invalidSession:
        this.#invalid(d === true);
        break;
      case OP.dispatch:
        this.#dispatch(t ?? '', d, s ?? null);
        break;
      default:
        this.#context.logger.debug('Discord sent an opcode that Muster does not know', { op });
    }
  }

  #hello(data: unknown): void {
    const hello = helloSchema.safeParse(data);
    if (!hello.success) {
      this.#gone(1006, unreadable('hello'));
      return;
    }
    this.#heart.start(hello.data.heartbeat_interval);
    const resumable = this.#resumable;
    if (this.#opening?.how === 'resumed' && resumable !== null) {
      this.#write(OP.resume, { token: this.#token, session_id: resumable.id, seq: resumable.sequence });
      return;
    }
    this.#write(OP.identify, {
      token: this.#token,
      intents: INTENTS,
      large_threshold: LARGE_THRESHOLD,
      properties: { os: process.platform, browser: 'muster', device: 'muster' },
    });
  }

  /** The session cannot be taken up, or a new one not be begun; sometimes it can a little later (`resumable`). */
  #invalid(resumable: boolean): void {
    if (this.#opening !== null) {
      if (resumable) {
        this.#gone(4000, null);
        return;
      }
      this.#opened(this.#opening, 'refused');
      return;
    }
    if (!resumable) this.#resumable = null;
    this.#gone(4000, null);
  }

  #dispatch(type: string, data: unknown, sequence: number | null): void {
    const opening = this.#opening;
    if (type === 'READY') {
      const ready = readySchema.safeParse(data);
      if (!ready.success) {
        this.#gone(1006, unreadable('ready', ready.error));
        return;
      }
      if (!isGatewayUrl(ready.data.resume_gateway_url)) {
        this.#gone(1006, unreadable('the gateway’s address'));
        return;
      }
      const url = new URL(ready.data.resume_gateway_url);
      this.#resumable = { id: ready.data.session_id, url, sequence: sequence ?? 0, tries: 0 };
      if (ready.data.user.bot === false) {
        this.#notABot();
        return;
      }
      this.#up = true;
      this.#events.ready(ready.data);
      this.#opened(opening, 'fresh');
      return;
    }
    if (sequence !== null && this.#resumable !== null) this.#resumable.sequence = sequence;
    if (type === 'RESUMED') {
      if (this.#resumable !== null) this.#resumable.tries = 0;
      this.#up = true;
      this.#opened(opening, 'resumed');
      return;
    }
    this.#events.dispatch(type, data, opening !== null && opening.how === 'resumed');
  }

  /** From now on an end is a loss, rather than a try that failed. */
  #opened(opening: Opening | null, outcome: 'resumed' | 'fresh' | 'refused'): void {
    this.#opening = null;
    opening?.done.resolve(outcome);
  }

  /** A user's token never comes this far, since no call is made with it but as a bot's; a gateway in between might let it. */
  #notABot(): void {
    this.#resumable = null;
    const error = new MusterError(
      'credentials-refused',
      'This is the token of a user account. Discord forbids programs to use it and may end the account: sign in with the token of your own bot.',
    );
    this.#gone(1006, error);
  }

  #beat(): void {
    this.#write(OP.heartbeat, this.#resumable?.sequence ?? null);
  }

  #write(op: number, data: JsonValue): void {
    try {
      this.#socket?.send(JSON.stringify({ op, d: data }));
    } catch {
      // The socket's end is told by itself.
    }
  }

  #gone(closeCode: number, error: MusterError | null): void {
    if (!canResume(closeCode)) this.#resumable = null;
    const why = error ?? closeErrorOf(closeCode);
    const wasUp = this.#up;
    const opening = this.#opening;
    this.#drop(why);
    if (opening !== null) opening.done.reject(why);
    else if (wasUp) this.#events.lost(why);
  }

  /** Lets the present socket go; the session can still be resumed. */
  #drop(why: MusterError = unreachable()): void {
    this.#up = false;
    this.#heart.stop(why);
    this.#socket?.cut();
    this.#socket = null;
  }

  /** 4014 does not say which of the two intents is off; the application's flags do. */
  async #explained(thrown: unknown, signal: AbortSignal): Promise<never> {
    if (!(thrown instanceof MusterError) || thrown.params.closeCode !== 4014) throw thrown;
    const application = await this.#rest.get('/applications/@me', applicationSchema, signal).catch(() => null);
    throw intentsMissing(missingIntents(application?.flags ?? null));
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const dispose: Dispose = this.#context.clock.after(ms, resolve);
    const abort = (): void => reject(closed());
    signal.addEventListener('abort', abort, { once: true });
    try {
      await promise;
    } finally {
      dispose();
      signal.removeEventListener('abort', abort);
    }
  }
}
