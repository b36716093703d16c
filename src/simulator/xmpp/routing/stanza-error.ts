import { NS } from '../namespaces.ts';
import { element, withAttrs, type XmlElement } from '../xml/element.ts';

const TYPES: Readonly<Record<string, 'cancel' | 'modify' | 'auth' | 'wait'>> = {
  'bad-request': 'modify',
  'jid-malformed': 'modify',
  'not-acceptable': 'modify',
  forbidden: 'auth',
  'not-authorized': 'auth',
  'subscription-required': 'auth',
  'resource-constraint': 'wait',
  'internal-server-error': 'wait',
};

/** The error answer to a stanza with a condition of RFC 6120 §8.3.3, its type as the RFC associates it. */
export function stanzaError(stanza: XmlElement, condition: string, ...more: readonly XmlElement[]): XmlElement {
  const error = element(
    NS.client,
    'error',
    { type: TYPES[condition] ?? 'cancel' },
    element(NS.stanzaErrors, condition),
    ...more,
  );
  return element(NS.client, stanza.name, { ...replyAttrs(stanza), type: 'error' }, error);
}

/** The `result` of an IQ. */
export function iqResult(stanza: XmlElement, payload?: XmlElement): XmlElement {
  return element(NS.client, 'iq', { ...replyAttrs(stanza), type: 'result' }, payload);
}

/** The same stanza from somebody to somebody. */
export function addressed(stanza: XmlElement, from: string, to: string | undefined): XmlElement {
  return withAttrs(stanza, { from, to });
}

function replyAttrs(stanza: XmlElement): Record<string, string | undefined> {
  return { id: stanza.attrs.id, from: stanza.attrs.to, to: stanza.attrs.from };
}
