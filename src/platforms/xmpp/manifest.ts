import { z } from 'zod';
import { FULL, type PlatformManifest } from '../manifest.ts';
import { isLoopback, parseService } from './service.ts';

const settings = z
  .strictObject({
    service: z
      .string()
      .refine((text) => parseService(text) !== null, 'must look like xmpp://host:5222 or xmpps://host:5223')
      .optional()
      .meta({
        title: 'Server address',
        description: 'xmpp://host:5222 (encrypted by STARTTLS) or xmpps://host:5223. Empty: found through the domain.',
      }),
    domain: z
      .string()
      .regex(/^[^\s@/:]+$/, 'must be the part of the address after the @')
      .meta({ title: 'Domain', description: 'The part of your XMPP address after the @.' }),
    username: z
      .string()
      .regex(/^[^\s@/]+$/, 'must be the part of the address before the @')
      .meta({ title: 'User name', description: 'The part of your XMPP address before the @.' }),
    allowInsecureLoopback: z.boolean().optional().meta({
      title: 'Allow a server on this computer without encryption',
      description: 'Only for addresses like 127.0.0.1; elsewhere encryption is always required.',
    }),
  })
  .refine(
    (value) => value.allowInsecureLoopback !== true || (value.service !== undefined && isLoopback(value.service)),
    {
      path: ['allowInsecureLoopback'],
      message: 'only a server address on this computer (127.0.0.1, ::1, localhost) can go without encryption',
    },
  );

export type XmppSettings = z.infer<typeof settings>;

/** XMPP as data. */
export const xmppManifest: PlatformManifest<XmppSettings> = {
  id: 'xmpp',
  name: 'XMPP',
  delivery: 'push',
  auth: ['password'],
  offByDefault: null,
  inbound: null,
  lacks: [
    { what: 'rate limit with Retry-After', reason: 'XMPP has no refusal that says how long to wait' },
    { what: 'expired credentials', reason: 'a password does not expire within a session' },
    {
      what: 'override',
      reason: 'each XMPP client has a presence of its own, which no other client can change',
    },
  ],
  tier: 'gold',
  capabilities: {
    readOthers: {
      level: 'partial',
      reason:
        'Contacts are seen once they have accepted your subscription. XMPP itself cannot be told about people you opted out: the server still sends their presence, and Muster drops it unread.',
    },
    push: FULL,
    ownAvailability: {
      level: 'partial',
      reason:
        'Muster speaks as a client of its own with a low priority, so another client of yours can outrank it; appearing offline is shown as extended away, since a client that signs off no longer sees anybody.',
    },
    ownMessage: { level: 'partial', reason: 'A text, with a Unicode emoji in front of it; no custom emoji.' },
    ownExpiry: { level: 'partial', reason: 'XMPP has no expiry; Muster ends the status itself while it runs.' },
    doNotDisturb: {
      level: 'partial',
      reason:
        'XMPP has no do-not-disturb beside the status; it is shown as busy (dnd), and nothing is silenced elsewhere.',
    },
    lastSeen: {
      level: 'partial',
      reason:
        'Only where the contact’s client tells when it became idle, or the server answers when somebody was last there.',
    },
  },
  settings,
  secrets: [{ key: 'password', title: 'Password', description: 'The password of your XMPP account.', required: true }],
  signIn: {
    steps: [
      'Enter your XMPP address, such as alice@example.org.',
      'Muster finds your provider’s server by itself; where the provider names another address, enter that as the server address.',
      'Enter the password; Muster sends it only over an encrypted connection.',
    ],
    oauthSteps: [],
    appManifest: null,
    portalUrl: null,
    permissions: [],
  },
  documentationUrl: 'https://xmpp.org/rfcs/rfc6121.html',
  verifiedLive: null,
};
