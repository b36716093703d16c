import { type Account, availableResources, type Resource } from '../accounts/account.ts';
import type { Directory } from '../accounts/directory.ts';
import { NS } from '../namespaces.ts';
import { child, childText, element, type XmlElement } from '../xml/element.ts';
import { addressed } from './stanza-error.ts';

/** Told when a resource may have begun to listen to PEP nodes. */
export type PresenceListener = (account: Account, resource: Resource, initial: boolean) => void;

/** Who hears of whose presence (RFC 6121 §4). */
export class PresenceRouter {
  readonly #directory: Directory;
  readonly #now: () => number;
  readonly #onAvailable: PresenceListener;

  constructor(directory: Directory, now: () => number, onAvailable: PresenceListener) {
    this.#directory = directory;
    this.#now = now;
    this.#onAvailable = onAvailable;
  }

  /** An undirected presence without type. The first of a resource also brings it everybody else's. */
  available(account: Account, resource: Resource, stanza: XmlElement): void {
    const full = fullOf(account, resource);
    const initial = resource.presence === undefined;
    resource.presence = addressed(stanza, full, undefined);
    resource.presenceAt = this.#now();
    resource.priority = priorityOf(stanza);
    resource.deliver(resource.presence);
    this.#broadcast(account, resource, resource.presence);
    if (initial) this.#welcome(account, resource);
    this.#onAvailable(account, resource, initial);
  }

  /** A resource is gone, by its own word or because its stream is. */
  unavailable(account: Account, resource: Resource, stanza?: XmlElement): void {
    const farewell = stanza ?? element(NS.client, 'presence', { type: 'unavailable' });
    const gone = addressed(farewell, fullOf(account, resource), undefined);
    for (const to of resource.directed) this.toAddress(gone, to);
    resource.directed.clear();
    if (resource.presence === undefined) return;
    resource.presence = undefined;
    resource.features = undefined;
    this.#broadcast(account, resource, gone);
    if (availableResources(account).length === 0) {
      account.lastSeen = { at: this.#now(), status: childText(gone, 'status') ?? '' };
    }
  }

  /** Presence with an address: reaches that one alone and is remembered, so that the end is told too. */
  directed(account: Account, resource: Resource, stanza: XmlElement, to: string): void {
    const bare = to.split('/')[0] ?? to;
    if (stanza.attrs.type !== undefined) resource.directed.delete(to);
    else if (account.roster.get(bare)?.from !== true) resource.directed.add(to);
    this.toAddress(addressed(stanza, fullOf(account, resource), undefined), to);
  }

  /** Hands presence to an address: a bare one means every available resource. */
  toAddress(stanza: XmlElement, to: string): void {
    const target = this.#directory.byAddress(to);
    if (target === undefined) return;
    const slash = to.indexOf('/');
    const resources =
      slash === -1 ? availableResources(target) : [target.resources.get(to.slice(slash + 1))].filter((one) => !!one);
    for (const resource of resources) resource.deliver(addressed(stanza, stanza.attrs.from ?? '', to));
  }

  /** Answers a probe for `target` from a subscriber: all its presences with the time they were sent, or that it is gone. */
  answerProbe(target: Account, to: string, deliver: (stanza: XmlElement) => void): void {
    const resources = availableResources(target);
    for (const resource of resources) {
      if (resource.presence)
        deliver(addressed(this.#stamped(resource, resource.presence), fullOf(target, resource), to));
    }
    if (resources.length === 0) deliver(element(NS.client, 'presence', { from: target.bare, to, type: 'unavailable' }));
  }

  #broadcast(account: Account, origin: Resource, stanza: XmlElement): void {
    for (const other of availableResources(account)) {
      if (other !== origin) other.deliver(addressed(stanza, stanza.attrs.from ?? '', fullOf(account, other)));
    }
    for (const item of account.roster.values()) if (item.from) this.toAddress(stanza, item.jid);
  }

  #welcome(account: Account, resource: Resource): void {
    const full = fullOf(account, resource);
    for (const other of availableResources(account)) {
      if (other === resource || other.presence === undefined) continue;
      resource.deliver(addressed(this.#stamped(other, other.presence), fullOf(account, other), full));
    }
    for (const item of account.roster.values()) {
      const target = item.to ? this.#directory.byAddress(item.jid) : undefined;
      if (target) this.answerProbe(target, full, (stanza) => resource.deliver(stanza));
    }
    for (const from of account.requests) {
      resource.deliver(element(NS.client, 'presence', { from, to: account.bare, type: 'subscribe' }));
    }
  }

  #stamped(resource: Resource, presence: XmlElement): XmlElement {
    if (child(presence, 'delay', NS.delay)) return presence;
    const stamp = new Date(resource.presenceAt).toISOString().replace(/\.\d+Z$/, 'Z');
    const delay = element(NS.delay, 'delay', { from: this.#directory.domain, stamp });
    return element(presence.ns, presence.name, presence.attrs, ...presence.children, delay);
  }
}

/** The resource's full address. */
export function fullOf(account: Account, resource: Resource): string {
  return `${account.bare}/${resource.name}`;
}

function priorityOf(stanza: XmlElement): number {
  const written = childText(stanza, 'priority')?.trim() ?? '';
  if (!/^[+-]?\d+$/.test(written)) return 0;
  return Math.max(-128, Math.min(127, Number(written)));
}
