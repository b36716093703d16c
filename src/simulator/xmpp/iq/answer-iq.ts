import { type Account, availableResources } from '../accounts/account.ts';
import { NS } from '../namespaces.ts';
import { iqResult, stanzaError } from '../routing/stanza-error.ts';
import { element, elements, type XmlElement } from '../xml/element.ts';
import type { IqContext } from './iq-context.ts';
import { answerPubsub } from './pubsub.ts';
import { answerRoster } from './roster-iq.ts';

const SERVER_FEATURES: readonly string[] = [
  NS.discoInfo,
  NS.discoItems,
  NS.ping,
  NS.version,
  NS.roster,
  NS.vcard,
  NS.last,
];

const ACCOUNT_FEATURES: readonly string[] = [
  NS.discoInfo,
  NS.vcard,
  NS.last,
  NS.pubsub,
  `${NS.pubsub}#publish`,
  `${NS.pubsub}#auto-create`,
  `${NS.pubsub}#filtered-notifications`,
];

/** Answers an IQ get or set that is meant for the server or for an account (RFC 6120 §8.2.3). */
export function answerIq(context: IqContext, stanza: XmlElement): XmlElement {
  const payloads = elements(stanza);
  const payload = payloads[0];
  if (payload === undefined || payloads.length > 1) return stanzaError(stanza, 'bad-request');
  const { account, directory } = context;
  const to = stanza.attrs.to;
  const toServer = to === directory.domain;
  const owner = to === undefined ? account : directory.byAddress(to);
  if (!toServer && owner === undefined) return stanzaError(stanza, 'service-unavailable');
  const get = stanza.attrs.type === 'get';
  switch (payload.ns) {
    case NS.ping:
      return iqResult(stanza);
    case NS.session:
      return iqResult(stanza);
    case NS.roster:
      return owner === account ? answerRoster(context, stanza, payload) : stanzaError(stanza, 'forbidden');
    case NS.version:
      if (!toServer || !get) return stanzaError(stanza, 'service-unavailable');
      return iqResult(stanza, withTexts(NS.version, { name: 'Muster XMPP simulator', version: '1' }));
    case NS.discoInfo:
      return iqResult(stanza, discoInfo(payload, toServer));
    case NS.discoItems:
      return iqResult(stanza, element(NS.discoItems, 'query', { node: payload.attrs.node }));
    case NS.last:
      return toServer || owner === undefined
        ? stanzaError(stanza, 'service-unavailable')
        : answerLast(context, stanza, owner);
    case NS.vcard: {
      if (owner === undefined) return stanzaError(stanza, 'service-unavailable');
      if (get) return owner.vcard ? iqResult(stanza, owner.vcard) : stanzaError(stanza, 'item-not-found');
      if (owner !== account) return stanzaError(stanza, 'forbidden');
      account.vcard = payload;
      return iqResult(stanza);
    }
    case NS.pubsub:
      return owner === undefined
        ? stanzaError(stanza, 'service-unavailable')
        : answerPubsub(context, stanza, payload, owner);
    default:
      return stanzaError(stanza, 'service-unavailable');
  }
}

function answerLast(context: IqContext, stanza: XmlElement, owner: Account): XmlElement {
  const allowed = owner === context.account || owner.roster.get(context.account.bare)?.from === true;
  if (!allowed) return stanzaError(stanza, 'forbidden');
  if (owner.lastActivity !== 'answer') return stanzaError(stanza, owner.lastActivity);
  const online = availableResources(owner).length > 0;
  if (online) return iqResult(stanza, element(NS.last, 'query', { seconds: '0' }));
  if (owner.lastSeen === undefined) return stanzaError(stanza, 'service-unavailable');
  const seconds = Math.max(0, Math.floor((context.now() - owner.lastSeen.at) / 1000));
  const status = owner.lastSeen.status === '' ? undefined : owner.lastSeen.status;
  return iqResult(stanza, element(NS.last, 'query', { seconds: String(seconds) }, status));
}

function discoInfo(payload: XmlElement, toServer: boolean): XmlElement {
  const identities = toServer
    ? [element(NS.discoInfo, 'identity', { category: 'server', type: 'im', name: 'Muster XMPP simulator' })]
    : [
        element(NS.discoInfo, 'identity', { category: 'account', type: 'registered' }),
        element(NS.discoInfo, 'identity', { category: 'pubsub', type: 'pep' }),
      ];
  const features = (toServer ? SERVER_FEATURES : ACCOUNT_FEATURES).map((name) =>
    element(NS.discoInfo, 'feature', { var: name }),
  );
  return element(NS.discoInfo, 'query', { node: payload.attrs.node }, ...identities, ...features);
}

function withTexts(ns: string, texts: Readonly<Record<string, string>>): XmlElement {
  return element(ns, 'query', {}, ...Object.entries(texts).map(([name, value]) => element(ns, name, {}, value)));
}
