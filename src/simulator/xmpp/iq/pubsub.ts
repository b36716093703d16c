import type { Account } from '../accounts/account.ts';
import { NS } from '../namespaces.ts';
import { iqResult, stanzaError } from '../routing/stanza-error.ts';
import { child, element, elements, type XmlElement } from '../xml/element.ts';
import type { IqContext } from './iq-context.ts';

/** The part of pubsub that PEP needs (XEP-0163): publish one item to an own node, read the last item of somebody's. */
export function answerPubsub(context: IqContext, stanza: XmlElement, pubsub: XmlElement, owner: Account): XmlElement {
  const { account, pep } = context;
  if (stanza.attrs.type === 'set') {
    if (owner !== account) return stanzaError(stanza, 'forbidden');
    const publish = child(pubsub, 'publish');
    const item = publish && child(publish, 'item');
    const payload = item && elements(item)[0];
    const node = publish?.attrs.node;
    if (item === undefined || payload === undefined || node === undefined) return stanzaError(stanza, 'bad-request');
    const id = item.attrs.id ?? 'current';
    pep.publish(account, node, { id, payload });
    const published = element(NS.pubsub, 'publish', { node }, element(NS.pubsub, 'item', { id }));
    return iqResult(stanza, element(NS.pubsub, 'pubsub', {}, published));
  }
  const items = child(pubsub, 'items');
  const node = items?.attrs.node;
  if (items === undefined || node === undefined) return stanzaError(stanza, 'feature-not-implemented');
  if (owner !== account && owner.roster.get(account.bare)?.from !== true) {
    return stanzaError(stanza, 'not-authorized', element(NS.pubsubErrors, 'presence-subscription-required'));
  }
  const last = owner.pep.get(node);
  if (last === undefined) return stanzaError(stanza, 'item-not-found');
  const wanted = child(items, 'item')?.attrs.id;
  const shown =
    wanted === undefined || wanted === last.id ? [element(NS.pubsub, 'item', { id: last.id }, last.payload)] : [];
  return iqResult(stanza, element(NS.pubsub, 'pubsub', {}, element(NS.pubsub, 'items', { node }, ...shown)));
}
