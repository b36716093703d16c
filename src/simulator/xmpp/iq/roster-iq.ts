import { rosterElement } from '../accounts/roster.ts';
import { bareOf, parseJid } from '../jid.ts';
import { NS } from '../namespaces.ts';
import { iqResult, stanzaError } from '../routing/stanza-error.ts';
import { changeSubscription, pushRoster } from '../routing/subscriptions.ts';
import { element, elements, text, type XmlElement } from '../xml/element.ts';
import type { IqContext } from './iq-context.ts';

/** Roster get, set and remove (RFC 6121 §2). A get makes the resource interested in pushes. */
export function answerRoster(context: IqContext, stanza: XmlElement, query: XmlElement): XmlElement {
  const { account, directory, presence, resource } = context;
  if (stanza.attrs.type === 'get') {
    resource.interested = true;
    // A mere request that was never approved shows nobody.
    return iqResult(stanza, element(NS.roster, 'query', {}, ...[...account.roster.values()].map(rosterElement)));
  }
  const items = elements(query);
  const given = items[0];
  if (given === undefined || items.length > 1 || given.attrs.jid === undefined)
    return stanzaError(stanza, 'bad-request');
  const jid = parseJid(given.attrs.jid);
  if (jid === undefined) return stanzaError(stanza, 'jid-malformed');
  const bare = bareOf(jid);
  if (given.attrs.subscription === 'remove') {
    if (!account.roster.has(bare)) return stanzaError(stanza, 'item-not-found');
    const empty = element(NS.client, 'presence');
    changeSubscription(directory, presence, account, 'unsubscribe', withType(empty, 'unsubscribe'), bare);
    changeSubscription(directory, presence, account, 'unsubscribed', withType(empty, 'unsubscribed'), bare);
    account.roster.delete(bare);
    pushRoster(account, element(NS.roster, 'item', { jid: bare, subscription: 'remove' }));
    return iqResult(stanza);
  }
  const groups = elements(given)
    .filter((one) => one.name === 'group')
    .map(text);
  if (groups.some((group) => group === '')) return stanzaError(stanza, 'not-acceptable');
  const item = directory.item(account, bare);
  item.name = given.attrs.name;
  item.groups = [...new Set(groups)];
  pushRoster(account, rosterElement(item));
  return iqResult(stanza);
}

function withType(stanza: XmlElement, type: string): XmlElement {
  return element(stanza.ns, stanza.name, { ...stanza.attrs, type }, ...stanza.children);
}
