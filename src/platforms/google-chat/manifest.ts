import { z } from 'zod';
import { baseUrlOf, baseUrlSchema } from '../base-url.ts';
import type { Permission, PlatformManifest } from '../manifest.ts';

const googleChatSettingsSchema = z.strictObject({
  apiUrl: baseUrlSchema.optional().meta({
    title: 'API address',
    description: 'Where the Google Chat API is; only for gateways and test servers.',
  }),
  authUrl: baseUrlSchema.optional().meta({
    title: 'Sign-in address',
    description: 'Where Google’s sign-in is; only for test servers.',
  }),
  clientId: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'must be the client ID as Google shows it, without spaces')
    .meta({ title: 'Client ID', description: 'Of your own OAuth client of the type “Desktop app”.' }),
});
/** An account's settings. */
export type GoogleChatSettings = z.infer<typeof googleChatSettingsSchema>;

/** The account's Chat API, with a slash at the end. */
export function apiUrlOf(settings: GoogleChatSettings): URL {
  return baseUrlOf(settings.apiUrl ?? 'https://chat.googleapis.com/');
}

/** The one permission of the Chat API that is needed (developers.google.com/workspace/chat/authenticate-authorize). */
export const AVAILABILITY_SCOPE = 'https://www.googleapis.com/auth/chat.users.availability';

const PERMISSIONS: readonly Permission[] = [
  { scope: AVAILABILITY_SCOPE, required: true, purpose: 'to read and set your own availability and status in Chat' },
  { scope: 'openid', required: true, purpose: 'to know that it is your own account that was signed in' },
  { scope: 'email', required: false, purpose: 'to name the account after your address' },
  { scope: 'profile', required: false, purpose: 'to name the account after you' },
];

/** Google Chat as data: one's own status only. */
export const googleChatManifest: PlatformManifest<GoogleChatSettings> = {
  id: 'google-chat',
  name: 'Google Chat',
  delivery: 'poll',
  auth: ['oauth', 'token'],
  offByDefault: null,
  inbound: null,
  lacks: [],
  tier: 'silver',
  capabilities: {
    readOthers: {
      level: 'none',
      reason: 'Google Chat tells an app its own user’s availability only, never a colleague’s.',
    },
    push: {
      level: 'none',
      reason: 'Google Chat sends no changes of availability to apps: Muster reads yours now and then.',
    },
    ownAvailability: {
      level: 'partial',
      reason:
        'Google Chat can show you as active or away, but not as offline, and as busy only through do-not-disturb.',
    },
    ownMessage: {
      level: 'partial',
      reason: 'Text and emoji always come together in Google Chat, the text with at most 64 characters.',
    },
    ownExpiry: {
      level: 'partial',
      reason: 'Google Chat ends a message, active and do-not-disturb by itself, but away stays until Muster ends it.',
    },
    doNotDisturb: {
      level: 'partial',
      reason: 'Do-not-disturb always has an end in Google Chat: Muster renews it every day while it runs.',
    },
    lastSeen: { level: 'none', reason: 'Google Chat tells nothing about colleagues.' },
  },
  settings: googleChatSettingsSchema,
  secrets: [
    {
      key: 'clientSecret',
      title: 'Client secret',
      description:
        'Google shows it beside the client ID and wants it with every sign-in, although it is no real secret.',
      required: false,
    },
    {
      key: 'accessToken',
      title: 'Access token',
      description: 'Only to try things out: it ends within the hour. Sign in with the browser instead.',
      required: false,
    },
    {
      key: 'refreshToken',
      title: 'Refresh token',
      description: 'Comes with signing in by the browser; nothing to enter.',
      required: false,
    },
  ],
  signIn: {
    steps: [
      'A token made elsewhere with the permissions from the list below can be pasted here; it ends within the hour.',
    ],
    oauthSteps: [
      'In the Google Cloud console, create a project in your company’s organisation; you need a Business or Enterprise account of Google Workspace.',
      'Under “APIs & Services → Library”, enable the Google Chat API; under its “Configuration”, enter a name, a picture and a description for a Chat app, and switch interactive features off.',
      'Under “Google Auth Platform → Audience”, choose “Internal”; with “External” in testing, Google ends every sign-in after seven days.',
      'Under “Data access”, add the permissions from the list below.',
      'Under “Clients”, create an OAuth client of the type “Desktop app”, and paste its client ID and client secret here.',
      'Then choose “Sign in”, and leave every permission ticked on Google’s page.',
    ],
    appManifest: null,
    portalUrl: 'https://console.cloud.google.com/auth/clients',
    permissions: PERMISSIONS,
  },
  documentationUrl: 'https://developers.google.com/workspace/chat/manage-user-availability',
  verifiedLive: null,
};
