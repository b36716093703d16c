import type { Account, Resource } from './accounts/account.ts';
import { Directory } from './accounts/directory.ts';
import type { XmppFaultPlan } from './fault-plan.ts';
import { answerIq } from './iq/answer-iq.ts';
import { bareOf, parseJid } from './jid.ts';
import { MessageRouter } from './routing/message-router.ts';
import { Pep } from './routing/pep.ts';
import { fullOf, PresenceRouter } from './routing/presence-router.ts';
import { addressed, stanzaError } from './routing/stanza-error.ts';
import { changeSubscription, type SubscriptionType } from './routing/subscriptions.ts';
import { BoundSession } from './stream/bound-session.ts';
import type { TlsIdentity } from './stream/connection.ts';
import type { OpenStream } from './stream/open-stream.ts';
import type { SaslMechanism } from './stream/sasl.ts';
import { elements, type XmlElement } from './xml/element.ts';

/** What of the options the protocol needs. */
export interface HostOptions {
  readonly domain: string;
  readonly mechanisms: readonly SaslMechanism[];
  readonly iterations: number;
  readonly resumeWithinMs: number;
  readonly tls: TlsIdentity | undefined;
  readonly requireTls: boolean;
  readonly now: () => number;
}

const SUBSCRIPTION_TYPES: readonly SubscriptionType[] = ['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed'];

/** The one domain: its users, who is connected, and where stanzas go. */
export class Host {
  readonly options: HostOptions;
  readonly faults: XmppFaultPlan;
  readonly directory: Directory;
  readonly presence: PresenceRouter;
  readonly messages: MessageRouter;
  readonly pep: Pep;
  readonly streams = new Set<OpenStream>();
  readonly resumable = new Map<string, { readonly account: Account | undefined; readonly session: BoundSession }>();

  constructor(options: HostOptions, faults: XmppFaultPlan) {
    this.options = options;
    this.faults = faults;
    this.directory = new Directory(options.domain.toLowerCase(), options.iterations);
    this.pep = new Pep(this.directory);
    this.messages = new MessageRouter(this.directory);
    this.presence = new PresenceRouter(this.directory, options.now, (account, resource) =>
      this.pep.available(account, resource),
    );
  }

  /** A stanza from a bound client, whose `from` is already known to be its own or absent. */
  fromClient(account: Account, resource: Resource, given: XmlElement): void {
    const to = given.attrs.to;
    const stanza = addressed(given, fullOf(account, resource), to);
    const address = to === undefined ? undefined : parseJid(to);
    if (to !== undefined && address === undefined) {
      this.#answer(resource, stanzaError(stanza, 'jid-malformed'));
      return;
    }
    if (stanza.name === 'iq') {
      this.#iq(account, resource, stanza);
      return;
    }
    if (stanza.name === 'message') {
      const error = this.messages.route(
        to === undefined ? addressed(stanza, fullOf(account, resource), account.bare) : stanza,
      );
      this.#answer(resource, error);
      return;
    }
    const { type } = stanza.attrs;
    const subscription = SUBSCRIPTION_TYPES.find((one) => one === type);
    if (subscription && address) {
      changeSubscription(this.directory, this.presence, account, subscription, stanza, bareOf(address));
      return;
    }
    if (type === 'probe' && address) {
      this.#probe(account, resource, bareOf(address));
      return;
    }
    if (type !== undefined && type !== 'unavailable' && type !== 'error') {
      this.#answer(resource, stanzaError(stanza, 'bad-request'));
      return;
    }
    if (to !== undefined) {
      this.presence.directed(account, resource, stanza, to);
      return;
    }
    if (type === undefined) {
      this.presence.available(account, resource, stanza);
      return;
    }
    if (type === 'unavailable') this.presence.unavailable(account, resource, stanza);
  }

  /** A client is gone for good. */
  removeResource(account: Account, resource: Resource): void {
    if (resource instanceof BoundSession) {
      clearTimeout(resource.hibernation);
      resource.sink = undefined;
      if (resource.management) this.resumable.delete(resource.management.id);
    }
    if (account.resources.get(resource.name) !== resource) return;
    account.resources.delete(resource.name);
    this.presence.unavailable(account, resource);
  }

  streamEnded(stream: OpenStream): void {
    this.streams.delete(stream);
  }

  #probe(account: Account, resource: Resource, bare: string): void {
    const target = this.directory.byAddress(bare);
    if (target?.roster.get(account.bare)?.from !== true) return;
    this.presence.answerProbe(target, fullOf(account, resource), (stanza) => resource.deliver(stanza));
  }

  #iq(account: Account, resource: Resource, stanza: XmlElement): void {
    const { type, id, to } = stanza.attrs;
    if (id === undefined || !['get', 'set', 'result', 'error'].includes(type ?? '')) {
      this.#answer(resource, stanzaError(stanza, 'bad-request'));
      return;
    }
    const slash = to?.indexOf('/') ?? -1;
    const request = type === 'get' || type === 'set';
    const fault = request ? this.faults.iq.get(elements(stanza)[0]?.ns ?? '') : undefined;
    if (fault) {
      if (fault.answer === 'error') this.#answer(resource, stanzaError(stanza, fault.condition));
      return;
    }
    if (to !== undefined && slash !== -1) {
      const target = this.directory.byAddress(to)?.resources.get(to.slice(slash + 1));
      if (target) {
        target.deliver(stanza);
        return;
      }
      if (request) this.#answer(resource, stanzaError(stanza, 'service-unavailable'));
      return;
    }
    if (!request) {
      this.pep.answered(account, stanza);
      return;
    }
    const { directory, presence, pep } = this;
    this.#answer(resource, answerIq({ directory, presence, pep, now: this.options.now, account, resource }, stanza));
  }

  #answer(resource: Resource, stanza: XmlElement | undefined): void {
    if (stanza) resource.deliver(stanza);
  }
}
