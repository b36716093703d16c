import { createHash } from 'node:crypto';
import { type XmlElement, type XmppEntity, xml } from '@xmpp/client';
import { NS } from './namespaces.ts';

/** Where Muster's capabilities are described; XEP-0115 wants a URI. */
const NODE = 'https://github.com/muster-presence/muster';
const IDENTITY = { category: 'client', type: 'pc', name: 'Muster' } as const;

/** What Muster understands, sorted as XEP-0115 wants it; `+notify` makes the server push contacts' nicks, pictures and activities (XEP-0163). */
const FEATURES: readonly string[] = [
  NS.caps,
  NS.discoInfo,
  NS.idle,
  NS.ping,
  `${NS.activity}+notify`,
  `${NS.avatarMetadata}+notify`,
  `${NS.nick}+notify`,
  `${NS.tune}+notify`,
].sort();

/** The verification string of XEP-0115 section 5.1. */
function capsVersion(): string {
  const text = [`${IDENTITY.category}/${IDENTITY.type}//${IDENTITY.name}`, ...FEATURES]
    .map((part) => `${part}<`)
    .join('');
  return createHash('sha1').update(text, 'utf8').digest('base64');
}

/** The `<c/>` that goes into every presence. */
export function capsElement(): XmlElement {
  return xml('c', { xmlns: NS.caps, hash: 'sha-1', node: NODE, ver: capsVersion() });
}

/** Answers the server's question what the hash stands for. */
export function answerDiscoInfo(entity: XmppEntity): void {
  entity.iqCallee.get(NS.discoInfo, 'query', (context) =>
    xml(
      'query',
      { xmlns: NS.discoInfo, node: context.element.attrs.node },
      xml('identity', IDENTITY),
      ...FEATURES.map((feature) => xml('feature', { var: feature })),
    ),
  );
}
