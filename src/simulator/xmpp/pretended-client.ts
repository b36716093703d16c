import type { Account, Resource } from './accounts/account.ts';
import type { Host } from './host.ts';
import { NS } from './namespaces.ts';
import { stanzaError } from './routing/stanza-error.ts';
import { element, type XmlElement } from './xml/element.ts';

/** What somebody else's client says. Any `show` goes through, also one that no RFC knows. */
export interface PretendedPresence {
  readonly show?: string;
  readonly status?: string;
  /** Default 0. Text goes through as it is, so that it may be wrong. */
  readonly priority?: number | string;
  /** Epoch ms since when the person is idle (XEP-0319). */
  readonly idleSince?: number;
  /** Epoch ms: the presence carries this as its delay (XEP-0203), also when it arrives live. */
  readonly delayStamp?: number;
}

/** A client without a socket: somebody else's, played by the test. */
export class PretendedClient implements Resource {
  readonly name: string;
  presence: XmlElement | undefined = undefined;
  presenceAt = 0;
  priority = 0;
  interested = false;
  readonly directed = new Set<string>();
  features: ReadonlySet<string> | undefined = undefined;
  readonly #host: Host;
  readonly #account: Account;

  constructor(name: string, account: Account, host: Host) {
    this.name = name;
    this.#account = account;
    this.#host = host;
  }

  /** Refuses requests, as a client that knows no extension does (RFC 6120 §8.2.3); the rest is looked at and forgotten. */
  deliver(stanza: XmlElement): void {
    if (stanza.name !== 'iq' || (stanza.attrs.type !== 'get' && stanza.attrs.type !== 'set')) return;
    const from = stanza.attrs.from ?? '';
    const slash = from.indexOf('/');
    const asker = this.#host.directory.byAddress(from)?.resources.get(from.slice(slash + 1));
    if (slash !== -1) asker?.deliver(stanzaError(stanza, 'service-unavailable'));
  }

  end(): void {
    this.#host.removeResource(this.#account, this);
  }
}

const instant = (at: number) => new Date(at).toISOString().replace(/\.000Z$/, 'Z');

/** The stanza that says it. */
export function presenceStanza(says: PretendedPresence, domain: string): XmlElement {
  const { show, status, priority, idleSince, delayStamp } = says;
  return element(
    NS.client,
    'presence',
    {},
    show === undefined ? undefined : element(NS.client, 'show', {}, show),
    status === undefined ? undefined : element(NS.client, 'status', {}, status),
    priority === undefined ? undefined : element(NS.client, 'priority', {}, String(priority)),
    idleSince === undefined ? undefined : element(NS.idle, 'idle', { since: instant(idleSince) }),
    delayStamp === undefined ? undefined : element(NS.delay, 'delay', { from: domain, stamp: instant(delayStamp) }),
  );
}
