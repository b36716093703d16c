import { type XmlElement, xml } from '@xmpp/client';
import { MusterError } from '../../domain/errors.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext } from '../platform.ts';
import { endpointsOf } from './endpoints.ts';
import { closedError, StanzaRefused, toXmppError } from './errors.ts';
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
  #fullJid = '';
  #disposeKeepalive: Dispose = () => {};
  #closed = false;

  constructor(context: AdapterContext<XmppSettings>, password: string, resource: string, handlers: SessionHandlers) {
    const { domain, username } = context.settings;
    this.#context = context;
    this.#handlers = handlers;
    this.#password = password;
    this.#resource = resource;
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
    let failure: unknown = null;
    for (const endpoint of await endpointsOf(context.settings)) {
      let stream: XmppStream | null = null;
      try {
        const opened = await XmppStream.open({
          endpoint,
          domain: context.settings.domain,
          username: context.settings.username,
          password: this.#password,
          resource: this.#resource,
          resume: this.#resume,
          clock: context.clock,
          signal: both,
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
        return opened.resumed ? 'resumed' : 'fresh';
      } catch (error) {
        both.throwIfAborted();
        failure ??= error;
        // Another host of the same domain helps against an unreachable one, not against a wrong password.
        if (!(error instanceof MusterError) || error.code !== 'platform-unreachable') break;
      }
    }
    throw toXmppError(failure);
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
