import { type XmlElement, xml } from '@xmpp/client';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import { closedError, StanzaRefused, timeoutError } from './errors.ts';
import { parseJid } from './jid.ts';
import { errorConditionOf } from './schema.ts';

interface Waiting {
  readonly to: string | null;
  resolve(child: XmlElement | null): void;
  reject(error: unknown): void;
}

/** What an IQ goes to; `null` = one's own server. */
export interface IqOptions {
  readonly to?: string | null;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Questions to the server and to contacts (RFC 6120 section 8.2.3). Not the library's: that one takes an answer from anybody who
 * guesses the id, holds its timers after the connection broke, and hides answers from the counters of stream management.
 */
export class IqCaller {
  readonly #waiting = new Map<string, Waiting>();
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #send: (stanza: XmlElement) => Promise<void>;
  readonly #self: { readonly bare: string; readonly domain: string };

  constructor(
    clock: Clock,
    random: Random,
    self: { readonly bare: string; readonly domain: string },
    send: (stanza: XmlElement) => Promise<void>,
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#self = self;
    this.#send = send;
  }

  /** The answer's payload; null when it is empty. Rejects with StanzaRefused, or a MusterError when no answer came. */
  async request(type: 'get' | 'set', child: XmlElement, options: IqOptions = {}): Promise<XmlElement | null> {
    const { to = null, timeoutMs = 15_000, signal } = options;
    signal?.throwIfAborted();
    const id = this.#random.id('q');
    const { promise, resolve, reject } = Promise.withResolvers<XmlElement | null>();
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    const dispose = this.#clock.after(timeoutMs, () => reject(timeoutError()));
    this.#waiting.set(id, { to, resolve, reject });
    try {
      this.#send(xml('iq', { type, id, to: to ?? undefined }, child)).catch(reject);
      return await promise;
    } finally {
      dispose();
      signal?.removeEventListener('abort', abort);
      this.#waiting.delete(id);
    }
  }

  /** Takes a stanza when it answers a question; an answer from anybody but the one who was asked is nobody's. */
  receive(stanza: XmlElement): void {
    const type = stanza.attrs.type;
    if (!stanza.is('iq') || (type !== 'result' && type !== 'error')) return;
    const waiting = this.#waiting.get(stanza.attrs.id ?? '');
    if (!waiting || !this.#isFrom(stanza.attrs.from, waiting.to)) return;
    if (type === 'error') waiting.reject(new StanzaRefused(errorConditionOf(stanza)));
    else waiting.resolve(stanza.getChildElements()[0] ?? null);
  }

  #isFrom(from: string | undefined, to: string | null): boolean {
    if (to !== null) return parseJid(from)?.bare === parseJid(to)?.bare;
    if (from === undefined) return true;
    const bare = parseJid(from)?.bare;
    return bare === this.#self.bare || bare === this.#self.domain;
  }

  /** Ends every question: the connection is gone. */
  failAll(error: unknown = closedError()): void {
    for (const waiting of [...this.#waiting.values()]) waiting.reject(error);
  }
}
