import { type XmlElement, xml } from '@xmpp/client';
import { MusterError } from '../../domain/errors.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext, Connection, IdentityReport, OwnStatusBundle, OwnTarget, Picture } from '../platform.ts';
import { type BookChanges, ContactBook, FIRST_SNAPSHOT_MS } from './contact-book.ts';
import { DetailQueue } from './details.ts';
import { closedError, StanzaRefused, toXmppError } from './errors.ts';
import { parseJid } from './jid.ts';
import type { XmppSettings } from './manifest.ts';
import { NS } from './namespaces.ts';
import { compareOwn, OwnPresence } from './own-presence.ts';
import { loadPicture } from './pictures.ts';
import { type PresenceStanza, parsePepEvents, parsePresence, parseRosterItems, type RosterItem } from './schema.ts';
import { XmppSession } from './session.ts';

const ROSTER_PAGE = 500;
/** How long an own presence may take to come back before the server is taken to send none back. */
const ECHO_MS = 2_000;

/** One account signed in: stanzas to the book and to the own presence, what they say to the core. */
export class XmppConnection implements Connection {
  readonly self: Connection['self'];
  readonly notices: readonly string[] = [];
  readonly roster: NonNullable<Connection['roster']>;
  readonly presence = { push: true, poll: [] };
  readonly ownStatus: OwnStatusBundle;
  readonly avatars: NonNullable<Connection['avatars']>;
  readonly #context: AdapterContext<XmppSettings>;
  readonly #session: XmppSession;
  readonly #book: ContactBook;
  readonly #own = new OwnPresence();
  readonly #details: DetailQueue;
  #disposeSettle: Dispose = () => {};
  #onEcho: () => void = () => {};
  /** True from the moment the core knows of the connection until it is told of its loss. */
  #up = false;
  #closed = false;

  constructor(context: AdapterContext<XmppSettings>, password: string, resource: string) {
    this.#context = context;
    this.#session = new XmppSession(context, password, resource, {
      onStanza: (stanza) => this.#receive(stanza),
      onRosterPush: (from, query) => this.#rosterPush(from, query),
      onLost: (error) => this.#lost(error),
    });
    this.#book = new ContactBook(this.#session.bareJid, (userId) => context.isOptedOut(userId));
    this.#details = new DetailQueue(context, this.#session);
    this.self = { userId: this.#session.bareJid, displayName: context.settings.username };
    this.roster = { list: (signal) => this.#list(signal), refreshSeconds: null };
    this.ownStatus = {
      busyImpliesDoNotDisturb: false,
      read: (signal) => this.#readOwn(signal),
      apply: (target, signal) => this.#applyOwn(target, signal),
      compare: compareOwn,
    };
    this.avatars = { load: (key, signal) => this.#loadAvatar(key, signal) };
    context.signal.addEventListener('abort', () => void this.close(), { once: true });
  }

  /** Signs in, reads the roster, becomes present. Rejects with a MusterError, leaving nothing open. */
  async start(signal: AbortSignal): Promise<void> {
    try {
      await this.#session.open(signal);
      await this.#becomePresent(signal);
      this.#comeUp();
    } catch (error) {
      await this.close();
      signal.throwIfAborted();
      throw toXmppError(error);
    }
  }

  #comeUp(): void {
    if (!this.#session.isOpen) throw closedError();
    this.#up = true;
  }

  /** The roster before the presence, so that nobody's state arrives ahead of their name (RFC 6121 section 2.2). */
  async #becomePresent(signal: AbortSignal): Promise<void> {
    const items = await this.#fetchRoster(signal);
    const now = this.#context.clock.now();
    const changes = this.#book.setRoster(items, now);
    this.#own.forget();
    this.#book.beginSession(now);
    this.#report(changes);
    await this.#session.send(this.#own.stanza());
    this.#settleLater();
  }

  /**
   * The server answers in order: once it answered a ping, it has said all it knows of its own users. Others' servers get some
   * seconds. Whoever was not named by then is offline.
   */
  #settleLater(): void {
    const ownDomain = parseJid(this.#session.bareJid)?.domain;
    const settle = (chosen: (jid: string) => boolean) => {
      this.#report({ observations: this.#book.settle(this.#context.clock.now(), chosen) });
    };
    this.#session.ping().then(
      () => settle((jid) => parseJid(jid)?.domain === ownDomain),
      () => {},
    );
    this.#disposeSettle();
    this.#disposeSettle = this.#context.clock.after(FIRST_SNAPSHOT_MS, () => {
      settle(() => true);
      this.#askDetails();
    });
  }

  /**
   * People who came into the book within a session: added, accepted, or no longer opted out. The server tells of the former by
   * itself; of the latter only when asked (a presence probe, RFC 6121 section 4.3).
   */
  #settleNewcomers(ask: boolean): void {
    const newcomers = this.#book.unheard();
    if (newcomers.length === 0) return;
    for (const jid of ask ? newcomers : []) {
      this.#session.send(xml('presence', { type: 'probe', to: jid })).catch(() => {});
    }
    this.#settleLater();
  }

  #askDetails(): void {
    this.#details.askLastActivity(this.#book.offlineWithoutLastSeen(), (jid, seconds) => {
      this.#report({ observations: this.#book.lastActivity(jid, seconds, this.#context.clock.now()) });
    });
    this.#details.askVcardName(this.#book.withoutName(), (jid, name) => {
      this.#report({ identities: this.#book.vcardName(jid, name) });
    });
  }

  #receive(stanza: XmlElement): void {
    const now = this.#context.clock.now();
    for (const event of parsePepEvents(stanza)) this.#report(this.#book.pep(event, now));
    const presence = parsePresence(stanza);
    if (!presence) return;
    if (presence.from.bare === this.#session.bareJid) {
      this.#receiveOwn(presence);
      return;
    }
    if (presence.photoHash !== undefined) {
      this.#report({ identities: this.#book.photo(presence.from.bare, presence.photoHash) });
    }
    this.#report({ observations: this.#book.presence(presence, now) });
  }

  #receiveOwn(presence: PresenceStanza): void {
    const changed = this.#own.reflect(presence, parseJid(this.#session.fullJid)?.resource ?? '');
    this.#onEcho();
    if (changed && !this.#context.signal.aborted) this.#context.report.ownChanged();
  }

  /** RFC 6121 section 2.1.6: only our own server may push. */
  #rosterPush(from: string | null, query: XmlElement): boolean {
    if (from !== null && parseJid(from)?.bare !== this.#session.bareJid) return false;
    const now = this.#context.clock.now();
    for (const item of parseRosterItems(query)) this.#report(this.#book.pushItem(item, now));
    this.#settleNewcomers(false);
    return true;
  }

  async #fetchRoster(signal: AbortSignal): Promise<RosterItem[]> {
    const answer = await this.#session.request('get', xml('query', { xmlns: NS.roster }), {
      signal,
      timeoutMs: 30_000,
    });
    if (!answer?.is('query', NS.roster)) {
      throw new MusterError('protocol-error', 'The server answered without a roster.');
    }
    return parseRosterItems(answer);
  }

  async *#list(signal: AbortSignal): AsyncGenerator<readonly IdentityReport[]> {
    const items = await this.#fetchRoster(signal).catch((error: unknown) => {
      throw toXmppError(error);
    });
    const before = new Set(this.#book.identities().map(({ userId }) => userId));
    this.#report(this.#book.setRoster(items, this.#context.clock.now()));
    const identities = this.#book.identities();
    for (let start = 0; start < identities.length; start += ROSTER_PAGE) {
      yield identities.slice(start, start + ROSTER_PAGE);
    }
    this.#report({ observations: this.#book.observations() });
    if (identities.some(({ userId }) => !before.has(userId))) this.#settleNewcomers(true);
  }

  #report(changes: Partial<BookChanges>): void {
    const { report, signal } = this.#context;
    if (this.#closed || signal.aborted) return;
    if (changes.identities?.length) report.identities(changes.identities);
    if (changes.removed?.length) report.removed(changes.removed);
    if (changes.observations?.length) report.observations(changes.observations);
  }

  #lost(error: MusterError): void {
    this.#disposeSettle();
    if (!this.#up || this.#closed || this.#context.signal.aborted) return;
    this.#up = false;
    this.#context.logger.info('the XMPP connection was lost', { code: error.code, ...error.params });
    this.#context.report.lost(error);
  }

  async reconnect(signal: AbortSignal): Promise<'resumed' | 'fresh'> {
    this.#up = false;
    // What the server hands over from now on is catching up; it starts before the resumption is seen to have worked.
    this.#book.resumed(this.#context.clock.now());
    const how = await this.#session.open(signal);
    try {
      if (how === 'fresh') await this.#becomePresent(signal);
      this.#comeUp();
    } catch (error) {
      await this.#session.disconnect();
      throw toXmppError(error);
    }
    this.#context.logger.info('the XMPP connection is back', { how });
    if (how === 'resumed') {
      // The loss ended what was under way: the wait for the first snapshot, and questions about details.
      this.#settleNewcomers(false);
      this.#askDetails();
    }
    return how;
  }

  async #applyOwn(target: OwnTarget, signal: AbortSignal) {
    signal.throwIfAborted();
    this.#own.take(target);
    try {
      await this.#session.send(this.#own.stanza());
      await this.#echo(signal);
    } catch (error) {
      throw toXmppError(error);
    }
    return this.#own.results(target);
  }

  /** Waits until the server sent our presence back; where it sends none, a ping says that it has taken it. */
  async #echo(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const dispose = this.#context.clock.after(ECHO_MS, resolve);
    this.#onEcho = () => {
      if (this.#own.confirmed) resolve();
    };
    try {
      await this.#session.ping(signal);
      this.#onEcho();
      await promise;
    } finally {
      dispose();
      this.#onEcho = () => {};
      signal.removeEventListener('abort', abort);
    }
  }

  async #readOwn(signal: AbortSignal) {
    await this.verify(signal);
    return this.#own.read();
  }

  async #loadAvatar(key: string, signal: AbortSignal): Promise<Picture | null> {
    try {
      return await loadPicture(this.#session, key, signal);
    } catch (error) {
      throw toXmppError(error);
    }
  }

  chatUrl(userId: string): string | null {
    const jid = parseJid(userId);
    return jid ? `xmpp:${encodeURI(jid.bare).replaceAll(/[?#]/g, encodeURIComponent)}?message` : null;
  }

  async verify(signal: AbortSignal): Promise<void> {
    try {
      await this.#session.ping(signal);
    } catch (error) {
      if (error instanceof StanzaRefused) return;
      throw toXmppError(error);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#disposeSettle();
    await this.#session.close();
  }
}
