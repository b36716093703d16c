import { resolveSrv } from 'node:dns/promises';
import { type XmlElement, xml } from '@xmpp/client';
import { MusterError } from '../../domain/errors.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext } from '../platform.ts';
import { type Endpoint, endpointsOf, redirected, type SrvLookup } from './endpoints.ts';
import { closedError, Redirection, StanzaRefused, toXmppError } from './errors.ts';
import { IqCaller, type IqOptions } from './iq.ts';
import type { XmppSettings } from './manifest.ts';
import { NS } from './namespaces.ts';
import { type ResumeState, XmppStream } from './stream.ts';

/** What the session tells its owner. */
export interface SessionHandlers {
  onStanza(stanza: XmlElement): void;
  onRosterPush(from: string | null, query: XmlElement): boolean;
  onLost(error: MusterError): void;
}

const KEEPALIVE_MS = 30_000;
const PING_TIMEOUT_MS = 15_000;
/** How long a socket may take where there is another host to try: all of them within the core's patience. */
const CONNECT_MS = 5_000;
const LAST_CONNECT_MS = 15_000;
/** Servers that send each other's clients round end somewhere. */
const MOST_REDIRECTIONS = 3;
/** What another host of the domain cannot help against. */
const ABOUT_THE_ACCOUNT: ReadonlySet<string> = new Set([
  'credentials-refused',
  'account-disabled',
  'unsupported',
  'replaced-by-another-session',
  'cancelled',
]);
/** Says less than what another host answered. */
const SILENT: ReadonlySet<string> = new Set(['platform-unreachable', 'timeout']);

/**
 * A sign-in that outlives its connections: opens streams, resumes what was lost, asks questions, notices silence. Never
 * reconnects by itself; when to try again is the core's.
 */
export class XmppSession {
  readonly bareJid: string;
  readonly #context: AdapterContext<XmppSettings>;
  readonly #handlers: SessionHandlers;
  readonly #password: string;
  readonly #resource: string;
  readonly #iq: IqCaller;
  #stream: XmppStream | null = null;
  #resume: ResumeState | null = null;
  /** Where the last sign-in was: tried first, as long as the domain still names it. */
  #lastUri: string | null = null;
  readonly #lookup: SrvLookup;
  #fullJid = '';
  #disposeKeepalive: Dispose = () => {};
  #closed = false;

  constructor(
    context: AdapterContext<XmppSettings>,
    password: string,
    resource: string,
    handlers: SessionHandlers,
    lookup: SrvLookup = resolveSrv,
  ) {
    const { domain, username } = context.settings;
    this.#context = context;
    this.#handlers = handlers;
    this.#password = password;
    this.#resource = resource;
    this.#lookup = lookup;
    this.bareJid = `${username}@${domain}`.toLowerCase();
    const self = { bare: this.bareJid, domain: domain.toLowerCase() };
    this.#iq = new IqCaller(context.clock, context.random, self, (stanza) => this.send(stanza));
  }

  /** Our own full address; changes when a fresh session was given another resource. */
  get fullJid(): string {
    return this.#fullJid;
  }

  get isOpen(): boolean {
    return this.#stream?.isOpen ?? false;
  }

  /** Opens a stream, resuming the one before when the server still holds it. Rejects with a MusterError. */
  async open(signal: AbortSignal): Promise<'resumed' | 'fresh'> {
    const context = this.#context;
    if (this.#closed) throw new MusterError('cancelled', 'The account was closed.');
    this.#stream?.destroy();
    this.#stream = null;
    const both = AbortSignal.any([signal, context.signal]);
    const endpoints = await endpointsOf(context.settings, this.#lookup);
    // Stable, so that all others keep their order.
    endpoints.sort((a, b) => Number(b.uri === this.#lastUri) - Number(a.uri === this.#lastUri));
    let redirections = 0;
    let failure: MusterError | null = null;
    for (let next = endpoints.shift(); next !== undefined; next = endpoints.shift()) {
      const endpoint = next;
      try {
        const resumed = await this.#openAt(endpoint, endpoints.length === 0 ? LAST_CONNECT_MS : CONNECT_MS, both);
        this.#lastUri = endpoint.uri;
        return resumed ? 'resumed' : 'fresh';
      } catch (thrown) {
        both.throwIfAborted();
        const error = toXmppError(thrown);
        if (ABOUT_THE_ACCOUNT.has(error.code)) throw error;
        if (failure === null || (SILENT.has(failure.code) && !SILENT.has(error.code))) failure = error;
        if (!(thrown instanceof Redirection) || redirections >= MOST_REDIRECTIONS) continue;
        redirections += 1;
        const elsewhere = redirected(endpoint, thrown.to, context.settings.domain);
        if (elsewhere !== null) endpoints.unshift(elsewhere);
      }
    }
    throw failure ?? closedError();
  }

  /** Whether the session before was resumed. Rejects with a MusterError or a Redirection. */
  async #openAt(endpoint: Endpoint, connectMs: number, signal: AbortSignal): Promise<boolean> {
    const { settings, clock } = this.#context;
    let stream: XmppStream | null = null;
    const opened = await XmppStream.open({
      endpoint,
      domain: settings.domain,
      username: settings.username,
      password: this.#password,
      resource: this.#resource,
      resume: this.#resume,
      connectMs,
      clock,
      signal,
      onStanza: (stanza) => this.#receive(stanza),
      onRosterPush: (from, query) => this.#handlers.onRosterPush(from, query),
      onLost: (error) => {
        if (stream === null || this.#stream === stream) this.#lost(error);
      },
    });
    stream = opened.stream;
    if (!stream.isOpen) throw closedError();
    this.#stream = stream;
    this.#resume = null;
    this.#fullJid = stream.fullJid;
    this.#keepAlive();
    return opened.resumed;
  }

  #receive(stanza: XmlElement): void {
    if (this.#closed) return;
    this.#iq.receive(stanza);
    this.#handlers.onStanza(stanza);
  }

  #lost(thrown: unknown): void {
    const stream = this.#stream;
    if (stream === null || this.#closed) return;
    this.#stream = null;
    this.#disposeKeepalive();
    this.#resume = stream.resumeState();
    stream.destroy();
    const error = toXmppError(thrown);
    this.#iq.failAll(error);
    this.#handlers.onLost(error);
  }

  /** A half-open connection says nothing: after 30 s of silence a ping must be answered. */
  #keepAlive(): void {
    this.#disposeKeepalive();
    this.#disposeKeepalive = this.#context.clock.after(KEEPALIVE_MS, () => {
      const stream = this.#stream;
      if (stream === null) return;
      const silentMs = this.#context.clock.monotonicMs() - stream.lastReceivedMs;
      const check = silentMs < KEEPALIVE_MS ? Promise.resolve() : this.ping();
      check.then(
        () => {
          if (this.#stream === stream) this.#keepAlive();
        },
        (error: unknown) => {
          if (this.#stream === stream) this.#lost(error);
        },
      );
    });
  }

  /** XEP-0199 to our own server. Any answer counts, also "I do not know pings". */
  async ping(signal?: AbortSignal): Promise<void> {
    try {
      await this.request('get', xml('ping', { xmlns: NS.ping }), {
        timeoutMs: PING_TIMEOUT_MS,
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (error instanceof StanzaRefused) return;
      throw error;
    }
  }

  request(type: 'get' | 'set', child: XmlElement, options: IqOptions = {}): Promise<XmlElement | null> {
    const own = this.#context.signal;
    return this.#iq.request(type, child, {
      ...options,
      signal: options.signal ? AbortSignal.any([options.signal, own]) : own,
    });
  }

  async send(stanza: XmlElement): Promise<void> {
    const stream = this.#stream;
    if (stream === null) throw closedError();
    await stream.send(stanza);
  }

  /** Ends the stream without a word to the core, so that the next attempt starts clean. */
  async disconnect(): Promise<void> {
    const stream = this.#stream;
    this.#stream = null;
    this.#disposeKeepalive();
    this.#iq.failAll();
    await stream?.close();
  }

  /** Says goodbye, so that the server tells our contacts at once, and closes the socket. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#disposeKeepalive();
    const stream = this.#stream;
    this.#stream = null;
    this.#resume = null;
    if (stream !== null) {
      await stream.send(xml('presence', { type: 'unavailable' })).catch(() => {});
      await stream.close();
    }
    this.#iq.failAll();
  }
}
