import { type Account, availableResources, type PepItem, type Resource } from '../accounts/account.ts';
import type { Directory } from '../accounts/directory.ts';
import { NS } from '../namespaces.ts';
import { child, element, elements, type XmlElement } from '../xml/element.ts';
import { fullOf } from './presence-router.ts';

/** Personal eventing (XEP-0163): last items by node, told to whoever may see the owner and asked by caps (`node+notify`). */
export class Pep {
  readonly #directory: Directory;
  readonly #known = new Map<string, ReadonlySet<string>>();
  readonly #asked = new Map<string, { readonly account: Account; readonly resource: Resource; readonly key: string }>();
  #questions = 0;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** Stores an item and notifies. */
  publish(owner: Account, node: string, item: PepItem): void {
    owner.pep.set(node, item);
    for (const resource of availableResources(owner)) this.#notify(owner, node, item, owner, resource);
    for (const contact of owner.roster.values()) {
      const target = contact.from ? this.#directory.byAddress(contact.jid) : undefined;
      if (target === undefined) continue;
      for (const resource of availableResources(target)) this.#notify(owner, node, item, target, resource);
    }
  }

  /** A resource sent presence: learns what it listens to, then sends it the last items it may see. */
  available(account: Account, resource: Resource): void {
    const caps = resource.presence && child(resource.presence, 'c', NS.caps);
    if (!caps) return;
    const key = `${caps.attrs.node ?? ''}#${caps.attrs.ver ?? ''}`;
    const known = this.#known.get(key);
    if (known) {
      this.#learned(account, resource, known);
      return;
    }
    this.#questions += 1;
    const id = `caps-${this.#questions}`;
    this.#asked.set(id, { account, resource, key });
    const query = element(NS.discoInfo, 'query', { node: key });
    const to = fullOf(account, resource);
    resource.deliver(element(NS.client, 'iq', { type: 'get', id, from: account.bare, to }, query));
  }

  /** A client's answer to what `available` asked; false when it answers something else. */
  answered(account: Account, stanza: XmlElement): boolean {
    const id = stanza.attrs.id ?? '';
    const asked = this.#asked.get(id);
    if (asked === undefined || asked.account !== account) return false;
    this.#asked.delete(id);
    const query = child(stanza, 'query', NS.discoInfo);
    if (query === undefined || stanza.attrs.type !== 'result') return true;
    const features = new Set(
      elements(query)
        .filter((one) => one.name === 'feature')
        .map((one) => one.attrs.var ?? ''),
    );
    this.#known.set(asked.key, features);
    this.#learned(asked.account, asked.resource, features);
    return true;
  }

  #learned(account: Account, resource: Resource, features: ReadonlySet<string>): void {
    const before = resource.features;
    resource.features = features;
    if (before === features) return;
    const owners = [account];
    for (const item of account.roster.values()) {
      const owner = item.to ? this.#directory.byAddress(item.jid) : undefined;
      if (owner) owners.push(owner);
    }
    for (const owner of owners) {
      for (const [node, item] of owner.pep) this.#notify(owner, node, item, account, resource);
    }
  }

  #notify(owner: Account, node: string, item: PepItem, target: Account, resource: Resource): void {
    if (resource.features?.has(`${node}+notify`) !== true) return;
    const items = element(
      NS.pubsubEvent,
      'items',
      { node },
      element(NS.pubsubEvent, 'item', { id: item.id }, item.payload),
    );
    const attrs = { from: owner.bare, to: fullOf(target, resource), type: 'headline' };
    resource.deliver(element(NS.client, 'message', attrs, element(NS.pubsubEvent, 'event', {}, items)));
  }
}
