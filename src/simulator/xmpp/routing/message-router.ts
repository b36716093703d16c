import { type Account, availableResources, type Resource } from '../accounts/account.ts';
import type { Directory } from '../accounts/directory.ts';
import { childText, type XmlElement } from '../xml/element.ts';
import { addressed, stanzaError } from './stanza-error.ts';

/** A message as a client received it. */
export interface DeliveredMessage {
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly body: string | undefined;
}

/** Delivers messages by RFC 6121 §8.5, and remembers which client got which. There is no offline storage. */
export class MessageRouter {
  readonly #directory: Directory;
  readonly #delivered = new Map<string, DeliveredMessage[]>();

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** Routes a message that carries `from` and `to`; the answer, if any, is an error for the sender. */
  route(stanza: XmlElement): XmlElement | undefined {
    const to = stanza.attrs.to ?? '';
    const type = stanza.attrs.type ?? 'normal';
    const target = this.#directory.byAddress(to);
    if (target === undefined) {
      if (type === 'error') return undefined;
      const local = (to.split('/')[0] ?? '').endsWith(`@${this.#directory.domain}`) || to === this.#directory.domain;
      return stanzaError(stanza, local ? 'service-unavailable' : 'remote-server-not-found');
    }
    const slash = to.indexOf('/');
    const exact = slash === -1 ? undefined : target.resources.get(to.slice(slash + 1));
    if (exact) {
      this.#hand(target, exact, stanza);
      return undefined;
    }
    if (type === 'error') return undefined;
    if (type === 'groupchat') return stanzaError(stanza, 'service-unavailable');
    const open = availableResources(target).filter((resource) => resource.priority >= 0);
    if (type === 'headline') {
      for (const resource of open) this.#hand(target, resource, stanza);
      return undefined;
    }
    const best = open[0];
    if (best === undefined) return stanzaError(stanza, 'service-unavailable');
    for (const resource of open) if (resource.priority === best.priority) this.#hand(target, resource, stanza);
    return undefined;
  }

  /** What that client of that user was handed, oldest first. */
  to(account: Account, resource: string): readonly DeliveredMessage[] {
    return this.#delivered.get(`${account.bare}/${resource}`) ?? [];
  }

  #hand(account: Account, resource: Resource, stanza: XmlElement): void {
    const key = `${account.bare}/${resource.name}`;
    const known = this.#delivered.get(key) ?? [];
    this.#delivered.set(key, known);
    const { from = '', to = '', type = 'normal' } = stanza.attrs;
    known.push({ from, to, type, body: childText(stanza, 'body') });
    resource.deliver(addressed(stanza, from, to));
  }
}
