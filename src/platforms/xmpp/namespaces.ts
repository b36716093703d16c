/** XML namespaces, each with the specification that defines it. */
export const NS = {
  /** RFC 6120 section 6. */
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  /** RFC 6121 section 2. */
  roster: 'jabber:iq:roster',
  /** RFC 6120 section 8.3. */
  stanzaErrors: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  /** XEP-0012 Last Activity. */
  last: 'jabber:iq:last',
  /** XEP-0030 Service Discovery. */
  discoInfo: 'http://jabber.org/protocol/disco#info',
  /** XEP-0054 vcard-temp. */
  vcard: 'vcard-temp',
  /** XEP-0153 vCard-based avatars. */
  vcardUpdate: 'vcard-temp:x:update',
  /** XEP-0060 PubSub, used as PEP (XEP-0163). */
  pubsub: 'http://jabber.org/protocol/pubsub',
  pubsubEvent: 'http://jabber.org/protocol/pubsub#event',
  /** XEP-0084 User Avatar. */
  avatarData: 'urn:xmpp:avatar:data',
  avatarMetadata: 'urn:xmpp:avatar:metadata',
  /** XEP-0108 User Activity. */
  activity: 'http://jabber.org/protocol/activity',
  /** XEP-0118 User Tune. */
  tune: 'http://jabber.org/protocol/tune',
  /** XEP-0115 Entity Capabilities. */
  caps: 'http://jabber.org/protocol/caps',
  /** XEP-0172 User Nickname. */
  nick: 'http://jabber.org/protocol/nick',
  /** XEP-0198 Stream Management. */
  streamManagement: 'urn:xmpp:sm:3',
  /** XEP-0199 Ping. */
  ping: 'urn:xmpp:ping',
  /** XEP-0203 Delayed Delivery, and XEP-0091 that it replaced. */
  delay: 'urn:xmpp:delay',
  legacyDelay: 'jabber:x:delay',
  /** XEP-0319 Last User Interaction in Presence. */
  idle: 'urn:xmpp:idle:1',
} as const;
