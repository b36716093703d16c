import type { Socket } from 'node:net';
import type { Account } from '../accounts/account.ts';
import type { Host } from '../host.ts';
import { parseJid } from '../jid.ts';
import { NS } from '../namespaces.ts';
import { iqResult } from '../routing/stanza-error.ts';
import { child, childText, element, escapeXml, text, type XmlElement } from '../xml/element.ts';
import type { XmlError } from '../xml/stream-parser.ts';
import { BoundSession, type StanzaSink } from './bound-session.ts';
import { Connection } from './connection.ts';
import { SaslLogin, type SaslStep } from './sasl.ts';
import { StreamManagement } from './stream-management.ts';

/** One client's stream: negotiation, then stanzas (RFC 6120 §4–§8). */
export class ClientStream implements StanzaSink {
  readonly #host: Host;
  readonly connection: Connection;
  account: Account | undefined;
  session: BoundSession | undefined;
  #login: SaslLogin | undefined;
  #opened = false;
  #done = false;
  #acksDue: NodeJS.Immediate | undefined;

  constructor(socket: Socket, host: Host) {
    this.#host = host;
    this.connection = new Connection(socket, host.faults, {
      opened: (root) => this.#open(root),
      received: (node) => this.#receive(node),
      closed: () => this.#closedByClient(),
      invalid: (error) => this.#invalid(error),
      ended: () => this.#ended(),
    });
  }

  send(stanza: XmlElement): void {
    const username = this.account?.username ?? '';
    if (this.#host.faults.malformedFor.delete(username)) {
      this.connection.write('<presence><show>away</presence>');
      return;
    }
    this.connection.send(stanza);
    if (this.session?.management) this.#requestAck();
  }

  /** Ends the stream with an error; the session is over, and can't be resumed. */
  fail(condition: string, detail?: XmlElement): void {
    if (this.#done) return;
    this.#done = true;
    if (!this.#opened) this.#header();
    this.connection.fail(condition, detail);
    this.#endSession();
  }

  #requestAck(): void {
    if (this.#acksDue) return;
    this.#acksDue = setImmediate(() => {
      this.#acksDue = undefined;
      if (!this.#done) this.connection.send(element(NS.sm, 'r'));
    });
  }

  #header(): void {
    this.#opened = true;
    const id = crypto.randomUUID();
    this.connection.write(
      `<?xml version='1.0'?><stream:stream xmlns='${NS.client}' xmlns:stream='${NS.streams}' id='${id}' ` +
        `from='${escapeXml(this.#host.directory.domain)}' version='1.0' xml:lang='en'>`,
    );
  }

  #open(root: XmlElement): void {
    this.#opened = false;
    if (root.name !== 'stream' || root.ns !== NS.streams) {
      this.fail('invalid-namespace');
      return;
    }
    this.#header();
    if (root.attrs.to?.toLowerCase() !== this.#host.directory.domain) {
      this.fail('host-unknown');
      return;
    }
    if (!root.attrs.version?.startsWith('1.')) {
      this.fail('unsupported-version');
      return;
    }
    this.connection.send(element(NS.streams, 'features', {}, ...this.#features()));
  }

  #features(): XmlElement[] {
    const { tls, requireTls, mechanisms } = this.#host.options;
    if (this.account) {
      const optional = element(NS.session, 'optional');
      return [element(NS.bind, 'bind'), element(NS.session, 'session', {}, optional), element(NS.sm, 'sm')];
    }
    const offers: XmlElement[] = [];
    if (tls && !this.connection.secure) {
      offers.push(element(NS.tls, 'starttls', {}, requireTls ? element(NS.tls, 'required') : undefined));
      if (requireTls) return offers;
    }
    offers.push(
      element(NS.sasl, 'mechanisms', {}, ...mechanisms.map((name) => element(NS.sasl, 'mechanism', {}, name))),
    );
    return offers;
  }

  #receive(node: XmlElement): void {
    if (this.#done) return;
    if (node.ns === NS.tls) {
      this.#startTls();
      return;
    }
    if (node.ns === NS.sasl) {
      this.#authenticate(node);
      return;
    }
    if (node.ns === NS.sm) {
      this.#manage(node);
      return;
    }
    if (node.ns !== NS.client || !['iq', 'message', 'presence'].includes(node.name)) {
      this.fail(this.account ? 'unsupported-stanza-type' : 'not-authorized');
      return;
    }
    const { account, session } = this;
    if (account === undefined) {
      this.fail('not-authorized');
      return;
    }
    if (session === undefined) {
      this.#bind(account, node);
      return;
    }
    session.management?.handledOne();
    const from = node.attrs.from === undefined ? undefined : parseJid(node.attrs.from);
    if (from && (from.local !== account.username || (from.resource ?? session.name) !== session.name)) {
      this.fail('invalid-from');
      return;
    }
    this.#host.fromClient(account, session, node);
  }

  #startTls(): void {
    const { tls } = this.#host.options;
    if (!tls || this.connection.secure || this.account) {
      this.connection.send(element(NS.tls, 'failure'));
      this.#done = true;
      this.connection.close();
      return;
    }
    this.connection.send(element(NS.tls, 'proceed'));
    this.connection.startTls(tls);
  }

  #authenticate(node: XmlElement): void {
    if (this.account) {
      this.fail('policy-violation');
      return;
    }
    const { tls, requireTls, mechanisms } = this.#host.options;
    if (node.name === 'abort') {
      this.#answerSasl({ step: 'failure', condition: 'aborted' });
      return;
    }
    if (tls && requireTls && !this.connection.secure) {
      this.#answerSasl({ step: 'failure', condition: 'encryption-required' });
      return;
    }
    if (this.#host.faults.takeAuthFailure()) {
      this.#answerSasl({ step: 'failure', condition: 'temporary-auth-failure' });
      return;
    }
    if (node.name === 'auth') {
      this.#login = new SaslLogin(this.#host.directory, mechanisms);
      this.#answerSasl(this.#login.start(node.attrs.mechanism, text(node)));
      return;
    }
    if (node.name === 'response' && this.#login) {
      this.#answerSasl(this.#login.respond(text(node)));
      return;
    }
    this.#answerSasl({ step: 'failure', condition: 'malformed-request' });
  }

  #answerSasl(step: SaslStep): void {
    if (step.step === 'failure') {
      this.#login = undefined;
      this.connection.send(element(NS.sasl, 'failure', {}, element(NS.sasl, step.condition)));
      return;
    }
    const payload = step.text === '' ? undefined : Buffer.from(step.text).toString('base64');
    if (step.step === 'challenge') {
      this.connection.send(element(NS.sasl, 'challenge', {}, payload));
      return;
    }
    this.account = this.#host.directory.get(step.username);
    this.connection.send(element(NS.sasl, 'success', {}, payload));
    this.connection.restart();
  }

  #bind(account: Account, stanza: XmlElement): void {
    const request = stanza.name === 'iq' && stanza.attrs.type === 'set' ? child(stanza, 'bind', NS.bind) : undefined;
    if (request === undefined) {
      this.fail('not-authorized');
      return;
    }
    const name = childText(request, 'resource') || `sim-${crypto.randomUUID().slice(0, 8)}`;
    // The newer client wins (RFC 6120 §7.7.2.2, Prosody's default).
    account.resources.get(name)?.end('conflict');
    const left = account.resources.get(name);
    if (left) this.#host.removeResource(account, left);
    this.session = new BoundSession(name, this);
    account.resources.set(name, this.session);
    const jid = element(NS.bind, 'jid', {}, `${account.bare}/${name}`);
    this.connection.send(iqResult(stanza, element(NS.bind, 'bind', {}, jid)));
  }

  #manage(node: XmlElement): void {
    const { account, session } = this;
    if (account === undefined) {
      this.fail('not-authorized');
      return;
    }
    switch (node.name) {
      case 'enable':
        this.#enable(session, node);
        return;
      case 'resume':
        this.#resume(account, node);
        return;
      case 'r':
        this.connection.send(element(NS.sm, 'a', { h: String(session?.management?.handled ?? 0) }));
        return;
      case 'a': {
        const wrong = session?.management?.acknowledge(node.attrs.h);
        if (wrong) this.fail('undefined-condition', wrong);
        return;
      }
      default:
        this.fail('unsupported-stanza-type');
        return;
    }
  }

  #enable(session: BoundSession | undefined, node: XmlElement): void {
    if (session === undefined || session.management) {
      this.connection.send(element(NS.sm, 'failed', {}, element(NS.stanzaErrors, 'unexpected-request')));
      return;
    }
    session.management = new StreamManagement(crypto.randomUUID());
    const resumable = node.attrs.resume === 'true' || node.attrs.resume === '1';
    const max = String(Math.round(this.#host.options.resumeWithinMs / 1000));
    const { id } = session.management;
    this.connection.send(element(NS.sm, 'enabled', resumable ? { id, resume: 'true', max } : {}));
    if (resumable) this.#host.resumable.set(id, { account: this.account, session });
  }

  #resume(account: Account, node: XmlElement): void {
    const kept = this.#host.resumable.get(node.attrs.previd ?? '');
    const management = kept?.session.management;
    if (this.session || kept?.account !== account || management === undefined) {
      this.connection.send(element(NS.sm, 'failed', {}, element(NS.stanzaErrors, 'item-not-found')));
      return;
    }
    const { session } = kept;
    const wrong = management.acknowledge(node.attrs.h);
    if (wrong) {
      this.fail('undefined-condition', wrong);
      return;
    }
    clearTimeout(session.hibernation);
    const older = session.sink;
    session.sink = this;
    this.session = session;
    // The older stream may not have noticed yet that it is dead.
    if (older instanceof ClientStream && older !== this) older.replaced();
    this.connection.send(element(NS.sm, 'resumed', { h: String(management.handled), previd: management.id }));
    for (const stanza of management.unacknowledged) this.connection.send(stanza);
    this.#requestAck();
  }

  /** Another stream took the session over. */
  replaced(): void {
    this.session = undefined;
    this.#done = true;
    this.connection.fail('conflict');
  }

  #closedByClient(): void {
    if (this.#done) return;
    this.#done = true;
    this.#endSession();
    this.connection.close();
  }

  #invalid(error: XmlError): void {
    this.fail(error.condition);
  }

  #ended(): void {
    clearImmediate(this.#acksDue);
    this.#host.streamEnded(this);
    const { session } = this;
    if (this.#done || session === undefined || this.account === undefined) return;
    this.#done = true;
    const { management } = session;
    if (management === undefined || !this.#host.resumable.has(management.id)) {
      this.#endSession();
      return;
    }
    session.sink = undefined;
    session.hibernation = setTimeout(() => this.#endSession(), this.#host.options.resumeWithinMs);
    session.hibernation.unref();
  }

  #endSession(): void {
    const { account, session } = this;
    this.session = undefined;
    if (account && session) this.#host.removeResource(account, session);
  }
}
