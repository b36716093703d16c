import { z } from 'zod';
import { baseUrlOf, baseUrlSchema } from '../base-url.ts';
import type { Permission, PlatformManifest } from '../manifest.ts';

/** An account's settings. */
const whatsappSettingsSchema = z.strictObject({
  apiUrl: baseUrlSchema.optional().meta({
    title: 'API address',
    description: 'Where Meta’s Graph API is, its version included; only for gateways and test servers.',
  }),
  phoneNumberId: z
    .string()
    .regex(/^\d{5,25}$/, 'must be the number that Meta calls “Phone number ID”, digits only')
    .meta({
      title: 'Phone number ID',
      description: 'Digits that Meta shows under “WhatsApp → API Setup”; not the phone number itself.',
    }),
  publishAbout: z.boolean().optional().meta({
    title: 'Show my status message as the business’s “About” text',
    description: 'Everybody who opens the company’s WhatsApp profile reads it. Off unless you switch it on.',
  }),
});
export type WhatsappSettings = z.infer<typeof whatsappSettingsSchema>;

/** The account's Graph API, with a slash at the end. */
export function apiUrlOf(settings: WhatsappSettings): URL {
  return baseUrlOf(settings.apiUrl ?? 'https://graph.facebook.com/v26.0');
}

/** What the access token must be allowed (developers.facebook.com/documentation/business-messaging/whatsapp/access-tokens). */
const WHATSAPP_PERMISSIONS: readonly Permission[] = [
  {
    scope: 'whatsapp_business_messaging',
    required: true,
    purpose: 'to receive this number’s messages and read receipts, and to change its “About” text if you want that',
  },
  {
    scope: 'whatsapp_business_management',
    required: true,
    purpose: 'to check the number and where Meta sends its events',
  },
];

/** WhatsApp as data. */
export const whatsappManifest: PlatformManifest<WhatsappSettings> = {
  id: 'whatsapp',
  name: 'WhatsApp',
  delivery: 'push',
  auth: ['token'],
  offByDefault:
    'For numbers of the WhatsApp Business Cloud API only: it tells when somebody last wrote to the company’s number or read its message, and nothing else. WhatsApp tells no app who is online, and a personal WhatsApp cannot be connected.',
  inbound: {
    purpose:
      'WhatsApp tells everything by webhook and can be asked nothing: without this, Muster learns nothing of it.',
    steps: [
      'In Meta’s developer dashboard, open your app, then “WhatsApp → Configuration”.',
      'Under “Webhook”, choose “Edit” and enter {url} as the callback URL.',
      'Enter as the verify token the same words that you gave Muster, and choose “Verify and save”.',
      'Under “Webhook fields”, subscribe to “messages”.',
    ],
  },
  lacks: [],
  tier: 'silver',
  capabilities: {
    readOthers: {
      level: 'none',
      reason:
        'WhatsApp tells no app who is online: people appear once they write to the company’s number, always with the status unknown.',
    },
    push: {
      level: 'partial',
      reason: 'Messages and read receipts arrive by webhook, which needs an address of yours that Meta can reach.',
    },
    ownAvailability: { level: 'none', reason: 'WhatsApp has no availability that an app could set.' },
    ownMessage: {
      level: 'partial',
      reason:
        'Only as the company’s public “About” text of at most 139 characters, and only if you switch that on for the account.',
    },
    ownExpiry: { level: 'none', reason: 'The “About” text has no end: Muster puts the old one back while it runs.' },
    doNotDisturb: { level: 'none', reason: 'WhatsApp has no do-not-disturb that an app could set.' },
    lastSeen: {
      level: 'partial',
      reason:
        'Only when somebody wrote to the company’s number or read its message; for the minute after it, that is shown as active just now.',
    },
  },
  settings: whatsappSettingsSchema,
  secrets: [
    {
      key: 'accessToken',
      title: 'Access token',
      description: 'Of a system user of your business, so that it does not expire after a day.',
      required: true,
    },
    {
      key: 'appSecret',
      title: 'App secret',
      description: 'Meta shows it under “App settings → Basic”. Every event is checked with it.',
      required: true,
    },
    {
      key: 'verifyToken',
      title: 'Verify token',
      description: 'Words of your own choice; Meta repeats them once when it is told the webhook’s address.',
      required: true,
    },
  ],
  signIn: {
    steps: [
      'In Meta’s developer dashboard, create an app of the type “Business” and add the product “WhatsApp” to it.',
      'Under “WhatsApp → API Setup”, copy the phone number ID and paste it here.',
      'In the business settings, under “Users → System users”, add a system user and give it the app and the WhatsApp account with full control.',
      'Generate a token for that system user with both permissions from the list below and without an end, and paste it here.',
      'Under “App settings → Basic”, show the app secret and paste it here.',
      'Think of a verify token, at least eight characters, and enter it here; you will enter it once more at Meta.',
    ],
    oauthSteps: [],
    appManifest: null,
    portalUrl: 'https://developers.facebook.com/apps',
    permissions: WHATSAPP_PERMISSIONS,
  },
  documentationUrl: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/overview',
  verifiedLive: null,
};
