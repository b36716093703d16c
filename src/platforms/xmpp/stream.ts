/// <reference path="./xmpp-client.d.ts" />
import { StringDecoder } from 'node:string_decoder';
import { client, type IqContext, jid, type XmlElement, type XmppEntity } from '@xmpp/client';
import type { Clock } from '../../ports/clock.ts';
import { answerDiscoInfo } from './caps.ts';
import { type Endpoint, tlsOptionsOf } from './endpoints.ts';
import { closedError, impostorError, insecureError, Redirection, timeoutError, toXmppError } from './errors.ts';
import { NS } from './namespaces.ts';
import { SCRAM_SHA_256, ScramSha256 } from './scram.ts';

/** What a later stream needs to resume this one (XEP-0198 section 5). */
export interface ResumeState {
  readonly id: string;
  readonly inbound: number;
  readonly outbound: number;
  readonly queue: readonly unknown[];
  readonly jid: string;
}

/** What one stream is opened with. */
export interface StreamOptions {
  readonly endpoint: Endpoint;
  readonly domain: string;
  readonly username: string;
  readonly password: string;
  readonly resource: string;
  readonly resume: ResumeState | null;
  /** How long the socket may take; a port behind a silent firewall never answers. */
  readonly connectMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onStanza: (stanza: XmlElement) => void;
  /** A roster push; true when it was accepted. */
  readonly onRosterPush: (from: string | null, query: XmlElement) => boolean;
  /** Once, when a stream that was open ended without `close()`. */
  readonly onLost: (error: unknown) => void;
}

const SIGN_IN_MS = 20_000;
const CLOSE_MS = 2_000;
const ENABLE_MS = 1_000;
/** No stanza of a sane server is as large; a roster of 10,000 people is about 2 MB. */
const MAX_STANZA_BYTES = 16 * 1_024 * 1_024;

/**
 * One TCP connection with its XML stream. Every attempt gets a new client of the library: what a broken negotiation left behind
 * in an old one (a listener in the middle of SASL) would answer the next server too. Resumption is carried over by hand.
 */
export class XmppStream {
  readonly #entity: XmppEntity;
  readonly #clock: Clock;
  #state: 'opening' | 'open' | 'ended' = 'opening';
  #lastError: unknown = null;
  #streamManagement: 'not-offered' | 'offered' | 'answered' = 'not-offered';
  /** When something last arrived, on the monotonic clock. */
  lastReceivedMs = 0;

  private constructor(options: StreamOptions) {
    this.#clock = options.clock;
    this.lastReceivedMs = options.clock.monotonicMs();
    this.#entity = createEntity(options, (received) => {
      if (received) this.lastReceivedMs = options.clock.monotonicMs();
    });
    const entity = this.#entity;
    entity.on('nonza', (element) => {
      if (element.is('features')) {
        if (element.getChild('sm', NS.streamManagement)) this.#streamManagement = 'offered';
      } else if (element.is('enabled', NS.streamManagement) || element.is('failed', NS.streamManagement)) {
        this.#streamManagement = 'answered';
      }
    });
    entity.on('stanza', options.onStanza);
    entity.iqCallee.set(NS.roster, 'query', (context: IqContext) =>
      options.onRosterPush(context.stanza.attrs.from ?? null, context.element),
    );
    const ended = () => {
      if (this.#state !== 'open') return;
      this.destroy();
      options.onLost(this.#lastError ?? closedError());
    };
    entity.on('disconnect', ended);
    entity.on('close', ended);
    entity.on('error', (error) => {
      this.#lastError ??= error;
    });
  }

  /** Connects and signs in. Rejects with a MusterError or a Redirection, leaving nothing behind. */
  static async open(options: StreamOptions): Promise<{ stream: XmppStream; resumed: boolean }> {
    options.signal.throwIfAborted();
    const stream = new XmppStream(options);
    try {
      const resumed = await stream.#negotiate(options);
      await stream.#enabled();
      options.signal.throwIfAborted();
      stream.#state = 'open';
      return { stream, resumed };
    } catch (error) {
      stream.destroy();
      options.signal.throwIfAborted();
      throw error instanceof Redirection ? error : toXmppError(error);
    }
  }

  async #negotiate(options: StreamOptions): Promise<boolean> {
    const entity = this.#entity;
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const abort = () => reject(options.signal.reason);
    options.signal.addEventListener('abort', abort, { once: true });
    const disposeTimeout = options.clock.after(SIGN_IN_MS, () => reject(timeoutError()));
    const disposeConnect = options.clock.after(options.connectMs, () => reject(timeoutError()));
    entity.on('connect', disposeConnect);
    entity.on('online', () => resolve(false));
    entity.streamManagement.once('resumed', () => resolve(true));
    entity.on('error', reject);
    entity.on('disconnect', () => reject(this.#lastError ?? closedError()));
    try {
      entity
        .connect(options.endpoint.uri)
        .then(() => entity.open({ domain: options.domain, lang: 'en' }))
        .catch(reject);
      return await promise;
    } finally {
      disposeTimeout();
      disposeConnect();
      options.signal.removeEventListener('abort', abort);
    }
  }

  /**
   * Waits until the server answered `<enable/>`: stanzas sent before that are counted by one side and not by the other, and the
   * server then ends the stream ("acknowledged less stanzas than already acknowledged").
   */
  async #enabled(): Promise<void> {
    const startedAt = this.#clock.monotonicMs();
    while (
      this.#streamManagement !== 'not-offered' &&
      !this.#entity.streamManagement.enabled &&
      this.#entity.status === 'online' &&
      this.#clock.monotonicMs() - startedAt < ENABLE_MS
    ) {
      await new Promise<void>((resolve) => this.#clock.after(5, resolve));
      if (this.#streamManagement === 'answered') return;
    }
  }

  /** False once it ended, also when that happened before anybody could listen. */
  get isOpen(): boolean {
    return this.#state === 'open';
  }

  get fullJid(): string {
    return this.#entity.jid?.toString() ?? '';
  }

  /** Null when the server cannot resume. */
  resumeState(): ResumeState | null {
    const { id, inbound, outbound, outbound_q: queue } = this.#entity.streamManagement;
    return id ? { id, inbound, outbound, queue: [...queue], jid: this.fullJid } : null;
  }

  /** Sends one stanza; rejects when the socket is gone. */
  async send(stanza: XmlElement): Promise<void> {
    if (this.#state !== 'open') throw closedError();
    await this.#entity.send(stanza);
  }

  /** Ends the stream as RFC 6120 section 4.4 wants it, for at most two seconds, then the socket. Never rejects. */
  async close(): Promise<void> {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    let dispose = () => {};
    const patience = new Promise<void>((resolve) => {
      dispose = this.#clock.after(CLOSE_MS, resolve);
    });
    await Promise.race([this.#entity.stop().catch(() => null), patience]);
    dispose();
    this.#teardown();
  }

  /** Ends it at once, keeping what a resumption needs. */
  destroy(): void {
    this.#state = 'ended';
    this.#teardown();
  }

  #teardown(): void {
    const reason = this.#lastError ?? closedError();
    for (const waiting of this.#entity.iqCaller.handlers.values()) waiting.reject(reason);
    this.#entity.iqCaller.handlers.clear();
    // Settles whatever inside the library still waits for an event, and with it its timers.
    this.#entity.emit('error', reason);
    destroySocket(this.#entity.socket);
  }
}

/** The library's client with its own reconnecting off, its parser made safe, and the resumption state of the stream before. */
function createEntity(options: StreamOptions, onReceived: (received: boolean) => void): XmppEntity {
  const { endpoint, domain, username, password, resume } = options;
  const entity = client({
    service: endpoint.uri,
    domain,
    resource: options.resource,
    username,
    timeout: SIGN_IN_MS / 2,
    credentials: async (authenticate, mechanisms, _fast, current) => {
      const secure = current.isSecure();
      if (!secure && !endpoint.insecureAllowed) throw insecureError();
      const known = [SCRAM_SHA_256, 'SCRAM-SHA-1', ...(secure ? ['PLAIN'] : [])];
      const mechanism = known.find((name) => mechanisms.includes(name));
      if (mechanism === undefined) throw noMechanism();
      await authenticate({ username, password }, mechanism);
    },
  });
  entity.reconnect.stop();
  offerScramSha256(entity);
  answerDiscoInfo(entity);
  // The library would follow it by itself, to wherever, with sockets that nobody closes.
  entity._onSeeOtherHost = ({ element }) => {
    entity.emit('error', new Redirection(element.getChild('see-other-host')?.text().trim() ?? ''));
  };
  const socketParameters = entity.socketParameters.bind(entity);
  // The library's own know no default port and no IPv6 address.
  entity.socketParameters = (service) => {
    if (socketParameters(service) === undefined) return undefined;
    const { host, port } = endpoint;
    return { host, port, ...(service.startsWith('xmpps:') ? tlsOptionsOf(endpoint) : {}) };
  };
  // The library cuts UTF-8 at chunk borders, and lets malformed stanzas throw out of the socket's event.
  const onData = entity._onData.bind(entity);
  const decoder = new StringDecoder('utf8');
  let sinceElement = 0;
  entity.on('element', () => {
    sinceElement = 0;
  });
  entity._onData = (data) => {
    onReceived(true);
    sinceElement += data.length;
    try {
      if (sinceElement > MAX_STANZA_BYTES) throw new TypeError('stanza too large');
      onData(typeof data === 'string' ? data : decoder.write(Buffer.from(data)));
    } catch (error) {
      entity.emit('error', error);
      destroySocket(entity.socket);
    }
  };
  if (resume) {
    const management = entity.streamManagement;
    management.id = resume.id;
    management.inbound = resume.inbound;
    management.outbound = resume.outbound;
    management.outbound_q = [...resume.queue];
    entity.jid = jid(resume.jid);
  }
  return entity;
}

/** The library does not show its mechanisms the server's last word, by which a server proves itself. */
function offerScramSha256(entity: XmppEntity): void {
  let present: ScramSha256 | null = null;
  entity.saslFactory.use(
    SCRAM_SHA_256,
    class extends ScramSha256 {
      constructor() {
        super();
        present = this;
      }
    },
  );
  entity.on('nonza', (element) => {
    if (present === null || !element.is('success', NS.sasl)) return;
    const lastWord = Buffer.from(element.text(), 'base64').toString('utf8');
    if (!present.accepts(lastWord)) entity.emit('error', impostorError());
  });
}

function noMechanism(): Error {
  const error = new Error('no usable SASL mechanism');
  error.name = 'SASLError';
  return error;
}

/** The library's TLS socket wraps Node's; both are closed by the inner one. */
function destroySocket(socket: unknown): void {
  if (typeof socket !== 'object' || socket === null) return;
  const inner: unknown = Reflect.get(socket, 'socket');
  const target = typeof inner === 'object' && inner !== null ? inner : socket;
  if ('destroy' in target && typeof target.destroy === 'function') target.destroy();
}
